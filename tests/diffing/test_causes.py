"""One edit is told once, however much it takes with it, and at a place that can be found."""

import pytest

from tests.diffing.editing import changes, edited, told
from verifier.model import Confidence, Impact

TEXT = {"type": "string"}
NEW = "/components/schemas/NewItem"
OK = "/paths/~1items/get/responses/200"
MANY = {"type": "object", "properties": dict.fromkeys("abcd", TEXT)}


def test_members_that_one_edit_takes_away_are_told_as_one():
    at = f"{OK}/content/application~1json/schema/properties/data"
    found = changes(edited((at, MANY)), edited((at, {"type": "object"})))
    assert told(found) == ["warning response properties.undescribed"]
    assert "no longer described: a, b, c, d." in found[0].says
    bound = edited((at, {**MANY, "required": ["a"]}))
    assert told(changes(bound, edited((at, {"type": "object"})))) == [
        "breaking response properties.removed-required",
        "warning response properties.undescribed",
    ]


def test_what_came_to_one_place_is_one_cause_whatever_it_is_a_part_of():
    whole = {"allOf": [{"$ref": "#/components/schemas/Person"}, {"required": ["email"]}]}
    both = [("/components/schemas/Whole", whole)]
    for name in ("Person", "Whole"):
        answer = {
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        }
        both.append((f"/paths/~1{name}", {"get": {"responses": {"200": answer}}}))
    old = edited(*both)
    new = edited(("/components/schemas/Person/properties/phone", TEXT), base=old)
    found = [c for c in changes(old, new) if c.direction == "response"]
    assert told(found) == ["info response properties.added"]
    assert found[0].reach >= 2


def test_a_place_that_is_not_written_is_told_as_the_one_around_it():
    at = f"{OK}/content/application~1json/schema"
    loose = {"type": "object", "required": ["a"]}
    old, new = edited((at, {**loose, "properties": {"a": TEXT}})), edited((at, loose))
    for change in (*changes(old, new), *changes(new, old)):
        assert not any(str(place).endswith("*") for place in (change.old, change.new))


def answered(member):
    """A document with such a member of an answer."""
    return edited((f"{OK}/content/application~1json/schema/properties/data", member))


def test_null_that_one_alternative_lets_through_is_null_for_all_of_them():
    several = [{"type": ["string", "null"]}, {"type": "array", "items": TEXT}]
    plain = [TEXT, {"type": "array", "items": TEXT}, {"type": "null"}]
    assert changes(answered({"oneOf": several}), answered({"anyOf": plain})) == ()
    gone = changes(answered({"oneOf": several}), answered({"oneOf": plain[:2]}))
    assert told(gone) == ["info response types.null-refused"]
    assert gone[0].member == "data"


@pytest.mark.parametrize(
    "null", [{"allOf": [{"type": "null"}]}, {"$ref": "#/components/schemas/Nothing"}]
)
def test_null_may_be_wrapped_or_have_a_name(null):
    nothing = ("/components/schemas/Nothing", {"type": "null"})
    member = f"{OK}/content/application~1json/schema/properties/data"
    plain = [{"$ref": "#/components/schemas/Person"}, {"type": "null"}]
    old = edited(nothing, (member, {"anyOf": plain}))
    new = edited(nothing, (member, {"anyOf": [plain[0], null]}))
    assert changes(old, new) == ()
    assert changes(new, old) == ()


def test_an_alternative_that_takes_other_numbers_is_told_of_itself():
    whole = answered({"oneOf": [TEXT, {"type": "integer", "minimum": 1}]})
    broken = answered({"oneOf": [TEXT, {"type": "number", "minimum": 1}]})
    assert told(changes(whole, broken)) == ["breaking response types.widened"]
    found = changes(broken, whole)
    assert told(found) == ["info response types.narrowed"]
    assert str(found[0].old).endswith("/oneOf/1")
    stricter = answered({"oneOf": [TEXT, {"type": "number", "minimum": 5}]})
    assert told(changes(whole, stricter)) == [
        "breaking response types.widened",
        "info response ranges.tightened",
    ]


