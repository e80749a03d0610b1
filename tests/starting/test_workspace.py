"""The first minutes: a workspace that can be gone on with, and nothing written over."""

import os

import pytest
import yaml

from tests.journeys.conftest import command
from tests.journeys.documents import TINY
from tests.places import ROOT
from verifier import loading
from verifier.errors import ConfigError, DocumentError, UsageError
from verifier.starting import Wish, begin, examine

__all__ = ["command"]

SAMPLE = ROOT / "specs/acme-billing/openapi.yaml"


def wish(**more):
    return Wish(**{"name": "acme", "document": str(SAMPLE), **more})


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
        ({"name": ""}, UsageError),
        ({"kind": "bearer", "secret": "s3cret-value"}, UsageError),
        ({"document": "missing.yaml"}, DocumentError),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, monkeypatch, given, error):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error) as caught:
        begin(wish(**given), tmp_path)
    assert "s3cret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


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
