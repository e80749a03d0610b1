"""A property step draws its bodies, and shows the smallest that breaks what it states."""

import json

from tests.scenarios.stage import Shelf, play
from verifier.model import Status

KEEPS = """\
workflows:
  - workflowId: w
    steps:
      - stepId: make
        operationId: createItem
        requestBody: {payload: {status: draft}}
        successCriteria:
          - condition: $statusCode == 201
          - condition: $response.body#/status == 'draft'
        x-verifier:
          cases: 12
          effect:
            operationId: readItem
            parameters: [{name: id, in: path, value: $response.body#/id}]
            criteria: [{condition: $response.body#/name == $request.body#/name}]
"""


def test_what_is_stated_is_held_against_many_bodies():
    outcome, asked = play(KEEPS)
    bodies = {body for method, _, _, body in asked.asked if method == "POST"}
    assert outcome.status is Status.PASS
    assert len(bodies) == 12
    assert all(json.loads(body)["status"] == "draft" for body in bodies)
    (beat,) = outcome.story.beats
    assert (beat.step, beat.says) == ("make", "POST /items (12 bodies)")


class Forgets(Shelf):
    """Does not keep names that are long."""

    def kept(self, given):
        return super().kept({**given, "name": given["name"][:3]})


def test_the_smallest_body_that_breaks_it_is_shown():
    outcome, _ = play(KEEPS, Forgets(), budget=400)
    (finding,) = outcome.findings
    assert outcome.status is Status.FAIL
    assert finding.signature == "step:make:effect-0-criterion-0"
    sent = json.loads(finding.seen.partition("; sent ")[2])
    assert set(sent) == {"name", "status"}
    assert len(sent["name"]) == 4


def test_it_is_sent_as_whom_the_step_says():
    outcome, _ = play(KEEPS.replace("cases: 12", "cases: 12\n          principal: none"))
    assert outcome.status is Status.FAIL  # nobody is let in
    assert "401" in outcome.findings[0].says
