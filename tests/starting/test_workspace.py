"""The first minutes: a workspace that can be gone on with, and nothing written over."""

import os

import click
import pytest
import yaml
from click.testing import CliRunner
from msgspec.structs import replace

from tests.journeys.conftest import command
from tests.journeys.documents import TINY
from tests.places import ROOT
from verifier import loading
from verifier.cli.orders.interview import interview
from verifier.errors import ConfigError, DocumentError, UsageError
from verifier.starting import begin, examine, opened

__all__ = ["command"]

SAMPLE = ROOT / "specs/acme-billing/openapi.yaml"


MANY = """
openapi: 3.1.0
info: {title: "Many Files, Inc.", version: "1"}
paths: {/a: {$ref: "paths/a.yaml"}}
"""


def wish(*, document=str(SAMPLE), **more):
    return replace(opened(document), **{"name": "acme", **more})


def test_what_is_written_can_be_loaded_and_holds_no_secret(tmp_path):
    asked = {"base_url": "https://a.example/v1", "kind": "bearer", "secret": "ACME_TOKEN"}
    begin(wish(**asked, allow_writes=True), tmp_path)
    vendor = loading.load_vendor(tmp_path / "specs/acme")
    assert (vendor.name, vendor.base_url) == ("acme", "https://a.example/v1")
    assert vendor.writable
    (principal,) = vendor.principals
    assert str(principal.secrets["token"]) == "${ACME_TOKEN}"
    assert loading.read_claims(tmp_path / "specs/acme/claims.yaml").said == {}
    assert (tmp_path / ".gitignore").read_text() == "/reports/\n"


@pytest.mark.parametrize("kind", ["api-key", "basic", "none"])
def test_every_kind_of_credential_can_be_begun_with(tmp_path, kind):
    begin(wish(kind=kind, secret="ACME", base_url="https://a.example"), tmp_path)
    found = loading.load_vendor(tmp_path / "specs/acme").principals
    assert [one.kind for one in found] == ([] if kind == "none" else [kind])


def test_production_is_never_written_to(tmp_path):
    begin(wish(production=True, allow_writes=True), tmp_path)
    assert not loading.load_vendor(tmp_path / "specs/acme").writable


def test_without_a_document_it_begins_with_the_sample(tmp_path):
    begin(wish(document=""), tmp_path)
    assert loading.load_vendor(tmp_path / "specs/acme").contract.title == "Acme Billing"


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_the_job_for_a_ci_is_well_formed_and_names_the_vendor(tmp_path, ci):
    begin(wish(ci=ci, kind="bearer", secret="ACME_TOKEN", base_url="https://a.example"), tmp_path)
    path = ".github/workflows/acme.yaml" if ci == "github" else ".gitlab-ci.yml"
    text = (tmp_path / path).read_text()
    assert yaml.safe_load(text)
    assert "verifier gate specs/acme" in text
    assert ("secrets.ACME_TOKEN" in text) is (ci == "github")


def test_nothing_is_written_over_and_nothing_written_at_all_where_something_stands(tmp_path):
    standing = tmp_path / "specs/acme/claims.yaml"
    standing.parent.mkdir(parents=True)
    standing.write_text("mine")
    with pytest.raises(ConfigError, match="stands there already"):
        begin(wish(), tmp_path)
    assert [path.name for path in standing.parent.iterdir()] == ["claims.yaml"]
    assert standing.read_text() == "mine"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": "../up"}, UsageError),
        ({"name": " "}, UsageError),
        ({"kind": "bearer", "secret": "s3cret-value"}, UsageError),
        ({"document": "missing.yaml"}, DocumentError),
        ({"base_url": "sandbox"}, UsageError),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, monkeypatch, given, error):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error) as caught:
        begin(wish(**given), tmp_path)
    assert "s3cret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_every_file_of_a_document_is_copied_and_what_stands_there_already_stays(tmp_path):
    (tmp_path / "theirs/paths").mkdir(parents=True)
    (tmp_path / "theirs/openapi.yaml").write_text(MANY)
    (tmp_path / "theirs/paths/a.yaml").write_text("get: {responses: {'200': {description: d}}}")
    folder = opened(str(tmp_path / "theirs"))
    assert folder.name == "many-files-inc"
    written = begin(folder, tmp_path)
    assert tmp_path / "specs/many-files-inc/document/paths/a.yaml" in written
    found = loading.load_vendor(tmp_path / "specs/many-files-inc").contract
    assert ([o.path for o in found.operations], found.problems) == (["/a"], ())
    assert begin(folder, tmp_path) == []


