"""What x-verifier adds: principals, effects, concurrency, clean-up, tables."""

# ruff: noqa: E501  (workflows are read by the line)

import json
import re

import pytest

from tests.places import ROOT
from tests.probing.running import OWNER, StillClock, vendor
from tests.scenarios.stage import Asked, Shelf, answers, outcomes, play, response, script_of
from verifier.model import Principal, Question, SecretReference, Severity, Status
from verifier.scenarios import Casting, checks_of
from verifier.scenarios.reading import step_extension, workflows

READER = Principal(name="reader", kind="bearer", secrets={"token": SecretReference("env", "R")})


def step(extension, *more, **members):
    """A workflow of one listing step with an extension."""
    first = {"stepId": "a", "operationId": "listItems", "x-verifier": extension, **members}
    return f"workflows: {json.dumps([{'workflowId': 'w', 'steps': [first, *more]}])}\n"


def sent(asked):
    """The credentials of what was asked, the knock left out."""
    return [headers.get("Authorization", "") for _, _, headers, _ in asked.asked[1:]]


@pytest.mark.parametrize(
    ("extension", "credential"),
    [
        ({}, "Bearer good"),
        ({"principal": "reader"}, "Bearer reads"),
        ({"principal": "none"}, ""),
        ({"credential": "unknown"}, "Bearer verifier-unknown-0123456789abcdef"),
        ({"principal": "reader", "credential": "truncated"}, "Bearer re"),
    ],
)
def test_a_step_is_sent_as_whom_it_says(extension, credential):
    asked = Asked(answers(200))
    whom = vendor(principals=(OWNER, READER))
    play(step(extension), transport=asked, whom=whom, secrets={"R": "reads"})
    assert sent(asked) == [credential]


def test_a_workflow_names_the_principal_of_its_steps_and_of_those_it_calls():
    text = """\
        workflows:
          - workflowId: outer
            x-verifier: {principal: reader}
            steps:
              - {stepId: a, operationId: listItems}
              - {stepId: b, operationId: listItems, x-verifier: {principal: owner}}
              - {stepId: c, workflowId: inner}
              - {stepId: d, workflowId: inner, x-verifier: {principal: owner}}
          - workflowId: inner
            steps: [{stepId: e, operationId: listItems}]
        """
    asked = Asked(answers(200))
    whom = vendor(principals=(OWNER, READER))
    play(text, transport=asked, whom=whom, secrets={"R": "reads"})
    assert sent(asked) == ["Bearer reads", "Bearer good", "Bearer reads", "Bearer good"]


def test_a_step_that_brings_its_own_credential_is_not_given_ours():
    own = [{"name": "Authorization", "in": "header", "value": "Bearer mine"}]
    asked = Asked(answers(200))
    play(step({}, parameters=own), transport=asked)
    assert sent(asked) == ["Bearer mine"]


CREATING = """\
workflows:
  - workflowId: w
    steps:
      - stepId: make
        operationId: createItem
        requestBody: {payload: {name: Ada}}
        outputs: {id: $response.body#/id}
        x-verifier: EXTENSION
"""
COUNTED = "{effect: {operationId: listItems, items: $response.body#/data, where: {name: $request.body#/name}, count: 1}}"


class Twice(Shelf):
    """Keeps two of everything."""

    def create(self, request):
        super().create(request)
        return super().create(request)


def test_an_effect_is_proved_by_counting_what_is_there():
    text = CREATING.replace("EXTENSION", COUNTED)
    outcome, asked = play(text)
    assert outcome.status is Status.PASS
    assert asked.lines[:2] == ["POST /items", "GET /items"]
    outcome, _ = play(text, Twice())
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].expected == "1 with name = Ada"
    assert outcome.findings[0].seen.startswith("there are ")
    assert len(outcome.findings[0].evidence) >= 2


class Late(Shelf):
    """Shows what it keeps only when it is asked for the third time."""

    asked = 0

    def list(self, request):
        self.asked += 1
        return super().list(request) if self.asked > 2 else self.json(200, {"data": []})


def test_an_effect_is_given_the_time_that_its_author_gives_it():
    clock = StillClock(1000.0)
    text = CREATING.replace("EXTENSION", COUNTED.replace("count: 1", "count: 1, within: 3"))
    assert play(text, Late(), clock=clock)[0].status is Status.PASS
    assert 0 < clock.time - 1000.0 < 3
    assert play(CREATING.replace("EXTENSION", COUNTED), Late())[0].status is not Status.PASS


def test_an_effect_that_fails_is_not_retried_by_the_steps_own_actions():
    retry = "\n        onFailure: [{name: again, type: retry, retryLimit: 3}]\n"
    text = CREATING.replace("EXTENSION", COUNTED) + retry.lstrip("\n")
    _, asked = play(text, Twice())
    assert asked.lines.count("POST /items") == 2  # once, and once more to be sure


def test_neighbours_with_one_label_are_sent_together():
    together = {"together": "both"}
    more = {
        "stepId": "b",
        "operationId": "listItems",
        "x-verifier": together,
        "parameters": [{"name": "status", "in": "query", "value": "sold"}],
    }
    batches = []

    class Batches(Asked):
        async def send_together(self, outgoing):
            batches.append(len(outgoing))
            return await super().send_together(outgoing)

    outcome, asked = play(
        step(together, more, {"stepId": "c", "operationId": "listItems"}),
        transport=Batches(answers(200)),
    )
    assert outcome.status is Status.PASS
    assert batches == [2]
    assert asked.lines == ["GET /items", "GET /items?status=sold", "GET /items"]


