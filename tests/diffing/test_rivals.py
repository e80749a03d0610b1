"""Whatever other programs tell of a pair of documents, one of our rules tells as well."""

import datetime

import pytest

from tests.diffing.editing import ABSENT, SMALL, compared, edited
from tests.diffing.rulebook import page, rows
from tests.places import ROOT
from verifier.diffing import registry

TODAY = datetime.date(2026, 1, 1)
GET, POST = "/paths/~1items/get", "/paths/~1items/post"
JSON = "application~1json"


def inside(schema):
    return {"type": "object", "properties": {"it": schema}}


def parameter(schema, place="query"):
    named = {"name": "X-It", "in": place, "schema": schema}
    return [(f"{GET}/parameters/2", named)]


# Place to the edits that put a schema there.
PLACES = {
    "rb": lambda s: [(f"{POST}/requestBody/content", {"application/json": {"schema": s}})],
    "rp": lambda s: PLACES["rb"](inside(s)),
    "pa": parameter,
    "pp": lambda s: parameter(inside(s)),
    "hp": lambda s: parameter(inside(s), "header"),
    "sb": lambda s: [(f"{GET}/responses/200/content/{JSON}/schema", s)],
    "sp": lambda s: PLACES["sb"](inside(s)),
    "sh": lambda s: [(f"{GET}/responses/200/headers/X-It", {"schema": s})],
}


SCHEMAS = [
    pytest.param(before, after, place, rule, id=f"{rival} {place} {name}")
    for rival, name, places, before, after, rule in rows("schemas.yaml")
    for place in places.split()
]
DOCUMENTS = [
    pytest.param(before, after, rule, id=f"{rival} {name}")
    for rival, name, before, after, rule in rows("documents.yaml")
]


def judged(old, new, rule):
    """``docs`` is told most, ``wire`` what counts for everybody."""
    found = compared(old, new, profile="docs" if rule else "wire", today=TODAY).changes
    told = {change.rule for change in found}
    assert rule in told if rule else told == set()


@pytest.mark.parametrize(("before", "after", "place", "rule"), SCHEMAS)
def test_what_they_tell_of_a_schema_we_tell(before, after, place, rule):
    put = PLACES[place]
    judged(edited(*put(before)), edited(*put(after)), rule)


def opened(edits):
    return [(edit[0], edit[1] if len(edit) > 1 else ABSENT) for edit in edits]


@pytest.mark.parametrize(("before", "after", "rule"), DOCUMENTS)
def test_what_they_tell_of_a_document_we_tell(before, after, rule):
    old = edited(*opened(before))
    new = edited(*opened(after), base=old) if after else SMALL
    judged(old, new, rule)


def test_every_rule_that_the_tables_name_is_one_of_ours():
    named = {row[-1] for file in ("schemas.yaml", "documents.yaml") for row in rows(file)}
    assert named - {""} <= registry().keys()


def test_the_page_of_others_rules_is_what_is_held():
    written = (ROOT / "docs" / "reference" / "diff-rivals.md").read_text()
    assert written == page(), "python -m tests.diffing.rulebook > docs/reference/diff-rivals.md"
