"""A workflow goes the way that Arazzo says: steps in order, jumps, retries, other workflows."""

# ruff: noqa: E501  (workflows are read by the line)

import json

import pytest

from tests.probing.running import StillClock
from tests.scenarios.stage import Asked, Shelf, answers, outcomes, play, response
from verifier.model import Failure, FailureKind, Reply, Status
from verifier.scenarios import Casting


def one(steps, **workflow):
    """A workflow of these steps, as YAML in JSON."""
    return f"workflows: {json.dumps([{'workflowId': 'w', 'steps': steps, **workflow}])}\n"


def listing(id="list", **more):
    return {"stepId": id, "operationId": "listItems", **more}


def is_(status):
    return [{"condition": f"$statusCode == {status}"}]


def test_steps_are_taken_in_order_and_hand_on_their_outputs():
    outcome, asked = play("""\
        workflows:
          - workflowId: life
            summary: An item's life
            inputs: {type: object, properties: {name: {type: string, default: Ada}}}
            steps:
              - stepId: create
                operationId: createItem
                requestBody: {payload: {name: $inputs.name, note: 'for {$inputs.name}, {$inputs.none}'}}
                outputs: {id: $response.body#/id}
              - stepId: read
                operationId: readItem
                parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
                successCriteria: [{condition: $response.body#/name == 'ada'}]
              - stepId: remove
                operationPath: '{$sourceDescriptions.items.url}#/paths/~1items~1{id}/delete'
                parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
        """)
    assert outcome.status is Status.PASS
    assert asked.lines == ["POST /items", "GET /items/it_000001", "DELETE /items/it_000001"]
    assert json.loads(asked.asked[1][3]) == {"name": "Ada"}
    assert [beat.step for beat in outcome.story.beats] == ["create", "read", "remove"]
    assert outcome.story.beats[0].place == "t.arazzo.yaml:10"


def test_a_step_that_fails_ends_its_workflow_with_a_finding():
    outcome, asked = play(one([listing("a", successCriteria=is_(418)), listing("b")]))
    (finding,) = outcome.findings
    assert outcome.status is Status.FAIL
    assert set(asked.lines) == {"GET /items"}
    assert finding.signature == "step:a:criterion-0"
    assert finding.expected == "$statusCode == 418"
    assert finding.seen == "$statusCode is 200"
    assert finding.operation == "GET /items"
    assert finding.evidence[0] == outcome.story.beats[0].exchange


def test_all_criteria_must_hold():
    two = [*is_(200), {"condition": "$response.body#/data == null"}]
    assert play(one([listing(successCriteria=two)]))[0].status is Status.FAIL


@pytest.mark.parametrize(
    ("status", "word"), [(200, "pass"), (302, "pass"), (404, "fail"), (500, "fail")]
)
def test_without_criteria_a_step_succeeds_unless_it_is_an_error(status, word):
    assert play(one([listing()]), answers(status))[0].status.value == word


def test_a_success_action_ends_or_goes_to_a_step():
    steps = [
        listing("a", onSuccess=[{"name": "on", "type": "goto", "stepId": "c"}]),
        listing("b", successCriteria=is_(418)),
        listing("c", onSuccess=[{"name": "stop", "type": "end"}]),
        listing("d", successCriteria=is_(418)),
    ]
    outcome, _ = play(one(steps))
    assert outcome.status is Status.PASS
    assert [b.says for b in outcome.story.beats] == [
        "GET /items",
        "goes to 'c'",
        "GET /items",
        "ends: 'stop'",
    ]


def test_the_first_action_whose_criteria_hold_is_taken():
    actions = [
        {"name": "no", "type": "goto", "stepId": "b", "criteria": is_(404)},
        {"name": "yes", "type": "end", "criteria": is_(200)},
        {"name": "late", "type": "goto", "stepId": "b"},
    ]
    steps = [listing("a", onSuccess=actions), listing("b", successCriteria=is_(418))]
    assert play(one(steps))[0].status is Status.PASS


def test_without_a_fitting_action_the_next_step_follows():
    actions = [{"name": "no", "type": "end", "criteria": is_(404)}]
    outcome, asked = play(one([listing("a", onSuccess=actions), listing("b")]))
    assert (outcome.status, len(asked.lines)) == (Status.PASS, 2)


