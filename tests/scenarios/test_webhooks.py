"""A scenario waits for what it is told: of the right kind, signed, in time, and often enough."""

import pytest

import verifier
from tests.places import ROOT
from tests.scenarios.stage import flaws_of, play
from verifier.model import Status

SAMPLE = ROOT / "scenarios" / "acme-billing" / "webhooks.arazzo.yaml"
RECEIVED = "    x-verifier:\n          receive:"


def outcome(tmp_path, *edits, run="run", **how):
    """The sample with some of its text exchanged, run against the sample vendor's mock."""
    text = SAMPLE.read_text().replace("../../specs", str(ROOT / "specs"))
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "edited.arazzo.yaml"
    path.write_text(text)
    done = verifier.run(path, mock=True, folder=tmp_path / run, formats=("json",), **how)
    (found,) = done.run.outcomes
    return found, done.run


def test_what_is_told_and_as_demanded_passes_and_the_delivery_is_a_beat_of_the_story(tmp_path):
    found, run = outcome(tmp_path)
    assert found.status is Status.PASS
    (beat,) = [beat for beat in found.story.beats if beat.kind == "receive"]
    (delivery,) = run.deliveries
    assert (beat.exchange, beat.held, beat.step) == (delivery.id, True, "pay")


def test_waiting_costs_no_time_against_a_mock_and_what_never_comes_is_said(tmp_path):
    found, _ = outcome(tmp_path, ("within: 60", "within: 600"), misbehave=("webhook-lost",))
    assert found.status is Status.FAIL
    (finding,) = found.findings
    assert finding.expected.startswith("1 within 600 s: $message.body#/type == 'invoice.paid' and")
    assert (finding.seen, finding.signature) == ("none came", "step:pay:webhook-0-count")


def test_what_is_signed_with_another_secret_is_not_taken_for_the_vendors(tmp_path):
    unsigned = ("            signed: true\n", "")
    unsaid, _ = outcome(tmp_path, unsigned, run="unsaid", misbehave=("webhook-unsigned",))
    assert unsaid.status is Status.PASS
    found, _ = outcome(tmp_path, misbehave=("webhook-signature-wrong",))
    (finding,) = found.findings
    assert finding.expected == "a signature that fits"
    assert finding.seen == "its standard signature does not fit"


def test_a_delivery_of_another_kind_does_not_count_and_is_told(tmp_path):
    found, run = outcome(tmp_path, ("== 'invoice.paid'\n", "== 'invoice.refunded'\n"))
    (finding,) = found.findings
    assert finding.seen.startswith("1 other came; the last: $message.body#/type is a string: ")
    assert run.deliveries[-1].id in finding.evidence


def test_two_receptions_take_each_its_own_delivery_and_one_is_not_taken_twice(tmp_path):
    again = "            url: $inputs.callback\n"
    both = "          - url: $inputs.callback\n          - {url: $inputs.callback, within: 5}\n"
    text = SAMPLE.read_text()
    start, end = text.index(again), text.index("      - stepId: ask")
    found, _ = outcome(tmp_path, (text[start:end], both))
    (finding,) = found.findings
    assert (finding.signature, finding.seen) == ("step:pay:webhook-1-count", "none came")


def test_what_was_told_can_be_handed_on_as_an_output(tmp_path):
    told = (
        "      - stepId: ask\n",
        "        outputs:\n          told: $message.body#/data/id\n      - stepId: ask\n",
    )
    asked = (
        "in: path, value: $steps.write-invoice.outputs.id",
        "in: path, value: $steps.pay.outputs.told",
    )
    assert outcome(tmp_path, told, asked)[0].status is Status.PASS


LISTENS = """\
workflows:
  - workflowId: w
    inputs: {type: object, properties: {callback: {type: string}}}
    x-verifier: {hooks: [callback]}
    steps:
      - stepId: a
        operationId: listItems
        x-verifier: {receive: RECEIVE}
"""


def test_a_vendor_that_has_no_way_to_us_is_not_tested_and_the_mend_is_named():
    found, _ = play(LISTENS.replace("RECEIVE", "{url: $inputs.callback}"))
    assert found.status is Status.NOT_TESTED
    assert found.supply.startswith("--webhook-url URL --webhook-port PORT")


def test_an_address_that_was_not_opened_is_not_waited_at():
    found, _ = play(
        LISTENS.replace("RECEIVE", "{url: 'https://elsewhere.test'}").replace("[callback]", "[]")
    )
    assert found.status is Status.NOT_TESTED
    assert "'https://elsewhere.test', which no workflow opened" in found.reason


@pytest.mark.parametrize(
    ("receive", "says"),
    [
        ("{within: 3}", "needs 'url'"),
        ("{url: $inputs.callback, count: 900}", "900 are too many"),
        ("{url: $inputs.callback, wihtin: 3}", "'wihtin'"),
        ("{url: $inputs.calback}", "declares no input 'calback'"),
        ("{url: $inputs.callback, criteria: [{condition: '$mesage.body == 1'}]}", "$mesage"),
    ],
)
def test_a_reception_that_is_written_wrong_is_refused_before_anything_is_sent(receive, says):
    (flaw,) = flaws_of(LISTENS.replace("RECEIVE", receive))
    assert says in flaw
