"""What says the same is not looked at; what says something else always is, wherever it stands."""

import pytest

from tests.diffing.editing import changes, edited, told

ITEMS = "/paths/~1items"
NEW = "/components/schemas/NewItem"
OK = f"{ITEMS}/get/responses/200"
FLAVOUR = {"name": "flavour", "in": "query", "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "description": "a"}, {"type": "string", "description": "b"}),
        ({"type": "string", "example": "a"}, {"type": "string", "examples": ["b"]}),
        ({"type": "string", "title": "a"}, {"title": "b", "type": "string"}),
    ],
)
def test_what_is_told_to_people_only_breaks_nobody(old, new):
    at = f"{NEW}/properties/note"
    assert changes(edited((at, old)), edited((at, new))) == ()
    assert changes(edited((at, old)), edited((at, new)), profile="docs") != ()


def test_a_member_that_is_called_like_a_description_is_a_member():
    at = f"{NEW}/properties/description"
    found = changes(edited((at, {"type": "string"})), edited((at, {"type": "integer"})))
    assert told(found) == ["breaking request types.changed"]


def test_every_word_of_a_value_counts():
    at = f"{NEW}/properties/note"
    values = [{"type": "object", "default": {"description": word}} for word in "ab"]
    found = changes(*(edited((at, value)) for value in values))
    assert told(found) == ["warning request defaults.changed"]


@pytest.mark.parametrize(("old", "new"), [(1, True), (0, False), ([1], [True])])
def test_a_number_is_no_truth_value(old, new):
    at = f"{NEW}/properties/note"
    found = changes(edited((at, {"default": old})), edited((at, {"default": new})))
    assert told(found) == ["warning request defaults.changed"]


def test_a_parameter_of_the_path_that_is_no_longer_referred_to_is_told():
    shared = ("/components/parameters", {"Flavour": FLAVOUR})
    given = (f"{ITEMS}/parameters", [{"$ref": "#/components/parameters/Flavour"}])
    found = changes(edited(shared, given), edited(shared))
    assert told(found) == ["warning request parameters.removed"]
    assert "'flavour' is no longer taken" in found[0].says


def test_what_changed_behind_two_references_is_found():
    link = {"$ref": "#/components/schemas/Middle"}
    chain = [
        (f"{OK}/content/application~1json/schema/properties/link", link),
        (
            "/components/schemas/Middle",
            {"properties": {"end": {"$ref": "#/components/schemas/End"}}},
        ),
    ]
    ends = [("/components/schemas/End", {"type": kind}) for kind in ("string", "integer")]
    found = changes(*(edited(*chain, end) for end in ends))
    assert told(found) == ["breaking response types.changed"]


def test_what_is_said_twice_is_said_once():
    at = f"{NEW}/properties/note"
    note = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 9}}}
    twice = {"allOf": [note, {**note, "description": "Again."}]}
    assert changes(edited((at, note)), edited((at, twice))) == ()
    assert changes(edited((at, twice)), edited((at, note))) == ()