def test_a_failure_that_an_action_leads_on_from_is_handled():
    on = [{"name": "else", "type": "goto", "stepId": "b"}]
    steps = [listing("a", successCriteria=is_(418), onFailure=on), listing("b")]
    assert play(one(steps))[0].status is Status.PASS


def test_a_failure_that_an_action_ends_with_has_failed():
    on = [{"name": "stop", "type": "end"}]
    assert play(one([listing(successCriteria=is_(418), onFailure=on)]))[0].status is Status.FAIL


def test_a_retry_waits_and_tries_again_until_its_limit():
    clock = StillClock(1000.0)
    on = [{"name": "again", "type": "retry", "retryAfter": 2.5, "retryLimit": 3}]
    text = one([listing(onFailure=on)])
    outcome, asked = play(text, answers(500, 500, 200), clock=clock)
    assert (outcome.status, len(asked.lines), clock.time) == (Status.PASS, 3, 1005.0)
    outcome, asked = play(text, answers(500), clock=clock)
    assert outcome.status is Status.FAIL
    assert len(asked.lines) == 8  # four tries, and once more to be sure


def test_one_retry_is_made_where_no_limit_is_given_and_none_where_it_is_nought():
    once = [{"name": "again", "type": "retry"}]
    assert len(play(one([listing(onFailure=once)]), answers(500, 200))[1].lines) == 2
    never = [{"name": "again", "type": "retry", "retryLimit": 0}]
    assert play(one([listing(onFailure=never)]), answers(500, 200))[0].status is not Status.PASS


def test_a_retry_after_that_is_received_overrules_the_one_that_is_written():
    clock = StillClock(1000.0)
    on = [{"name": "again", "type": "retry", "retryAfter": 30}]
    answer = answers(503, 200)

    def limited(request):
        given = answer(request)
        return response(503, None, Retry_After="7") if given.status == 503 else given

    outcome, _ = play(one([listing(onFailure=on)]), limited, clock=clock)
    assert (outcome.status, clock.time) == (Status.PASS, 1007.0)


def test_nobody_waits_for_an_hour():
    on = [{"name": "again", "type": "retry"}]

    def closed(request):
        return response(503, None, Retry_After="3600")

    clock = StillClock(1000.0)
    outcome, _ = play(one([listing(onFailure=on)]), closed, clock=clock)
    assert outcome.status is Status.FAIL
    assert "asks us to wait 3600 s" in outcome.findings[0].seen
    assert clock.time < 1200


def test_the_retries_are_used_up_before_a_later_action_is_taken():
    on = [
        {"name": "again", "type": "retry", "retryLimit": 2, "criteria": is_(500)},
        {"name": "else", "type": "goto", "stepId": "b"},
    ]
    steps = [listing("a", onFailure=on), {"stepId": "b", "operationId": "listItems"}]
    outcome, asked = play(one(steps), answers(500, 500, 500, 200))
    assert (outcome.status, len(asked.lines)) == (Status.PASS, 4)


def test_a_retry_may_ask_for_another_step_first():
    on = [{"name": "login", "type": "retry", "stepId": "login"}]
    steps = [
        listing("a", onFailure=on, successCriteria=is_(200)),
        listing("b", onSuccess=[{"name": "done", "type": "end"}]),
        listing("login"),
    ]
    outcome, asked = play(one(steps), answers(401, 200, 200, 200))
    assert (outcome.status, len(asked.lines)) == (Status.PASS, 4)
    assert [b.step for b in outcome.story.beats if b.kind == "send"] == ["a", "login", "a", "b"]


def test_actions_of_the_workflow_hold_for_all_steps_unless_a_step_overrides_them():
    common = [{"name": "again", "type": "retry", "retryLimit": 1}]
    text = one([listing("a"), listing("b")], failureActions=common)
    assert play(text, answers(500, 200, 500, 200))[0].status is Status.PASS
    own = [{"name": "again", "type": "end"}]
    text = one([listing("a", onFailure=own)], failureActions=common)
    assert len(play(text, answers(500))[1].lines) == 2  # once, and once more to be sure
    done = one(
        [listing("a"), listing("b", successCriteria=is_(418))],
        successActions=[{"name": "x", "type": "end"}],
    )
    assert play(done)[0].status is Status.PASS