def test_one_that_fails_of_those_sent_together_fails_the_workflow():
    together = {"together": "both"}
    more = {"stepId": "b", "operationId": "listItems", "x-verifier": together}
    outcome, _ = play(step(together, more), answers(200, 500))
    assert outcome.findings[0].signature.startswith("step:")
    assert outcome.status in (Status.FAIL, Status.INCONCLUSIVE)


def test_copies_are_sent_at_once_and_all_of_them_are_judged():
    outcome, asked = play(step({"copies": 5}), answers(200))
    assert (outcome.status, len(asked.lines)) == (Status.PASS, 5)
    outcome, _ = play(step({"copies": 3}), answers(200, 200, 500))
    assert outcome.status in (Status.FAIL, Status.INCONCLUSIVE)


def test_an_abandoned_request_has_no_answer_and_that_is_no_failure():
    more = {"stepId": "b", "operationId": "listItems"}
    outcome, asked = play(step({"abandon": True}, more), answers(200))
    assert outcome.status is Status.PASS
    assert [beat.kind for beat in outcome.story.beats] == ["abandon", "send"]
    assert len(asked.lines) == 2


CLEANING = """\
workflows:
  - workflowId: w
    x-verifier:
      cleanup:
        - stepId: remove
          operationId: deleteItem
          parameters: [{name: id, in: path, value: $steps.make.outputs.id}]
    steps:
      - stepId: make
        operationId: createItem
        requestBody: {payload: {name: Ada}}
        outputs: {id: $response.body#/id}
      - stepId: look
        operationId: readItem
        parameters: [{name: id, in: path, value: $steps.make.outputs.id}]
        successCriteria: [{condition: $statusCode == 200}]
"""


def test_clean_up_steps_run_when_all_went_well():
    outcome, asked = play(CLEANING)
    assert outcome.status is Status.PASS
    assert asked.lines[-1] == "DELETE /items/it_000001"
    assert outcome.story.beats[-1].kind == "cleanup"


def test_clean_up_steps_run_when_a_step_failed():
    text = CLEANING.replace("$statusCode == 200", "$statusCode == 418")
    outcome, asked = play(text)
    assert outcome.status is Status.FAIL
    assert asked.lines.count("DELETE /items/it_000001") == 1
    assert asked.lines.count("DELETE /items/it_000002") == 1


def test_clean_up_steps_run_when_the_budget_is_spent():
    journal, asked = outcomes(CLEANING, budget=2)
    (outcome,) = journal.outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert asked.lines == ["POST /items", "DELETE /items/it_000001"]


def test_a_clean_up_for_what_was_never_made_is_left_out():
    _, asked = play(CLEANING, lambda request: response(404 if request.path == "/" else 500))
    assert all("DELETE" not in line for line in asked.lines)


TABLE = """\
workflows:
  - workflowId: w
    summary: Statuses are kept
    inputs: {type: object, required: [status], properties: {status: {type: string}}}
    x-verifier:
      data: [{status: draft}, {status: sold}, {status: nope}]
    steps:
      - stepId: make
        operationId: createItem
        requestBody: {payload: {name: Ada, status: $inputs.status}}
        successCriteria: [{condition: $statusCode == 201}]
"""


def test_a_table_runs_the_workflow_once_for_each_row():
    journal, _ = outcomes(TABLE)
    found = {o.check: (o.status, o.story.row) for o in journal.outcomes()}
    assert found == {
        "scenario.t.w.1": (Status.PASS, "status=draft"),
        "scenario.t.w.2": (Status.PASS, "status=sold"),
        "scenario.t.w.3": (Status.FAIL, "status=nope"),
    }


def test_a_fresh_input_is_new_each_time():
    text = """\
        workflows:
          - workflowId: w
            x-verifier: {fresh: [key]}
            steps:
              - stepId: make
                operationId: createItem
                requestBody: {payload: {name: $inputs.key}}
                successCriteria: [{condition: $statusCode == 418}]
        """
    _, asked = play(text)
    names = [json.loads(body)["name"] for method, _, _, body in asked.asked if method == "POST"]
    assert len(set(names)) == len(names) == 2


def test_a_workflow_says_its_question_severity_and_what_to_ask_the_vendor():
    text = """\
        x-verifier: {question: limits, severity: minor, tags: [all]}
        workflows:
          - workflowId: w
            summary: A summary
            x-verifier: {severity: blocker, tags: [one], why: Because., ask: Do it.}
            steps: [{stepId: s, operationId: listItems, successCriteria: [{condition: "false"}], x-verifier: {severity: note}}]
        """
    (check,) = checks_of(script_of(text), Casting())
    assert (check.question, check.severity, check.title) == (
        Question.LIMITS,
        Severity.BLOCKER,
        "A summary",
    )
    assert "Because." in check.doc
    outcome, _ = play(text)
    assert outcome.story.tags == ("all", "one")
    assert outcome.findings[0].ask == "Do it."
    assert outcome.findings[0].severity is Severity.NOTE


def test_the_guide_tells_every_member_of_the_extension():
    guide = (ROOT / "docs" / "guides" / "scenarios.md").read_text()
    table = {name for row in re.findall(r"^\| (`.+?) \|", guide, re.M) for name in row.split(", ")}
    assert table == {
        f"`{name}`" for name in (*workflows.EXTENSION, *step_extension.FIELDS, "vendor")
    }
