"""Every command of a guide does what the guide has it do, typed in order by somebody new."""

import shlex

import pytest

import verifier
from tests.journeys.guided import DOCUMENT, PROFILE, commands, typed

NEW = ("get-started", "evaluate-before-you-buy")  # they begin with an empty folder
GUIDES = (*NEW, "ask-the-vendor", "gate-a-build", "keys-and-scopes", "many-runs", "watch-vendors")
ELSEWHERE = {"verifier demo"}  # tests/journeys runs it


@pytest.fixture(scope="module")
def mock(tmp_path_factory):
    document = tmp_path_factory.mktemp("theirs") / "openapi.yaml"
    document.write_text(DOCUMENT)
    with verifier.mock(document, strict=False) as served:
        yield served


@pytest.fixture
def workspace(command, tmp_path, monkeypatch, mock):
    """A folder with two vendors that were evaluated before, as a reader of a later guide has."""
    (tmp_path / "theirs.yaml").write_text(DOCUMENT)
    monkeypatch.setenv("ACME_TOKEN", mock.secrets["full"]["token"])
    for name in ("acme", "globex"):
        home = tmp_path / "specs" / name
        home.mkdir(parents=True)
        (home / "openapi.yaml").write_text(DOCUMENT.replace("Acme", name.title()))
        (home / "vendor.yaml").write_text(PROFILE.replace("acme", name).replace("URL", mock.url))
        assert command("evaluate", home, "--mock", "--quiet")[0] in (0, 1)
    return tmp_path


def latest(folder):
    runs = sorted((folder / "reports/acme").glob("2*"))
    return f"reports/acme/{runs[-1].name}" if runs else "reports/acme/none"


def filled_in(line, folder, mock):
    return typed(line, url=mock.url, document="theirs.yaml", run=latest(folder))


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_can_be_typed_from_its_beginning_to_its_end(guide, workspace, command, mock):
    if guide in NEW:
        for path in sorted((workspace / "specs/acme").iterdir()):
            path.unlink()
        (workspace / "specs/acme").rmdir()
    lines = commands(guide)
    assert any(line.startswith("verifier ") for line in lines)
    for line in lines:
        words = shlex.split(filled_in(line, workspace, mock))
        if words[0] == "git":
            assert all((workspace / path).is_file() for path in words[2:]), line
        elif words[0] == "verifier" and line not in ELSEWHERE:
            code, _, err = command(*words[1:])
            assert code in (0, 1, 3), (line, err)
            assert "verifier: " not in err, (line, err)
