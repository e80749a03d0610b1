"""The command, the Python door, and what they hand out."""

import subprocess

import jsonschema
import orjson
import pytest

import verifier
from tests.diffing.editing import ABSENT, SMALL, edited
from verifier.cli.program import program
from verifier.diffing import changes_schema
from verifier.errors import DocumentError

TYPE = ("/components/schemas/Item/properties/name/type", "integer")


@pytest.fixture
def files(tmp_path):
    """Write documents down under their names, and hand out the paths."""

    def write(**documents):
        paths = []
        for name, document in documents.items():
            path = tmp_path / f"{name}.json"
            path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
            paths.append(str(path))
        return paths

    return write


def run(*arguments, capfd):
    code = program.main(["diff", *arguments], standalone_mode=False)
    return code, capfd.readouterr().out


def test_the_same_document_is_no_change_and_exits_0(files, capfd):
    old, new = files(old=SMALL, new=SMALL)
    code, out = run(old, new, capfd=capfd)
    assert code == 0
    assert "No change." in out


def test_a_breaking_change_exits_1_and_names_both_lines_and_the_reason(files, capfd):
    old, new = files(old=SMALL, new=edited(TYPE))
    code, out = run(old, new, capfd=capfd)
    assert code == 1
    assert "'name' in schema Item was string and is now integer." in out
    assert f"{old}:" in out
    assert f"{new}:" in out
    assert "because" in out


def test_the_gate_is_where_the_user_puts_it(files, capfd):
    old, new = files(old=SMALL, new=edited(("/paths/~1items/post/deprecated", True)))
    assert run(old, new, capfd=capfd)[0] == 0
    assert run(old, new, "--fail-on", "warning", capfd=capfd)[0] == 1
    assert run(new, old, "--fail-on", "warning", capfd=capfd)[0] == 0
    assert run(new, old, "--fail-on", "info", capfd=capfd)[0] == 1
    broken = files(old=SMALL, new=edited(TYPE))
    assert run(*broken, "--fail-on", "never", capfd=capfd)[0] == 0


def test_an_emptied_document_could_not_be_checked(files, capfd):
    old, new = files(old=SMALL, new=edited(("/paths", {})))
    code, out = run(old, new, capfd=capfd)
    assert code == 3
    assert "could not check" in out


def test_json_obeys_its_published_schema(files, capfd):
    old, new = files(old=SMALL, new=edited(TYPE, ("/paths/~1items~1{id}/delete", ABSENT)))
    _, out = run(old, new, "--format", "json", capfd=capfd)
    found = orjson.loads(out)
    jsonschema.validate(found, changes_schema())
    assert found["counts"] == {"breaking": 2, "warning": 0, "info": 1}
    assert all(change["old"]["line"] > 0 for change in found["changes"])


def test_python_gives_typed_changes_the_worst_first(files):
    old, new = files(old=SMALL, new=edited(TYPE, ("/paths/~1items/post/deprecated", True)))
    found = verifier.diff(old, new)
    severities = [change.severity for change in found]
    assert severities == ["breaking", "warning", "info"]
    assert found.breaking[0].says.startswith("'name' in schema Item")
    assert verifier.diff(verifier.load(old), edited(TYPE)).breaking
    assert not verifier.diff(SMALL, SMALL)


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def test_an_edition_can_stand_in_a_git_revision_with_its_further_files(tmp_path, monkeypatch):
    part = {"type": "string", "maxLength": 9}
    document = edited(("/components/schemas/NewItem/properties/code", {"$ref": "code.json"}))
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "openapi.json").write_bytes(orjson.dumps(document))
    (tmp_path / "api" / "code.json").write_bytes(orjson.dumps(part))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.test", "commit", "-qm", "One")
    (tmp_path / "api" / "code.json").write_bytes(orjson.dumps({**part, "maxLength": 5}))
    monkeypatch.chdir(tmp_path)
    change, *_ = verifier.diff("git:HEAD:api/openapi.json", "api/openapi.json")
    assert change.rule == "ranges.tightened"
    monkeypatch.chdir(tmp_path / "api")
    assert verifier.diff("git:HEAD:openapi.json", "openapi.json")


@pytest.mark.parametrize("where", ["git:HEAD", "git:--output=x:y", "git:nowhere:openapi.json"])
def test_a_revision_that_cannot_be_read_says_why(where, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DocumentError) as caught:
        verifier.load(where)
    assert caught.value.mend


def test_a_file_of_a_revision_leads_nowhere_outside_its_folder(tmp_path, monkeypatch):
    (tmp_path / "api").mkdir()
    (tmp_path / "secret.json").write_bytes(b'{"type": "string"}')
    document = edited(("/components/schemas/NewItem/properties/code", {"$ref": "../secret.json"}))
    (tmp_path / "api" / "openapi.json").write_bytes(orjson.dumps(document))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.test", "commit", "-qm", "One")
    monkeypatch.chdir(tmp_path)
    contract = verifier.load("git:HEAD:api/openapi.json")
    assert any("outside" in problem.says for problem in contract.problems)


def test_a_missing_document_is_an_error_never_no_change(files, capfd):
    (new,) = files(new=SMALL)
    with pytest.raises(DocumentError, match="no such file"):
        run("missing.yaml", new, capfd=capfd)
    assert DocumentError.exit_code == 2
