"""What Arazzo 1.1 adds for HTTP, and what it adds for messages and is refused here."""

# ruff: noqa: E501  (workflows are read by the line)

import pytest

from tests.scenarios.stage import Asked, Shelf, answers, described, flaws_of, play
from verifier.model import Failure, FailureKind, Reply, Status

LATER = {"version": "1.1.0"}


def one(step):
    return (
        f"workflows: [{{workflowId: w, steps: [{{stepId: a, operationId: listItems, {step}}}]}}]\n"
    )


class Slow(Asked):
    """Gives no answer within the time that one would wait, but to the knock."""

    async def send(self, outgoing):
        self.waited = outgoing.timeout_seconds
        reply = await super().send(outgoing)
        if len(self.asked) == 1:
            return reply
        return Reply(failure=Failure(kind=FailureKind.TIMEOUT, says="too slow", phase="wait"))


def test_a_step_that_takes_longer_than_its_timeout_has_failed():
    slow = Slow(Shelf())
    outcome, _ = play(one("timeout: 250"), transport=slow, **LATER)
    assert slow.waited == 0.25
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].signature == "step:a:silence"
    # without a timeout of its own, silence is no evidence
    assert (
        play(one("description: none"), transport=Slow(Shelf()), **LATER)[0].status
        is Status.NOT_TESTED
    )


def test_a_timeout_may_be_followed_by_an_action():
    on = "timeout: 250, onFailure: [{name: on, type: goto, stepId: b}]}, {stepId: b, operationId: readItem, parameters: [{name: id, in: path, value: x}], successCriteria: [{condition: $statusCode == null}]"
    outcome, _ = play(one(on), transport=Slow(Shelf()), **LATER)
    assert [beat.kind for beat in outcome.story.beats][:3] == ["send", "goto", "send"]


def test_a_step_waits_for_the_steps_that_it_depends_on():
    text = """\
        workflows:
          - workflowId: w
            steps:
              - stepId: a
                operationId: listItems
                onSuccess: [{name: skip, type: goto, stepId: c}]
              - {stepId: b, operationId: listItems}
              - {stepId: c, operationId: listItems, dependsOn: [b]}
        """
    outcome, _ = play(text, **LATER)
    assert outcome.status is Status.FAIL
    assert "'b', on which it depends, was not completed" in outcome.findings[0].seen
    outcome, _ = play(text.replace("dependsOn: [b]", "dependsOn: [a]"), **LATER)
    assert outcome.status is Status.PASS


@pytest.mark.parametrize(
    ("depends", "says"),
    [
        ("[bb]", "no step 'bb'"),
        ("[$workflows.w.steps.x]", "no step '$workflows.w.steps.x'"),
        ("[c]", "which comes later"),
        ("[]", "is empty"),
        ("b", "a list"),
    ],
)
def test_a_dependency_that_cannot_be_met_is_refused(depends, says):
    steps = f"dependsOn: {depends}}}, {{stepId: b, operationId: listItems}}, {{stepId: c, operationId: listItems"
    assert any(says in flaw for flaw in flaws_of(one(steps), **LATER))


def test_actions_pass_parameters_to_the_workflow_that_they_go_to():
    text = """\
        workflows:
          - workflowId: first
            steps:
              - stepId: a
                operationId: listItems
                onSuccess:
                  - {name: on, type: goto, workflowId: second, parameters: [{name: status, value: sold}]}
          - workflowId: second
            inputs: {type: object, required: [status], properties: {status: {type: string}}}
            steps: [{stepId: b, operationId: listItems, parameters: [{name: status, in: query, value: $inputs.status}]}]
        """
    _, asked = play(text, **LATER)
    assert asked.lines == ["GET /items", "GET /items?status=sold"]
    assert any("no member 'parameters'" in flaw for flaw in flaws_of(text))


def test_expressions_are_filled_into_conditions_of_every_kind():
    text = one(
        "successCriteria: [{context: $statusCode, condition: '^{$statusCode}$', type: regex}, {context: $response.body, condition: '$[?@.a == {$statusCode}]', type: jsonpath}]"
    )
    assert play(text, answers((200, {"x": {"a": 200}})), **LATER)[0].status is Status.PASS
    assert play(text, answers((200, {"x": {"a": 201}})), **LATER)[0].status is Status.FAIL


def test_a_condition_that_cannot_be_evaluated_fails_and_says_why():
    text = one("successCriteria: [{context: $response.body, condition: $.a, type: jsonpath}]")
    outcome, _ = play(text, answers((200, "plain")), **LATER)
    assert outcome.status is Status.FAIL
    assert "no JSON object or array" in outcome.findings[0].seen


def test_a_simple_type_needs_no_context():
    text = one("successCriteria: [{condition: $statusCode == 200, type: simple}]")
    assert play(text, **LATER)[0].status is Status.PASS
    assert any("needs a 'context'" in flaw for flaw in flaws_of(text))


@pytest.mark.parametrize(
    ("type", "sound"),
    [
        ("jsonpath", True),
        ("{type: jsonpath, version: rfc9535}", True),
        ("{type: jsonpath, version: draft-goessner-dispatch-jsonpath-00}", True),
        ("{type: jsonpath, version: rfc1}", False),
        ("{type: xpath, version: xpath-31}", True),
        ("{type: xpath, version: xpath-10}", True),
        ("{type: xpath}", False),
        ("{type: regex, version: x}", False),
    ],
)
def test_an_expression_type_names_a_version_that_is_known(type, sound):
    pytest.importorskip("elementpath")
    condition = "/a" if "xpath" in type else "$.a"
    text = one(
        f"successCriteria: [{{context: $response.body, condition: {condition}, type: {type}}}]"
    )
    assert (flaws_of(text, **LATER) == []) is sound


def test_the_documents_own_uri_is_a_value_and_holds_no_fragment():
    head = 'arazzo: 1.1.0\n$self: {}\ninfo: {{title: T, version: "1"}}\nsourceDescriptions: [{{name: items, url: i.yaml}}]\n'
    text = head.format("https://acme.example/w.yaml") + one("outputs: {self: $self}")
    flaws = []
    found = described(text, whole=True, flaws=flaws)
    assert (found.self_uri, flaws) == ("https://acme.example/w.yaml", [])
    described(
        head.format("https://acme.example/w.yaml#a") + one("description: x"),
        whole=True,
        flaws=flaws,
    )
    assert "no fragment" in flaws[0].says


def test_sources_of_messages_are_let_be_as_long_as_no_step_needs_them():
    text = """\
        arazzo: 1.1.0
        info: {title: T, version: "1"}
        sourceDescriptions:
          - {name: items, url: items.yaml, type: openapi}
          - {name: queue, url: queue.yaml, type: asyncapi}
        workflows: [{workflowId: w, steps: [{stepId: a, operationId: $sourceDescriptions.items.listItems}]}]
        """
    assert flaws_of(text, whole=True) == []
    sent = text.replace(
        "operationId: $sourceDescriptions.items.listItems",
        "channelPath: '{$sourceDescriptions.queue.url}#/channels/a', action: send",
    )
    assert any("AsyncAPI" in flaw for flaw in flaws_of(sent, whole=True))
    earlier = text.replace("1.1.0", "1.0.1")
    assert any("openapi or arazzo" in flaw for flaw in flaws_of(earlier, whole=True))


def test_a_forward_reference_is_refused():
    steps = "parameters: [{name: status, in: query, value: $steps.b.outputs.x}]}, {stepId: b, operationId: listItems, outputs: {x: $response.body}"
    assert any("has not run when 'a' begins" in flaw for flaw in flaws_of(one(steps), **LATER))
