"""Whatever other programs tell of a pair of documents, one of our rules tells as well."""

import datetime

import pytest

from tests.diffing.editing import ABSENT, SMALL, compared, edited
from tests.diffing.rulebook import page, rows
from tests.places import ROOT
from verifier.diffing import registry

TODAY = datetime.date(2026, 1, 1)
ANSWER = {"200": {"description": "Ok."}}
NAMED = {name: SMALL["components"]["schemas"][name] for name in ("Item", "Person")}


def inside(schema):
    return {"type": "object", "properties": {"it": schema}}


def parameter(schema, place="query"):
    named = {"name": "X-It", "in": place, "schema": schema}
    return {"post": {"parameters": [named], "responses": ANSWER}}


def body(schema):
    content = {"application/json": {"schema": schema}}
    return {"post": {"requestBody": {"content": content}, "responses": ANSWER}}


def answer(**parts):
    return {"post": {"responses": {"200": {"description": "Ok.", **parts}}}}


# Place to the path that holds a schema there.
PLACES = {
    "rb": body,
    "rp": lambda schema: body(inside(schema)),
    "pa": parameter,
    "pp": lambda schema: parameter(inside(schema)),
    "hp": lambda schema: parameter(inside(schema), "header"),
    "sb": lambda schema: answer(content={"application/json": {"schema": schema}}),
    "sp": lambda schema: PLACES["sb"](inside(schema)),
    "sh": lambda schema: answer(headers={"X-It": {"schema": schema}}),
}


def holding(schema, places):
    paths = {f"/{place}": PLACES[place](schema) for place in places}
    info = {"title": "Held", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": NAMED}}


SCHEMAS = [
    pytest.param(before, after, places.split(), rule, id=f"{rival} {name} {places}")
    for rival, name, places, before, after, rule in rows("schemas.yaml")
]
DOCUMENTS = [
    pytest.param(before, after, rule, id=f"{rival} {name}")
    for rival, name, before, after, rule in rows("documents.yaml")
]


def found(old, new, rule):
    """``docs`` is told most, ``wire`` what counts for everybody."""
    return compared(old, new, profile="docs" if rule else "wire", today=TODAY).changes


@pytest.mark.parametrize(("before", "after", "places", "rule"), SCHEMAS)
def test_what_they_tell_of_a_schema_we_tell(before, after, places, rule):
    told = found(holding(before, places), holding(after, places), rule)
    where = {
        key.partition("/")[2] for change in told if change.rule == rule for key in change.operations
    }
    assert where == set(places) if rule else told == ()


def opened(edits):
    return [(edit[0], edit[1] if len(edit) > 1 else ABSENT) for edit in edits]


@pytest.mark.parametrize(("before", "after", "rule"), DOCUMENTS)
def test_what_they_tell_of_a_document_we_tell(before, after, rule):
    old = edited(*opened(before))
    new = edited(*opened(after), base=old) if after else SMALL
    told = {change.rule for change in found(old, new, rule)}
    assert rule in told if rule else told == set()


def test_every_rule_that_the_tables_name_is_one_of_ours():
    named = {row[-1] for file in ("schemas.yaml", "documents.yaml") for row in rows(file)}
    assert named - {""} <= registry().keys()


def test_the_page_of_others_rules_is_what_is_held():
    written = (ROOT / "docs" / "reference" / "diff-rivals.md").read_text()
    assert written == page(), "python -m tests.diffing.rulebook > docs/reference/diff-rivals.md"
