"""What was being created when a run was killed is looked for, and removed or named."""

import json
import signal
import sys

import pytest

from tests.journeys.processes import SAMPLE, ended, run, start, vendor
from verifier import pipeline, recording

CHECKS = ("--check", "contract.created-is-readable")
LIVE = ("--principal", "me=bearer:env:TOKEN", "--allow-writes", "--rate", "0")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals are sent as POSIX has them"
)


@pytest.fixture
def sold():
    with vendor() as made:
        yield made


def killed_while_creating(sold, folder):
    """A run that was killed after the vendor had created something, and before it had said so."""
    sold.hold(lambda incoming: incoming.method == "POST", answered=True)
    arguments = ("evaluate", SAMPLE, "--base-url", sold.url, *LIVE, *CHECKS, "--output", "run")
    process = start(*arguments, cwd=folder, TOKEN=sold.secret)
    assert sold.held.wait(30), ended(process, signal.SIGKILL).said
    ended(process, signal.SIGKILL)
    sold.go.set()


def kept(folder):
    return recording.read(folder / "run", pipeline.loading.load)


def test_what_was_being_created_is_removed_by_the_resumed_run(sold, tmp_path):
    before = sold.things()
    killed_while_creating(sold, tmp_path)
    assert sold.things() != before
    assert {"customers", "webhook-endpoints"} & {i.resource for i in kept(tmp_path).intents}
    assert kept(tmp_path).ledger == ()

    resumed = run("evaluate", "--resume", "run", cwd=tmp_path, TOKEN=sold.secret)
    assert resumed.code == 0, resumed.said
    assert sold.things() == before
    assert kept(tmp_path).intents == ()
    assert "Perhaps left behind" not in resumed.out


def test_a_report_names_what_may_have_been_left_and_how_to_find_it(sold, tmp_path):
    killed_while_creating(sold, tmp_path)
    rendered = run("report", "run", cwd=tmp_path)
    assert rendered.code == 0
    intent = kept(tmp_path).intents[0]
    assert "Perhaps left behind" in rendered.out
    assert f"curl -i {sold.url}{intent.request.path}" in rendered.out
    assert f"reference: {intent.sent['reference']}" in rendered.out
    page = (tmp_path / "run" / "index.html").read_text()
    assert "nobody knows what came of them" in page
    assert intent.sent["reference"] in page
    results = json.loads((tmp_path / "run" / "results.json").read_text())
    assert results["unsettled"][0]["request"] == f"POST {intent.request.path}"


def test_cleanup_removes_what_a_killed_run_left_asks_nothing_else_and_leaves_it_unfinished(
    sold, tmp_path
):
    before = sold.things()
    killed_while_creating(sold, tmp_path)
    known = kept(tmp_path).outcomes
    cleaned = run("cleanup", "run", cwd=tmp_path, TOKEN=sold.secret)
    assert (cleaned.code, cleaned.out) == (0, "Nothing of this run is left.\n")
    assert sold.things() == before
    assert kept(tmp_path).outcomes == known
    assert kept(tmp_path).unfinished


def test_cleanup_of_a_run_at_a_mock_says_that_there_is_nothing(tmp_path):
    run("evaluate", SAMPLE, "--mock", *CHECKS, "--output", "run", cwd=tmp_path)
    refused = run("cleanup", "run", cwd=tmp_path)
    assert refused.code == 2
    assert "nothing of it is left" in refused.err.lower()
