"""Another Arazzo runner takes the standard part of the sample scenarios to the same outcome."""

import json
import os
import shutil
import subprocess
import uuid

import pytest
import yaml

import verifier
from tests.live.servers import CACHE, from_npm
from tests.places import ROOT

pytestmark = pytest.mark.live
PACKAGE = "@redocly/cli@2.77.0"
SPECS = ROOT / "specs" / "acme-billing"
FILES = sorted((ROOT / "scenarios" / "acme-billing").glob("*.arazzo.yaml"))


def portable(path):
    """The workflows of a file that say something without ``x-verifier``."""
    workflows = yaml.safe_load(path.read_text())["workflows"]
    return [w for w in workflows if "ours-only" not in w.get("x-verifier", {}).get("tags", ())]


WORKFLOWS = [
    pytest.param(path, workflow, id=f"{path.name.partition('.')[0]}:{workflow['workflowId']}")
    for path in FILES
    for workflow in portable(path)
]


@pytest.fixture(scope="session")
def respect():
    """The runner, installed once, pinned."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("npm is not installed, and the other runner comes from the npm registry")
    folder = CACHE / "redocly-2.77.0"
    program = folder / "node_modules" / ".bin" / "redocly"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            from_npm(PACKAGE)(folder)
        except subprocess.CalledProcessError:
            shutil.rmtree(folder, ignore_errors=True)
            pytest.skip("the npm registry cannot be reached")
    return program


def standard_part(path, workflow, tokens):
    """The file less everything of ours; a credential where the file leaves it to ``x-verifier``."""
    document = yaml.safe_load(path.read_text())
    document.pop("x-verifier", None)
    for source in document["sourceDescriptions"]:
        source["url"] = str((path.parent / source["url"]).resolve())
    for each in document["workflows"]:
        anonymous = all(s.get("x-verifier", {}).get("principal") == "none" for s in each["steps"])
        if "components.parameters.as-" not in json.dumps(each) and not anonymous:
            scheme = {"schemeName": "oauth", "values": {"accessToken": tokens["full"]}}
            each["x-security"] = [scheme]
        each.pop("x-verifier", None)
        for step in each["steps"]:
            step.pop("x-verifier", None)
    assert "x-verifier" not in json.dumps(document)
    return document


def theirs(respect, path, workflow, folder, misbehave=()):
    """Whether the other runner says that the workflow passed, against a mock of ours."""
    mock = verifier.mock(SPECS, misbehave=misbehave, strict=False)
    for step in workflow["steps"]:
        fault = step.get("x-verifier", {}).get("fault")
        if fault:
            mock.script({"operation": step["operationId"], **fault})
    tokens = {name: secrets["token"] for name, secrets in mock.secrets.items()}
    file = folder / "standard.arazzo.yaml"
    document = standard_part(path, workflow, tokens)
    file.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True))
    inputs = [f"{name}_token={token}" for name, token in tokens.items()]
    inputs.append(f"key={uuid.uuid4()}")
    hooks = workflow.get("x-verifier", {}).get("hooks", ())
    inputs += [f"{name}=https://hooks.example.test/{uuid.uuid4()}" for name in hooks]
    with mock:
        where = ("-w", workflow["workflowId"], "-S", f"acme={mock.url}", "-i", ",".join(inputs))
        done = subprocess.run(
            [respect, "respect", file, *where],
            env={**os.environ, "REDOCLY_TELEMETRY": "off"},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert f"/ {workflow['workflowId']}" in done.stdout, done.stdout + done.stderr
    return done.returncode == 0


def ours(path, workflow, folder, misbehave=()):
    done = verifier.run(
        path,
        mock=True,
        misbehave=misbehave,
        workflows=(workflow["workflowId"],),
        folder=folder / "run",
        formats=("json",),
    )
    return all(outcome.status.value == "pass" for outcome in done.run.outcomes)


@pytest.mark.parametrize(("path", "workflow"), WORKFLOWS)
def test_both_runners_pass_what_a_sound_vendor_does(respect, path, workflow, tmp_path):
    assert ours(path, workflow, tmp_path)
    assert theirs(respect, path, workflow, tmp_path)


# Defects that the standard part of a workflow can see by itself.
DEFECTS = {
    "read-scope-writes": "reader-only-reads",
    "cross-tenant-read": "tenants-are-apart",
    "open-operation": "strangers-are-kept-out",
    "replay-creates-again": "same-key-twice",
    "key-reuse-applied": "same-key-another-body",
    "rounds-money": "amounts-survive",
    "update-lost": "absent-is-not-null",
    "deprecation-unsigned": "what-goes-says-so",
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_both_runners_fail_at_the_same_defect(respect, defect, tmp_path):
    found = [p.values for p in WORKFLOWS if p.values[1]["workflowId"] == DEFECTS[defect]]
    ((path, workflow),) = found
    assert not ours(path, workflow, tmp_path, misbehave=(defect,))
    assert not theirs(respect, path, workflow, tmp_path, misbehave=(defect,))


def test_the_samples_are_arazzo_to_the_other_runners_linter(respect, tmp_path):
    for path in FILES:
        done = subprocess.run(
            [respect, "lint", path, "--extends", "spec"],
            env={**os.environ, "REDOCLY_TELEMETRY": "off"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