def test_parameters_of_the_workflow_hold_for_all_steps_and_a_step_overrides_them():
    common = [
        {"name": "status", "in": "query", "value": "draft"},
        {"name": "X-A", "in": "header", "value": "1"},
    ]
    own = [{"name": "status", "in": "query", "value": "sold"}]
    _, asked = play(one([listing("a"), listing("b", parameters=own)], parameters=common))
    assert asked.lines == ["GET /items?status=draft", "GET /items?status=sold"]
    assert asked.asked[2][2]["X-A"] == "1"


def test_a_loop_that_never_ends_is_ended():
    on = [{"name": "on", "type": "goto", "stepId": "a"}]
    outcome, asked = play(one([listing("a", onSuccess=on)]), budget=5000)
    assert outcome.status is Status.FAIL
    assert "did not come to an end within 500 steps" in outcome.findings[0].says
    assert len(asked.lines) == 1000
    assert outcome.story.cut > 0


CALLING = """\
workflows:
  - workflowId: outer
    inputs: {type: object, properties: {name: {type: string, default: Ada}}}
    steps:
      - stepId: make
        workflowId: inner
        parameters: [{name: title, value: $inputs.name}]
        successCriteria: [{condition: $statusCode == 201}, {condition: $outputs.id != null}]
        outputs: {id: $outputs.id}
      - stepId: read
        operationId: readItem
        parameters: [{name: id, in: path, value: $steps.make.outputs.id}]
        successCriteria: [{condition: $response.body#/id == $workflows.inner.outputs.id}]
    outputs: {id: $steps.make.outputs.id}
  - workflowId: inner
    inputs: {type: object, required: [title], properties: {title: {type: string}}}
    steps:
      - stepId: create
        operationId: createItem
        requestBody: {payload: {name: $inputs.title}}
        outputs: {id: $response.body#/id}
    outputs: {id: $steps.create.outputs.id}
"""


def test_a_step_may_call_a_workflow_which_is_then_not_run_by_itself():
    outcome, asked = play(CALLING)
    assert outcome.status is Status.PASS
    assert outcome.check == "scenario.t.outer"
    assert [line.partition(" ")[0] for line in asked.lines][:2] == ["POST", "GET"]
    assert [(b.step, b.depth) for b in outcome.story.beats] == [
        ("make", 0),
        ("create", 1),
        ("read", 0),
    ]


def test_a_called_workflow_whose_inputs_do_not_fit_fails_in_words():
    outcome, _ = play(CALLING.replace("value: $inputs.name", "value: 5"))
    assert outcome.status is Status.FAIL
    assert "title should be a string" in outcome.findings[0].seen


def test_a_failure_inside_a_called_workflow_fails_the_caller_with_the_whole_path():
    outcome, _ = play(CALLING, answers(500))
    assert outcome.findings[0].signature == "step:make/create:status"


def test_what_a_workflow_depends_on_is_completed_first():
    text = """\
        workflows:
          - workflowId: after
            dependsOn: [before]
            steps:
              - stepId: read
                operationId: readItem
                parameters: [{name: id, in: path, value: $workflows.before.outputs.id}]
          - workflowId: before
            steps:
              - stepId: create
                operationId: createItem
                requestBody: {payload: {name: Ada}}
                outputs: {id: $response.body#/id}
            outputs: {id: $steps.create.outputs.id}
        """
    journal, asked = outcomes(text, casting=Casting(workflows=("after",)))
    assert [o.status for o in journal.outcomes()] == [Status.PASS]
    assert asked.lines[:2] == ["POST /items", "GET /items/it_000001"]
    journal, _ = outcomes(text, answers(500), casting=Casting(workflows=("after",)))
    (outcome,) = journal.outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert "depends on 'before', which failed at step 'create'" in outcome.reason


def test_control_may_be_handed_to_another_workflow_for_good():
    text = """\
        workflows:
          - workflowId: first
            steps:
              - stepId: a
                operationId: listItems
                onSuccess: [{name: on, type: goto, workflowId: second}]
              - stepId: b
                operationId: listItems
                successCriteria: [{condition: $statusCode == 418}]
          - workflowId: second
            steps: [{stepId: c, operationId: listItems, parameters: [{name: status, in: query, value: sold}]}]
        """
    outcome, asked = play(text)
    assert outcome.status is Status.PASS
    assert asked.lines == ["GET /items", "GET /items?status=sold"]