@pytest.mark.parametrize("known", [{"enum": ["a", "b"]}, {"pattern": "^a"}, {"format": "uuid"}])
def test_an_alternative_that_another_one_takes_anyhow_is_no_change(known):
    listed = {"anyOf": [TEXT, {"type": "integer"}, {**TEXT, **known}]}
    bare = {"anyOf": [TEXT, {"type": "integer"}]}
    for old, new in ((listed, bare), (bare, listed)):
        assert told(changes(answered(old), answered(new))) == []
    short = {**TEXT, "maxLength": 5}
    assert changes(answered(short), answered({"anyOf": [short, {**TEXT, "enum": [""]}]})) == ()
    further = {"anyOf": [short, {**TEXT, "enum": ["far too long"]}]}
    assert told(changes(answered(short), answered(further))) == ["breaking response unions.added"]
    other = {"anyOf": [TEXT, {"type": "integer"}, {"type": "boolean"}]}
    assert told(changes(answered(bare), answered(other))) == ["breaking response types.widened"]


def test_a_list_of_no_values_lists_nothing():
    status = {"type": "string", "enum": ["open", "closed"]}
    held = {"type": "string", "enum": [], "allOf": [{"$ref": "#/components/schemas/Status"}]}
    at = "/paths/~1items/get/parameters/1/schema"
    old = edited(("/components/schemas/Status", status), (at, held))
    new = edited(("/components/schemas/Status/enum", ["open"]), base=old)
    assert "breaking request values.removed" in told(changes(old, new))
    assert changes(edited((at, {"type": "string", "enum": []})), edited((at, TEXT))) == ()


@pytest.mark.parametrize(
    "said",
    [
        {**MANY, "required": ["a", "b"]},
        {"type": "array", "items": TEXT},
        MANY,
    ],
)
def test_a_schema_that_is_gone_is_told_as_one(said):
    at = f"{OK}/content/application~1json/schema"
    found = changes(edited((at, said)), edited((at, {})))
    assert told(found) == ["warning response types.undescribed"]
    assert told(changes(edited((at, {})), edited((at, said)))) == ["info response types.described"]
    bare = {"properties": {"a": TEXT}, "required": ["a"]}
    assert told(changes(edited((at, bare)), edited((at, {})))) == told(found)


def test_null_at_a_use_of_a_named_schema_is_told_of_the_use_and_of_each():
    person = {"$ref": "#/components/schemas/Person"}
    root = f"{OK}/content/application~1json/schema/properties"
    old = edited((f"{root}/first", person), (f"{root}/second", person))
    nullable = {"oneOf": [{"type": "null"}, person]}
    new = edited((f"{root}/first", nullable), (f"{root}/second", nullable))
    found = changes(old, new)
    assert told(found) == ["breaking response types.null-allowed"] * 2
    nulls = [change for change in found if change.rule == "types.null-allowed"]
    assert {change.member for change in nulls} == {"first", "second"}
    assert {str(change.new).rpartition("/")[2] for change in nulls} == {"first", "second"}


def test_an_address_of_tokens_without_a_host_may_be_the_one_that_was_told():
    at = "/components/securitySchemes/oauth/flows/clientCredentials/tokenUrl"
    same, other = edited((at, "/token")), edited((at, "/tokens"))
    assert changes(edited(), same) == ()
    assert told(changes(same, edited())) == []
    assert "breaking request security.tokens-moved" in told(changes(edited(), other))


def test_what_one_of_several_alternatives_lacks_is_told_of_that_one_alone():
    first = {"title": "First", "type": "object", "properties": {"a": TEXT, "b": TEXT}}
    other = {"title": "Other", "type": "object", "properties": {"c": TEXT, "d": TEXT}}
    plain = {"type": "object", "properties": {"a": TEXT, "b": TEXT, "c": TEXT}}
    (lost,) = [
        change
        for change in changes(answered(plain), answered({"oneOf": [first, other]}))
        if change.rule == "properties.removed-optional"
    ]
    assert lost.gist == "c"
    assert lost.member == "data<an object with a, b>.c"


def test_what_another_alternative_may_allow_is_not_said_to_break():
    body = f"{NEW}/properties/code"
    both = {"type": "object", "properties": {"kind": {"enum": ["a", "b"]}, "code": TEXT}}
    kinds = [{"type": "object", "properties": {"kind": {"enum": [k]}, "code": TEXT}} for k in "ab"]
    (lost,) = [
        change
        for change in changes(edited((body, both)), edited((body, {"oneOf": kinds})))
        if change.rule == "values.removed"
    ]
    assert (lost.severity, lost.confidence) == (Impact.WARNING, Confidence.LOW)
    # A number more beside a text that was shortened excuses nothing.
    shorter = {"oneOf": [{**TEXT, "maxLength": 3}, {"type": "integer"}]}
    found = changes(edited((body, TEXT)), edited((body, shorter)))
    assert "breaking request ranges.limited" in told(found)