def test_a_document_that_stands_in_its_folder_already_is_begun_with(tmp_path):
    home = tmp_path / "specs/acme"
    home.mkdir(parents=True)
    (home / "openapi.yaml").write_bytes(SAMPLE.read_bytes())
    written = begin(wish(document=str(home / "openapi.yaml")), tmp_path)
    assert [path.name for path in written] == ["vendor.yaml", "claims.yaml", ".gitignore"]


NOTHING = {"document": "", "name": "", "base_url": "", "kind": None, "secret": "", "ci": None}
NOTHING |= {"production": False, "allow_writes": False}


def talk(root, *answers, **given):
    """What the questions led to, and what was said meanwhile."""
    with CliRunner().isolation(input="\n".join([*answers, ""])) as (*_, said):
        try:
            return interview({**NOTHING, **given}, root), said.getvalue().decode()
        except click.Abort:
            return None, said.getvalue().decode()


def test_an_answer_that_leads_nowhere_is_refused_at_once_and_asked_for_again(tmp_path):
    (tmp_path / "specs/taken").mkdir(parents=True)
    (tmp_path / "specs/taken/vendor.yaml").write_text("name: taken")
    nowhere = str(tmp_path / "none.yaml")
    names = ("Bad Name", "taken", "acme")
    rest = ("sandbox.a.example", "https://sandbox.a.example", "bearer", "s3cret-value", "T", "", "")
    got, said = talk(tmp_path, nowhere, str(SAMPLE), *names, *rest)
    assert (got.document, got.name, got.kind, got.secret) == (str(SAMPLE), "acme", "bearer", "T")
    assert said.index("no such file") < said.index("Name of the vendor")
    assert "Acme Billing: " in said
    for refusal in ("no name of a folder", "stands there already", "Did you mean 'https://sandbox"):
        assert said.count(refusal) == 1
    assert said.count("never typed") == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "specs"]


def test_what_is_given_is_not_asked_for_and_refused_before_the_first_question(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        talk(tmp_path, document=str(tmp_path / "none.yaml"))
    got, said = talk(tmp_path, "", "", document=str(SAMPLE), name="acme")
    assert (got.name, "Name of the vendor" in said) == ("acme", False)
    assert talk(tmp_path, "")[0] is None  # the questions end where the answers do


def test_a_gitignore_keeps_its_lines(tmp_path):
    (tmp_path / ".gitignore").write_text("*.pyc")
    begin(wish(), tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n/reports/\n"


def levels(root):
    return {(one.level, one.says) for one in examine(root)}


def test_the_doctor_finds_nothing_ill_in_a_workspace_that_was_just_begun(tmp_path):
    begin(wish(), tmp_path)
    assert not [says for level, says in levels(tmp_path) if level == "ill"]
    assert any("sound" in says for _, says in levels(tmp_path))


def test_the_doctor_tells_what_is_missing_and_what_is_wrong(tmp_path, monkeypatch):
    monkeypatch.delenv("ACME_TOKEN", raising=False)
    begin(wish(kind="bearer", secret="ACME_TOKEN", base_url="https://a.example"), tmp_path)
    assert any(level == "note" and "ACME_TOKEN not set" in says for level, says in levels(tmp_path))
    (tmp_path / "specs/acme/vendor.yaml").write_text("nmae: x\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/history.sqlite").write_text("no database " * 100)
    ill = [says for level, says in levels(tmp_path) if level == "ill"]
    assert len(ill) == 2
    assert os.environ.get("ACME_TOKEN") is None


def test_init_ends_in_a_green_run_and_never_asks_without_a_terminal(command, tmp_path):
    (tmp_path / "tiny.yaml").write_text(TINY)
    code, out, _ = command("init", "--no-input", "tiny.yaml", "--name", "tiny")
    assert code == 0
    assert "would be: Ready" in out
    assert (tmp_path / "reports/index.html").is_file()
    assert command("doctor")[0] == 0


def test_completion_is_printed_for_each_shell(command):
    for shell in ("bash", "zsh", "fish"):
        code, out, _ = command("completion", shell)
        assert code == 0
        assert "_VERIFIER_COMPLETE" in out
