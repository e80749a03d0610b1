"""What other people's tools read of ours is what those tools take, and does what it says there."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.places import ROOT

BIN = Path(sys.executable).parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def run(program, *arguments, cwd=ROOT):
    if not (BIN / program).exists():
        pytest.skip(f"{program} is not installed here: make .venv/.tests")
    return subprocess.run(
        [BIN / program, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("schema", "file", "right", "wrong"),
    [
        ("github-actions", "action.yml", "using: composite", "using: nothing"),
        ("gitlab-ci", "ci/gitlab.yml", "exit_codes: [3]", "exit_codes: three"),
    ],
)
def test_it_obeys_the_schema_of_whoever_reads_it(schema, file, right, wrong, tmp_path):
    text = (ROOT / file).read_text().replace("\n.verifier-gate:", "\nvendor:")
    assert right in text
    for name, held in (("right.yml", text), ("wrong.yml", text.replace(right, wrong))):
        (tmp_path / name).write_text(held)
        done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", tmp_path / name)
        assert (done.returncode == 0) is (name == "right.yml"), done.stdout


def test_the_action_has_no_hole_that_is_known(tmp_path):
    done = run("zizmor", "--offline", "--no-progress", "action.yml")
    assert done.returncode == 0, done.stdout
    spliced = (ROOT / "action.yml").read_text()
    old = 'run: bash "$VERIFIER_SOURCE/ci/gate.sh"'
    assert old in spliced
    (tmp_path / "action.yml").write_text(
        spliced.replace(old, "run: verifier gate ${{ inputs.document }}")
    )
    assert "template-injection" in run("zizmor", "--offline", tmp_path / "action.yml").stdout


@pytest.fixture
def repository(tmp_path):
    """Somebody's repository with our hooks, as pre-commit runs them; only already installed."""
    hooks = [
        {
            **{k: v for k, v in hook.items() if k != "additional_dependencies"},
            "language": "system",
            "entry": str(BIN / hook["entry"].split()[0]) + " lint",
        }
        for hook in yaml.safe_load(HOOKS.read_text())
    ]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/vendor.yaml").write_text("name: acme\ndocument: openapi.yaml\n")
    (tmp_path / "specs/openapi.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n"
    )
    (tmp_path / "specs/notes.yaml").write_text("nmae: nobody's business\n")
    for words in (("init", "-q"), ("add", ".")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_the_hooks_let_what_is_well_formed_pass_and_stop_what_is_not(repository):
    done = run("pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 0, done.stdout
    (repository / "specs/vendor.yaml").write_text("nmae: acme\n")
    done = run("pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 1
    assert "Did you mean 'name'?" in done.stdout


def test_the_hooks_take_with_them_what_expressions_need_in_one_environment():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    taken = {str(hook["additional_dependencies"]) for hook in yaml.safe_load(HOOKS.read_text())}
    assert taken == {str([".[mapping,xml]"])}
    assert {"mapping", "xml"} <= set(extras)
