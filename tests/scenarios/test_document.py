"""An Arazzo document as a whole: its versions, its format, its names."""

# ruff: noqa: E501  (workflows are read by the line)

import json

import pytest

from tests.scenarios.stage import described, flaws_of, outcomes
from verifier.loading.sheet import read_sheet
from verifier.model import Status
from verifier.scenarios import Casting, read

WHOLE = {
    "arazzo": "1.0.1",
    "info": {"title": "T", "version": "1", "summary": "S", "description": "D"},
    "sourceDescriptions": [{"name": "items", "url": "items.yaml", "type": "openapi"}],
    "workflows": [{"workflowId": "w", "steps": [{"stepId": "a", "operationId": "listItems"}]}],
}


def flaws_in(**members):
    return flaws_of(json.dumps({**WHOLE, **members}, indent=1), whole=True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1.0.0", "1.0"), ("1.0.1", "1.0"), ("1.0.9", "1.0"), ("1.1.0", "1.1"), ("1.1.3-rc", "1.1")],
)
def test_the_patch_of_a_version_makes_no_difference(written, meant):
    assert described(json.dumps({**WHOLE, "arazzo": written}), whole=True).version == meant


def test_json_and_yaml_are_read_alike_and_flaws_have_their_lines_in_both():
    assert flaws_in() == []
    (flaw,) = flaws_in(
        workflows=[{"workflowId": "w", "steps": [{"stepId": "a", "operationId": "listItms"}]}]
    )
    assert flaw.startswith("22 WRONG: 'items' has no operation 'listItms'")


def test_names_of_fields_are_case_sensitive():
    (flaw, *_) = flaws_in(Components={})
    assert "no member 'Components' | Did you mean 'components'?" in flaw


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"sourceDescriptions": []}, "'sourceDescriptions' is empty"),
        ({"workflows": []}, "'workflows' is empty"),
        ({"info": {"title": "T", "version": 1.0}}, "'version' is a number"),
        ({"sourceDescriptions": [{"name": "a b", "url": "x"}]}, "'a b' is no name"),
        ({"sourceDescriptions": [{"name": "a", "url": "x"}, {"name": "a", "url": "y"}]}, "two sources 'a'"),
        ({"sourceDescriptions": [{"name": "a", "url": "x", "type": "openap"}]}, "openapi or arazzo"),
        ({"sourceDescriptions": [{"name": "a"}]}, "needs 'url'"),
        ({"workflows": WHOLE["workflows"] * 2}, "two workflows 'w'"),
        ({"workflows": [{"workflowId": "w", "steps": []}]}, "'steps' is empty"),
        ({"workflows": [{"workflowId": "w"}]}, "needs 'steps'"),
        ({"components": {"parameters": {"a b": {"name": "x", "value": 1}}}}, "'a b' is no name of a component"),
        ({"components": {"failureActions": {"a": {"name": "x", "type": "again"}}}}, "end, goto or retry"),
        ({"components": {"steps": {}}}, "no member 'steps'"),
    ],
)  # fmt: skip
def test_what_a_document_must_have_is_asked_for(members, says):
    assert any(says in flaw for flaw in flaws_in(**members))


def step(**members):
    return [{"workflowId": "w", "steps": [{"stepId": "a", "operationId": "listItems", **members}]}]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"outputs": {"a b": "$statusCode"}}, "'a b' is no name of an output"),
        ({"successCriteria": []}, "'successCriteria' is empty"),
        ({"parameters": [{"name": "x", "in": "query", "value": 1}] * 2}, "given twice"),
        ({"onSuccess": [{"name": "x", "type": "end"}] * 2}, "two actions 'x'"),
        ({"onFailure": [{"name": "x", "type": "goto"}]}, "'goto' needs"),
        ({"onSuccess": [{"name": "x", "type": "goto", "stepId": "a", "workflowId": "w"}]}, "not to both"),
        ({"onSuccess": [{"name": "x", "type": "retry"}]}, "end or goto"),
        ({"onSuccess": [{"type": "end"}]}, "needs 'name'"),
        ({"parameters": [{"reference": "$components.parameters.none"}]}, "no 'none' among"),
        ({"parameters": [{"reference": "$components.successActions.none"}]}, "no reference to parameters"),
        ({"requestBody": {"payload": 1, "type": "json"}}, "no member 'type'"),
        ({"requestBody": {"replacements": [{"target": "/a"}]}}, "needs 'value'"),
    ],
)  # fmt: skip
def test_what_a_step_must_have_is_asked_for(members, says):
    assert any(says in flaw for flaw in flaws_in(workflows=step(**members)))


def test_the_two_of_one_name_in_different_places_are_two_parameters():
    both = [{"name": "x", "in": "query", "value": 1}, {"name": "x", "in": "header", "value": 1}]
    assert [f for f in flaws_in(workflows=step(parameters=both)) if "WRONG" in f] == []


@pytest.mark.parametrize(
    ("schema", "value", "sound"),
    [
        ({"type": "integer", "format": "int32"}, 5, True),
        ({"type": "integer", "format": "int32"}, 2**40, False),
        ({"type": "integer"}, "5", False),
        ({"type": "number", "format": "double"}, 1.5, True),
        ({"type": "string", "format": "password"}, "s", True),
        ({"type": ["string", "null"]}, None, True),
        ({"enum": ["a"]}, "b", False),
    ],
)
def test_inputs_are_held_against_their_schema_before_anything_is_sent(schema, value, sound):
    workflows = [
        {**step()[0], "inputs": {"type": "object", "required": ["n"], "properties": {"n": schema}}}
    ]
    text = json.dumps({**WHOLE, "workflows": workflows})
    journal, asked = outcomes(text, whole=True, casting=Casting(given={"n": value}))
    (outcome,) = journal.outcomes()
    assert (outcome.status is Status.PASS) is sound
    if not sound:
        assert outcome.status is Status.NOT_TESTED
        assert "n should be" in outcome.reason
        assert asked.lines == []


def test_a_document_says_what_it_is():
    found = described(json.dumps(WHOLE), whole=True)
    assert (found.title, found.summary, found.sources[0].kind) == ("T", "S", "openapi")


def test_a_hostile_document_ends_in_words():
    for text in (b'{"arazzo": "1.0.1", "info": ' + b"[" * 400 + b"]" * 400 + b"}",):
        flaws = []
        read(read_sheet(text, "t.json"), flaws.append)
        assert flaws