def test_reusable_parts_are_put_in_where_they_are_referred_to():
    text = """\
        workflows:
          - workflowId: w
            steps:
              - stepId: a
                operationId: listItems
                parameters:
                  - reference: $components.parameters.status
                  - {reference: $components.parameters.trace, value: t2}
                onFailure: [{reference: $components.failureActions.again}]
                onSuccess: [{reference: $components.successActions.stop}]
              - {stepId: b, operationId: listItems, successCriteria: [{condition: $statusCode == 418}]}
        components:
          parameters:
            status: {name: status, in: query, value: draft}
            trace: {name: X-Trace, in: header, value: t1}
          failureActions:
            again: {name: again, type: retry, retryLimit: 2}
          successActions:
            stop: {name: stop, type: end}
        """
    outcome, asked = play(text, answers(500, 500, 200))
    assert outcome.status is Status.PASS
    assert asked.lines == ["GET /items?status=draft"] * 3
    assert asked.asked[1][2]["X-Trace"] == "t2"


def test_inputs_may_refer_to_reusable_schemas_and_are_checked_before():
    text = """\
        workflows:
          - workflowId: w
            inputs: {$ref: '#/components/inputs/paging'}
            steps: [{stepId: a, operationId: listItems, parameters: [{name: status, in: query, value: $inputs.status}]}]
        components:
          inputs:
            paging: {type: object, required: [status], properties: {status: {$ref: '#/components/inputs/status'}}}
            status: {type: string, enum: [draft, sold]}
        """
    outcome, asked = play(text, casting=Casting(given={"status": "sold"}))
    assert (outcome.status, asked.lines) == (Status.PASS, ["GET /items?status=sold"])


class Silent(Asked):
    """Gives no answer to the first so many requests after the knock."""

    def __init__(self, times):
        super().__init__(Shelf())
        self.times = times

    async def send(self, outgoing):
        reply = await super().send(outgoing)
        if 1 < len(self.asked) <= self.times + 1:
            return Reply(failure=Failure(kind=FailureKind.RESET, says="reset", phase="read"))
        return reply


def test_silence_can_be_retried_and_is_no_evidence_against_the_vendor_where_it_is_not():
    on = [{"name": "again", "type": "retry", "retryLimit": 2}]
    outcome, _ = play(one([listing(onFailure=on)]), transport=Silent(2))
    assert outcome.status is Status.PASS
    outcome, _ = play(one([listing(onFailure=on)]), transport=Silent(9))
    assert outcome.status is Status.NOT_TESTED
    assert "step 'list': GET /items gave no answer (reset)" in outcome.reason
    assert [beat.kind for beat in outcome.story.beats] == ["send", "retry", "send", "retry", "send"]


def test_a_step_that_cannot_be_sent_says_what_has_no_value():
    text = """\
        workflows:
          - workflowId: w
            steps:
              - stepId: list
                operationId: listItems
                outputs: {id: $response.body#/data/9/id}
              - stepId: read
                operationId: readItem
                parameters: [{name: id, in: path, value: $steps.list.outputs.id}]
        """
    outcome, _ = play(text)
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].seen == "the path parameter 'id' has no value"


def test_a_hint_is_given_where_the_request_itself_was_wrong():
    text = one(
        [{"stepId": "c", "operationId": "createItem", "requestBody": {"payload": {"nam": 1}}}]
    )
    outcome, _ = play(text, answers(422))
    assert "the request was not what the document asks for: body" in outcome.findings[0].seen


def test_only_the_workflows_with_a_tag_are_run():
    text = """\
        workflows:
          - {workflowId: a, x-verifier: {tags: [smoke]}, steps: [{stepId: s, operationId: listItems}]}
          - {workflowId: b, steps: [{stepId: s, operationId: listItems}]}
        """
    journal, _ = outcomes(text, casting=Casting(tags=("smoke",)))
    assert [o.check for o in journal.outcomes()] == ["scenario.t.a"]
    journal, _ = outcomes(text)
    assert [o.check for o in journal.outcomes()] == ["scenario.t.a", "scenario.t.b"]
