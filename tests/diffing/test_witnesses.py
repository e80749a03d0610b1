"""What breaks is shown by a value; where none is found, the verdict says that it is less sure."""

import gc
import weakref

import pytest

from tests.diffing.editing import SMALL, edited
from verifier.jobs import editions
from verifier.loading import from_mapping
from verifier.model import Confidence, Impact, Schema
from verifier.sampling import Unsatisfiable, disagreement
from verifier.validating import Direction as Way
from verifier.validating import validator

TEXT = {"type": "string"}
NEW, ITEM = "/components/schemas/NewItem", "/components/schemas/Item"


def compared(*edits, back=False):
    new = edited(*edits)
    return editions.compare(new, SMALL) if back else editions.compare(SMALL, new)


BREAKING = {
    "a type": [(f"{NEW}/properties/code", {"type": "integer"})],
    "a listed value": [(f"{NEW}/properties/kind/enum", ["a"])],
    "a list of values": [(f"{NEW}/properties/code/enum", ["a"])],
    "a length": [(f"{NEW}/properties/name/maxLength", 50)],
    "a huge length": [(f"{NEW}/properties/code/maxLength", 90_000)],
    "an end": [(f"{NEW}/properties/amount/minimum", 3)],
    "a step": [(f"{NEW}/properties/step/multipleOf", 10)],
    "a pattern": [(f"{NEW}/properties/code/pattern", "^[a-c]+$")],
    "a pattern that nobody can compare": [(f"{NEW}/properties/code/pattern", "^(?![a-m])[a-z]+$")],
    "a required member": [(f"{NEW}/required", ["name", "code"])],
    "a new required member": [
        (f"{NEW}/properties/extra", {"type": "string"}),
        (f"{NEW}/required", ["name", "extra"]),
    ],
    "a closed object": [(f"{NEW}/additionalProperties", False)],
    "an excluded value": [(f"{NEW}/properties/kind/not", {"const": "a"})],
    "a condition": [
        (f"{NEW}/if", {"required": ["kind"]}),
        (f"{NEW}/then", {"required": ["code"]}),
    ],
    "null in an answer": [(f"{ITEM}/properties/name/type", ["string", "null"])],
    "an optional member of an answer": [(f"{ITEM}/required", ["id"])],
    "an alternative of an answer": [(f"{ITEM}/properties/owner/oneOf/2", {"type": "boolean"})],
}


@pytest.mark.parametrize("name", BREAKING)
def test_what_breaks_is_shown_by_a_value_on_which_both_documents_disagree(name):
    found = compared(*BREAKING[name])
    broken = [c for c in found.breaking if c.area == "schema"]
    assert broken
    for change in broken:
        assert change.witness is not None, change.says
        assert change.witness.before is not change.witness.after
        assert change.witness.before is (change.direction == "request")
        assert change.confidence is Confidence.HIGH


def test_a_witness_is_judged_by_both_documents_not_by_the_rule():
    (change,) = compared(*BREAKING["a length"]).breaking
    for document, allowed in ((SMALL, True), (edited(*BREAKING["a length"]), False)):
        contract = from_mapping(document)
        at = contract.document.at(change.witness.at)
        schema = Schema(document=contract.document, node=at, at=change.witness.at)
        assert validator(schema, Way.REQUEST).accepts(change.witness.value) is allowed


def test_what_could_not_be_decided_breaks_once_a_value_shows_it():
    pattern = (f"{NEW}/properties/code/pattern", "^(?![a-m])[a-z]+$")
    (guessed,) = editions.compare(SMALL, edited(pattern), witnesses=False)
    assert (guessed.severity, guessed.confidence) == (Impact.WARNING, Confidence.LOW)
    (shown,) = compared(pattern)
    assert (shown.severity, shown.confidence) == (Impact.BREAKING, Confidence.HIGH)
    assert "a value shows" in shown.reason


def test_what_no_value_shows_stays_breaking_and_says_that_it_is_less_sure():
    # What fits the further alternative fits the first one too, so that it allows nothing new.
    owner = f"{ITEM}/properties/owner"
    wide, narrow = ({"type": "object", "maxProperties": most} for most in (9, 5))
    old = edited((owner, {"anyOf": [wide, TEXT]}))
    new = edited((owner, {"anyOf": [wide, TEXT, narrow]}))
    (change,) = editions.compare(old, new).breaking
    assert change.severity is Impact.BREAKING
    assert change.confidence is Confidence.MEDIUM
    assert "no value was found" in change.reason


def test_two_schemas_that_agree_are_never_told_apart():
    document = from_mapping(SMALL).document
    schema = Schema(
        document=document,
        node=document.root["components"]["schemas"]["NewItem"],
        at=next(iter(from_mapping(SMALL).operations)).at,
    )
    with pytest.raises(Unsatisfiable):
        disagreement(schema, schema, Way.REQUEST)


def test_nothing_of_two_editions_outlives_their_comparison():
    old, new = from_mapping(SMALL), from_mapping(edited(*BREAKING["a type"]))
    assert editions.compare(old, new).breaking[0].witness is not None
    documents = [weakref.ref(contract.document) for contract in (old, new)]
    del old, new
    gc.collect()
    assert [document() for document in documents] == [None, None]


def test_a_value_of_the_new_type_shows_it_better_than_null():
    priced = (f"{ITEM}/properties/size", {"type": ["string", "null"]})
    shown = {c.rule: c.witness.value for c in compared(priced).changes if c.witness}
    assert shown["types.changed"] == "verifier"
    assert shown["types.null-allowed"] is None


def test_what_shows_an_alternative_is_a_value_of_it_and_of_no_other():
    named = {"type": "object", "required": ["name"]}
    document = from_mapping(SMALL).document
    at = next(iter(from_mapping(SMALL).operations)).at
    before = {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "object"}]}
    after = {"anyOf": [{"type": "string", "enum": ["a", "b"]}, named, {"type": "integer"}]}
    old, new, *alternatives = (
        Schema(document=document, node=node, at=at)
        for node in (before, after, named, {"type": "integer"})
    )
    assert type(disagreement(new, old, Way.RESPONSE, likely=(alternatives[1],))) is int
    with pytest.raises(Unsatisfiable):
        disagreement(new, old, Way.RESPONSE, likely=(alternatives[0],))
