"""A scenario asks the mock for a fault, and says so where it could not be shown."""

import pytest

import verifier
from tests.places import ROOT
from tests.scenarios.stage import flaws_of, play
from verifier.errors import ConfigError
from verifier.model import Status

SAMPLES = ROOT / "scenarios" / "acme-billing"
RETRIES = SAMPLES / "retries.arazzo.yaml"
LIMITS = SAMPLES / "limits.arazzo.yaml"
FAULTY = """\
workflows:
  - workflowId: w
    steps:
      - stepId: a
        operationId: listItems
        x-verifier: {fault: {fault: status, with: {status: 503}}}
"""


def outcomes(tmp_path, path=RETRIES, **how):
    done = verifier.run(path, mock=True, folder=tmp_path / "run", formats=("json",), **how)
    return {o.check.rpartition(".")[2]: o for o in done.run.outcomes}


def test_the_sample_vendor_survives_each_fault_that_the_samples_ask_for(tmp_path):
    found = outcomes(tmp_path)
    assert {o.status for o in found.values()} == {Status.PASS}
    story = found["outage-is-survived"].story
    assert [(b.kind, b.answer) for b in story.beats] == [
        ("fault", ""),
        ("send", "503"),
        ("retry", ""),
        ("send", "503"),
        ("retry", ""),
        ("send", "201"),
    ]
    assert "waits 2 s" in story.beats[2].says


def test_a_vendor_that_charges_twice_is_caught_by_what_is_read_back(tmp_path):
    found = outcomes(tmp_path, misbehave=("replay-creates-again",))
    failed = found["lost-answer-charges-once"]
    assert failed.status is Status.FAIL
    (finding,) = failed.findings
    assert finding.seen == "there are 2"
    assert finding.signature == "step:pay:effect-0-count"
    assert finding.ask.startswith("Answer a repeated idempotency key")
    assert found["outage-is-survived"].status is Status.PASS


def test_an_answer_that_was_to_be_lost_is_not_held_against_the_vendor(tmp_path):
    done = verifier.evaluate(
        ROOT / "specs" / "acme-billing",
        mock=True,
        scenarios=(RETRIES,),
        only=("failure.slow-is-bounded", "scenario.retries.*"),
        folder=tmp_path / "run",
        formats=("json",),
    )
    found = {o.check: o for o in done.run.outcomes}
    assert "gave no answer" in str(found["scenario.retries.lost-answer-charges-once"].story)
    assert found["failure.slow-is-bounded"].findings == ()


def edited(tmp_path, old, new):
    text = LIMITS.read_text().replace("../../specs", str(ROOT / "specs"))
    assert old in text
    path = tmp_path / "edited.arazzo.yaml"
    path.write_text(text.replace(old, new))
    return path


def test_a_fault_that_never_took_hold_proves_nothing(tmp_path):
    path = edited(tmp_path, "fault: {fault: rate-limited}", "fault: {operation: getHealth}")
    outcome = outcomes(tmp_path, path)["limit-is-waited-out"]
    assert outcome.status is Status.NOT_TESTED
    assert "never asked for what shows status for getHealth" in outcome.reason


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("{fault: rate-limitd}", "rate-limited"),
        ("{fault: status, with: {statos: 503}}", "status"),
        ("{fault: status, time: 2}", "times"),
        ("{operation: listCustomer}", "listCustomers"),
    ],
)
def test_a_fault_that_does_not_exist_is_refused_with_the_nearest(tmp_path, new, says):
    path = edited(tmp_path, "fault: {fault: rate-limited}", f"fault: {new}")
    with pytest.raises(ConfigError) as error:
        outcomes(tmp_path, path)
    assert "edited.arazzo.yaml:49" in str(error.value)
    assert says in error.value.mend
    assert not (tmp_path / "run").exists()


def test_a_fault_is_an_object_or_several(tmp_path):
    text = FAULTY.replace("{fault: status, with: {status: 503}}", "status")
    assert any("should be an object (a fault)" in flaw for flaw in flaws_of(text))


def test_a_real_vendor_is_not_asked_to_misbehave():
    outcome, asked = play(FAULTY)
    assert outcome.status is Status.NOT_TESTED
    assert outcome.supply == "--mock"
    assert asked.lines == []
