"""Whole commands as a user meets them: what they print, and how they end."""

import json

import pytest

import verifier
from tests.journeys.documents import SAMPLE, TINY
from verifier.cli.program import SECTIONS, program
from verifier.wire import Answer, serve_in_thread


def test_help_lists_every_command(command):
    code, out, _ = command("--help")
    assert code == 0
    for name in ("checks", "demo", "evaluate", "explain", "inspect", "mock", "report", "schema"):
        assert name in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("evalute",), "evaluate"),
        (("evaluate", SAMPLE, "--nope"), "--nope"),
        (("evaluate",), "name a document"),
        (("explain", "contract.head-match-get"), "contract.head-matches-get"),
        (("evaluate", SAMPLE, "--question", "nope"), "contract"),
        (("evaluate", SAMPLE, "--check", "nope"), "verifier checks"),
        (("evaluate", SAMPLE, "--misbehave", "delete-keeps"), "--mock"),
        (("evaluate", SAMPLE, "--mock", "--misbehave", "lies"), "retry-after-lies"),
        (("evaluate", SAMPLE, "--budget", "0"), "budget"),
        (("report", "."), "no run"),
        (("evaluate", SAMPLE, "--principal", "me=bearer:s3cret-value"), "env:"),
    ],
)
def test_a_slip_is_one_message_that_names_the_mend(command, arguments, says):
    code, _, err = command(*arguments)
    assert code == 2
    assert says in err
    assert "s3cret-value" not in err


def test_a_desk_evaluation_is_not_enough_evidence(command, tiny):
    code, out, _ = command("evaluate", tiny, "--output", "run")
    assert code == 3
    assert "Not enough evidence" in out
    assert "--base-url" in out


def test_the_mock_of_the_sample_passes_and_a_defect_is_found(command):
    code, _, _ = command("evaluate", SAMPLE, "--mock", "--output", "a", "--check", "failure.*")
    assert code == 0
    arguments = ("--mock", "--misbehave", "leaks-stack-trace", "--check", "failure.*")
    code, out, _ = command("evaluate", SAMPLE, *arguments, "--output", "b")
    assert code == 1
    assert "failure.nothing-leaks" in out


def test_a_run_can_be_rendered_again_and_not_be_overwritten(command):
    more = ("--mock", "--check", "operations.clock-is-right", "--output", "run")
    assert command("evaluate", SAMPLE, *more)[0] in (0, 3)
    assert command("report", "run")[0] == 0
    code, _, err = command("evaluate", SAMPLE, *more)
    assert code == 2
    assert "holds a run already" in err


@pytest.fixture
def vendor():
    answers = []

    def handler(incoming):
        answers.append(incoming)
        return Answer(status=401, headers=(("WWW-Authenticate", "Bearer"),))

    with serve_in_thread(handler) as server:
        server_answers = answers
        yield server.url, server_answers


def test_a_dry_run_prints_the_price_and_sends_nothing(command, tiny, vendor, monkeypatch):
    monkeypatch.setenv("TOKEN", "s3cret-value")
    url, seen = vendor
    principal = ("--principal", "me=bearer:env:TOKEN")
    code, out, _ = command("evaluate", tiny, "--base-url", url, *principal, "--dry-run")
    assert code == 0
    assert "requests" in out
    assert seen == []


def test_nothing_that_answers_is_exit_four(command, tiny, monkeypatch):
    monkeypatch.setenv("TOKEN", "s3cret-value")
    principal = ("--principal", "me=bearer:env:TOKEN")
    for url in ("http://127.0.0.1:1", "http://nope.invalid"):
        output = url.replace("/", "").replace(":", "")
        code, _, err = command("evaluate", tiny, "--base-url", url, *principal, "--output", output)
        assert code == 4
        assert url in err


def test_a_missing_secret_names_its_variable(command, tiny, vendor):
    principal = ("--principal", "me=bearer:env:NOT_SET_ANYWHERE")
    code, _, err = command("evaluate", tiny, "--base-url", vendor[0], *principal, "--output", "r")
    assert code == 2
    assert "NOT_SET_ANYWHERE" in err


def test_the_secret_reaches_no_file(command, tiny, vendor, monkeypatch, tmp_path):
    monkeypatch.setenv("TOKEN", "s3cret-canary-value")
    principal = ("--principal", "me=bearer:env:TOKEN")
    command("evaluate", tiny, "--base-url", vendor[0], *principal, "--output", "run")
    kept = b"".join(p.read_bytes() for p in (tmp_path / "run").rglob("*") if p.is_file())
    assert b"s3cret-canary-value" not in kept
    assert any("s3cret-canary-value" in str(i.headers) for i in vendor[1])


def test_inspect_speaks_json(command):
    code, out, _ = command("inspect", SAMPLE + "/openapi.yaml", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["operations"] == 28
    assert "customers" in {resource["name"] for resource in found["resources"]}


@pytest.mark.parametrize("kind", ["vendor", "mock", "inspect", "results"])
def test_schemas_are_json(command, kind):
    code, out, _ = command("schema", kind)
    assert code == 0
    assert json.loads(out)["type"] == "object"


def test_the_public_names_are_there():
    assert all(getattr(verifier, name) for name in verifier.__all__)
    assert verifier.__all__ == sorted(verifier.__all__)


def test_hosts_that_a_document_names_are_never_asked(command, tmp_path):
    seen = []

    def handler(incoming):
        seen.append(incoming)
        return Answer(status=200)

    with serve_in_thread(handler) as server:
        path = tmp_path / "named.yaml"
        path.write_text(
            TINY + f"servers: [{{url: {server.url}}}]\nx-more: {{$ref: '{server.url}/a.yaml'}}\n"
        )
        command("evaluate", path, "--output", "desk")
        command("evaluate", path, "--mock", "--output", "mock")
    assert seen == []


def test_every_command_stands_below_a_heading_that_says_what_it_is_for():
    listed = [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == program.list_commands(None)
