"""A build that is stopped for what is new, in a repository of its own, as its CI would run it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
import yaml

from tests.places import ROOT
from verifier.wire import Answer, serve_in_thread

DOCUMENT = """
openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /notes:
    get:
      parameters: [{name: size, in: query, schema: {type: integer, minimum: 1}}]
      responses:
        "200": {description: Some., content: {application/json: {schema: {type: array}}}}
        "400": {description: No., content: {application/problem+json: {schema: {type: object}}}}
"""
# Thirteen requests are the sweep alone: what is drawn at random after it proves no gate.
WORKFLOW = """
on: push
jobs:
  vendor:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - uses: ./gate
        with:
          document: specs/notes
          base-url: URL
          arguments: |
            --check
            failure.nothing-leaks
            --budget
            13
"""
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
TRACE = b'Traceback (most recent call last):\n  File "/srv/app/notes.py", line 7, in notes\n'


class Vendor:
    """Answers what is right, and shows its inside as long as it leaks."""

    def __init__(self):
        self.leaks_until = 0
        self.asked = 0

    def __call__(self, incoming):
        self.asked += 1
        kind = (("Content-Type", "application/problem+json"),)
        size = re.search(r"size=(-?\d+)(?:&|$)", str(incoming.target))
        if "size" not in str(incoming.target) or (size and int(size[1]) > 0):
            return Answer(status=200, headers=(("Content-Type", "application/json"),), body=b"[]")
        leak = orjson.dumps({"title": "no", "detail": TRACE.decode()})
        return Answer(
            status=400, headers=kind, body=leak if self.asked <= self.leaks_until else b"{}"
        )


@pytest.fixture
def vendor():
    handler = Vendor()
    with serve_in_thread(handler) as server:
        handler.url = server.url
        yield handler


class Repository:
    """What a team has: the document, the workflow, and git."""

    def __init__(self, folder: Path, vendor: Vendor):
        self.folder = folder
        self.vendor = vendor
        (folder / "specs/notes").mkdir(parents=True)
        (folder / ".github/workflows").mkdir(parents=True)
        (folder / "specs/notes/openapi.yaml").write_text(DOCUMENT)
        workflow = folder / ".github/workflows/vendor.yaml"
        workflow.write_text(WORKFLOW.replace("URL", vendor.url))
        self.git("init", "-q", "-b", "main")
        self.commit("Begin")

    def git(self, *arguments):
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.test")
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True, timeout=30)

    def commit(self, subject):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def _installed(self):
        """A runner's folder in which an earlier step has installed what the action installs."""
        place = self.folder.parent / "verifier-tool/bin/verifier"
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            place.symlink_to(Path(sys.executable).with_name("verifier"))
        return self.folder.parent

    def _impostor(self):
        """Another program of our name, which is on the path by chance."""
        place = self.folder.parent / "impostor/verifier"
        place.parent.mkdir(exist_ok=True)
        place.write_text("#!/bin/sh\nexit 99\n")
        place.chmod(0o755)
        return place.parent

    def push(self, **inputs):
        """Run the step of the action, with its inputs as GitHub hands them over."""
        text = (self.folder / ".github/workflows/vendor.yaml").read_text()
        (given,) = [s["with"] for s in yaml.safe_load(text)["jobs"]["vendor"]["steps"][1:]]
        given = given | {name.replace("_", "-"): value for name, value in inputs.items()}
        action = yaml.safe_load((ROOT / "action.yml").read_text())
        values = {name: one.get("default", "") for name, one in action["inputs"].items()} | given
        step = action["runs"]["steps"][0]
        wired = {k: INPUT.sub(lambda m: values[m[1]], v) for k, v in step["env"].items()}
        out, summary = self.folder.parent / "output", self.folder.parent / "summary"
        out.write_text("")
        summary.write_text("")
        environment = {
            **os.environ,
            **wired,
            "VERIFIER_SOURCE": str(ROOT),
            "RUNNER_TEMP": str(self._installed()),
            "PATH": f"{self._impostor()}:{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(out),
            "GITHUB_STEP_SUMMARY": str(summary),
        }
        done = subprocess.run(
            ["bash", "-c", step["run"]],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        self.said = done.stdout
        self.summary = summary.read_text()
        self.outputs = dict(line.partition("=")[::2] for line in out.read_text().splitlines())
        assert "Traceback" not in done.stderr
        return done.returncode


@pytest.fixture
def repository(tmp_path, vendor):
    (tmp_path / "repository").mkdir()
    return Repository(tmp_path / "repository", vendor)


def run(repository, *arguments):
    command = [str(Path(sys.executable).with_name("verifier")), *arguments]
    done = subprocess.run(
        command, cwd=repository.folder, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout


def test_a_repository_goes_red_on_a_new_defect_green_on_a_waiver_and_red_when_it_is_over(
    repository, vendor
):
    assert repository.push() == 0
    assert repository.outputs["verdict"] == "passed"
    assert "::error" not in repository.said

    vendor.leaks_until = 10**9
    assert repository.push() == 1
    assert repository.outputs["verdict"].startswith("stopped: 2 new failures")
    assert "::error file=specs/notes/openapi.yaml,line=" in repository.said
    assert "stack trace" in repository.summary
    assert Path(repository.outputs["sarif"]).is_file()

    named = ("waive", "specs/notes", "failure.nothing-leaks", "--reason", "vendor-fix-promised")
    assert run(repository, *named, "--owner", "ada")[0] == 0
    repository.commit("Live with what the vendor leaks until they mend it")
    assert repository.push() == 0
    assert "vendor-fix-promised (ada, until" in repository.summary

    arguments = "--check\nfailure.nothing-leaks\n--budget\n13\n--today\n2099-01-01"
    assert repository.push(arguments=arguments) == 1
    assert "its waiver was over on" in repository.summary


def gate(command, vendor, *more):
    """Run the gate here, in this process: its code, and what it wrote for machines."""
    asked = ("--base-url", vendor.url, "--check", "failure.nothing-leaks", "--format", "github")
    code, out, _ = command("gate", "openapi.yaml", *asked, *more)
    written = re.search(r"^  gate +(.+)$", out, re.MULTILINE)
    folder = Path(written[1]).parent
    data = orjson.loads((folder / "gate.json").read_bytes())
    return code, data, (folder / "annotations.txt").read_text()


@pytest.fixture
def here(command, tmp_path):
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    return command


def test_what_is_in_the_baseline_stops_nothing_and_what_comes_on_top_does(here, vendor):
    vendor.leaks_until = 10**9
    assert gate(here, vendor, "--update-baseline")[0] == 0
    code, found, annotations = gate(here, vendor)
    assert (code, found["verdict"], annotations) == (0, "passed", "")
    known = orjson.loads(Path("baseline.json").read_bytes())
    known["failures"] = known["failures"][:1]
    Path("baseline.json").write_bytes(orjson.dumps(known))
    code, found, annotations = gate(here, vendor)
    assert (code, found["verdict"]) == (1, "stopped: 1 new failure")
    assert annotations.count("::error") == 1


def test_a_failure_that_a_second_run_does_not_show_is_flaky_and_stops_nothing(here, vendor):
    vendor.leaks_until = 10**9
    assert gate(here, vendor, "--no-confirm")[0] == 1
    vendor.leaks_until = 2 * vendor.asked  # the next run, and not the one that looks again
    code, found, _ = gate(here, vendor)
    assert (code, found["new"], len(found["flaky"])) == (0, [], 2)


def test_evidence_that_was_there_and_is_gone_is_no_pass(here, vendor):
    assert gate(here, vendor, "--update-baseline")[0] == 0
    vendor.url = ""
    code, found, _ = gate(here, vendor)
    assert (code, found["lost"]) == (3, ["failure.nothing-leaks"])


@pytest.mark.parametrize(
    "inputs",
    [
        {"document": '"; touch pwned; "$(touch pwned)'},
        {"arguments": "$(touch pwned)\n`touch pwned`", "base_url": "`touch pwned`"},
    ],
)
def test_inputs_of_the_action_are_never_code(repository, inputs):
    assert repository.push(**inputs) == 2
    assert not list(repository.folder.rglob("pwned"))


def test_the_action_reads_its_inputs_from_the_environment_only():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", f"a@{'0' * 40}"))
    wired = INPUT.findall(str(action["runs"]["steps"]))
    assert set(wired) | {"artifact"} == set(action["inputs"])
