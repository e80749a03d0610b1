"""Scenarios from the command line and from Python, as a user meets them."""

import json

import pytest

import verifier
from tests.places import ROOT
from verifier.cli.program import _run
from verifier.errors import ConfigError
from verifier.wire import Answer, serve_in_thread

SAMPLE = ROOT / "scenarios" / "acme-billing" / "invoice-to-payment.arazzo.yaml"
SPECS = ROOT / "specs" / "acme-billing"


@pytest.fixture
def command(capfd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = _run([str(a) for a in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def test_a_scenario_runs_against_the_mock_and_leaves_a_report(command, tmp_path):
    code, out, _ = command("run", SAMPLE, "--mock", "--output", "run")
    assert code == 0
    assert "pass           A new customer's invoice is paid" in out
    results = json.loads((tmp_path / "run" / "results.json").read_text())
    assert [o["check"] for o in results["outcomes"]] == [
        "scenario.invoice-to-payment.pay-an-invoice"
    ]


def test_a_failing_scenario_is_exit_one_and_says_at_which_step(command):
    code, out, _ = command(
        "run", SAMPLE, "--mock", "--misbehave", "rounds-money", "--output", "run"
    )
    assert code == 1
    assert "step 'pay' POST /payments answered 201" in out
    assert "expected  $response.body#/total/amount == '1249.95'" in out
    assert 'seen      $response.body#/total/amount is a string: "1249.00"' in out
    assert "no pay: POST /payments -> 201" in out


def test_a_flawed_scenario_is_exit_two_with_its_line_and_nothing_is_sent(command, tmp_path):
    asked = []

    def handler(incoming):
        asked.append(incoming)
        return Answer(status=200)

    flawed = tmp_path / "flawed.arazzo.yaml"
    text = SAMPLE.read_text().replace("../../specs", str(ROOT / "specs"))
    flawed.write_text(text.replace("$steps.write-invoice.outputs.id", "$steps.write.outputs.id"))
    with serve_in_thread(handler) as server:
        code, _, err = command(
            "run", flawed, "--base-url", server.url, "--allow-writes",
            "--principal", "full=bearer:env:HOME", "--output", "run",
        )  # fmt: skip
    assert code == 2
    assert "flawed.arazzo.yaml:42: '$steps.write.outputs.id': there is no step 'write'" in err
    assert "Did you mean 'write-invoice'?" in err
    assert asked == []
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run",), "FILE"),
        (("run", "none.arazzo.yaml"), "no such file"),
        (("run", SPECS / "openapi.yaml"), "no Arazzo document"),
        (("run", SAMPLE, "--mock", "--workflow", "pay-an-invoise"), "pay-an-invoice"),
        (("run", SAMPLE, "--mock", "--tag", "none"), "--tag"),
        (("run", SAMPLE, "--mock", "--input", "x"), "NAME=VALUE"),
        (("run", SAMPLE, "--mock", "--source", "acme"), "NAME=FILE"),
        (("run", SAMPLE, "--misbehave", "rounds-money"), "--mock"),
    ],
)
def test_a_slip_is_one_message_that_names_the_mend(command, arguments, says):
    code, _, err = command(*arguments)
    assert code == 2
    assert says in err


def test_without_an_address_nothing_was_tested(command):
    code, out, _ = command("run", SAMPLE, "--output", "run")
    assert code == 3
    assert "there is no address to ask; give --base-url URL (or --mock)" in out


def test_a_dry_run_prices_the_scenario_and_sends_nothing(command):
    code, out, _ = command("run", SAMPLE, "--mock", "--dry-run")
    assert code == 0
    assert "At most 4 requests" in out


def test_a_source_on_the_network_is_not_fetched_uninvited(command, tmp_path):
    asked = []
    with serve_in_thread(lambda incoming: asked.append(incoming) or Answer(status=200)) as server:
        path = tmp_path / "far.arazzo.yaml"
        text = SAMPLE.read_text().replace("../../specs/acme-billing", server.url)
        path.write_text(text)
        code, _, err = command("run", path, "--mock", "--output", "a")
        assert (code, asked) == (2, [])
        assert "--source acme=FILE" in err
        given = f"acme={SPECS / 'openapi.yaml'}"
        assert command("run", path, "--mock", "--source", given, "--output", "b")[0] == 0
        assert asked == []


def test_the_same_from_python(tmp_path):
    done = verifier.run(SAMPLE, mock=True, folder=tmp_path / "run", formats=("json",))
    (outcome,) = done.run.outcomes
    assert outcome.status.value == "pass"
    assert [beat.step for beat in outcome.story.beats if beat.kind == "send"] == [
        "create-customer",
        "write-invoice",
        "pay",
    ]
    with pytest.raises(ConfigError):
        verifier.run(SPECS / "openapi.yaml", mock=True)


def test_an_interrupted_run_goes_on_with_its_scenarios(tmp_path):
    verifier.run(SAMPLE, mock=True, folder=tmp_path / "run", formats=("json",), budget=1)
    again = verifier.resume(tmp_path / "run")
    assert [o.status.value for o in again.run.outcomes] == ["not tested"]


def test_check_tells_flaws_and_sends_nothing(command, tmp_path):
    text = SAMPLE.read_text().replace("../../specs/acme-billing", str(SPECS))
    (tmp_path / "good.arazzo.yaml").write_text(text)
    (tmp_path / "bad.arazzo.yaml").write_text(
        text.replace("operationId: createPayment", "operationId: createPaymnt")
    )
    code, out, _ = command("scenario", "check", "good.arazzo.yaml")
    assert (code, out) == (0, "good.arazzo.yaml: 1 workflow, 3 steps: sound\n")
    code, out, _ = command("scenario", "check", "good.arazzo.yaml", "bad.arazzo.yaml")
    assert code == 1
    assert "flaw  bad.arazzo.yaml:4" in out
    assert "'createPaymnt'" in out
    assert "Did you mean 'createPayment'?" in out
    assert "good.arazzo.yaml: 1 workflow, 3 steps: sound" in out
    assert "bad.arazzo.yaml: 1 workflow, 3 steps: 1 flaw" in out


def test_a_draft_is_written_where_it_is_wanted_and_over_nothing(command, tmp_path):
    given = ("scenario", "draft", SPECS, "--resource", "customers", "--output", "d/x.arazzo.yaml")
    code, out, err = command(*given)
    assert (code, out) == (0, "")
    assert "1 workflow drafted in d/x.arazzo.yaml" in err
    assert command("run", "d/x.arazzo.yaml", "--mock", "--output", "run")[0] == 0
    code, _, err = command(*given)
    assert code == 2
    assert "there is a file already" in err
    assert command(*given, "--force")[0] == 0


def test_a_draft_without_a_place_is_printed_and_nothing_else_with_it(command):
    code, out, err = command("scenario", "draft", SPECS, "--resource", "customers")
    assert code == 0
    assert out.startswith("# Drafted from the document")
    assert "workflows drafted" not in out
    assert "1 workflow drafted" in err
