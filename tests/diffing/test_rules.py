"""Every edit is told as what it is, both ways, and nothing else is told."""

import pytest

from tests.diffing.editing import ABSENT, SMALL, changes, compared, edited, told

GET, POST = "/paths/~1items/get", "/paths/~1items/post"
NEW, ITEM = "/components/schemas/NewItem", "/components/schemas/Item"
OK = f"{GET}/responses/200"
BODY = f"{POST}/requestBody"
TEXT = {"type": "string"}
LOWER = {"type": "string", "pattern": "^[a-z]+$"}
BOTH = f"{ITEM}/properties/status/enum"
QUERY = {"name": "q", "in": "query", "schema": TEXT}

# What is edited, what the edit is told as, and what taking it back is told as.
EDITS = {
    "an operation": (
        [("/paths/~1items~1{id}/delete", ABSENT)],
        ["breaking request operations.removed"],
        ["info request operations.added"],
    ),
    "a deprecated operation": (
        [("/paths/~1items~1{id}/get", ABSENT)],
        ["warning request operations.removed-deprecated"],
        ["info request operations.added"],
    ),
    "an optional parameter": (
        [(f"{GET}/parameters/2", QUERY)],
        ["info request parameters.added"],
        ["warning request parameters.removed"],
    ),
    "a required parameter": (
        [(f"{GET}/parameters/2", {**QUERY, "required": True})],
        ["breaking request parameters.added-required"],
        ["warning request parameters.removed"],
    ),
    "a parameter's requirement": (
        [(f"{GET}/parameters/0/required", True)],
        ["breaking request parameters.required"],
        ["info request parameters.optional"],
    ),
    "a parameter's type": (
        [(f"{GET}/parameters/0/schema/type", "number")],
        ["info request types.widened"],
        ["breaking request types.narrowed"],
    ),
    "a parameter's enum": (
        [(f"{GET}/parameters/1/schema/enum", ["draft"])],
        ["breaking request values.removed"],
        ["info request values.added"],
    ),
    "a parameter's default": (
        [(f"{GET}/parameters/0/schema/default", 5)],
        ["info request defaults.added"],
        ["warning request defaults.removed"],
    ),
    "a parameter's mark": (
        [(f"{GET}/parameters/0/deprecated", True)],
        ["info request lifecycle.parameter-marked"],
        ["info request lifecycle.parameter-unmarked"],
    ),
    "a body's requirement": (
        [(f"{BODY}/required", True)],
        ["breaking request bodies.required"],
        ["info request bodies.optional"],
    ),
    "a body": (
        [(BODY, ABSENT)],
        ["breaking request bodies.removed"],
        ["info request bodies.added"],
    ),
    "a body's media type": (
        [(f"{BODY}/content/application~1xml", ABSENT)],
        ["breaking request bodies.media-removed"],
        ["info request bodies.media-added"],
    ),
    "a body's required property": (
        [(f"{NEW}/properties/extra", TEXT), (f"{NEW}/required", ["name", "extra"])],
        ["breaking request properties.added-required"],
        ["warning request properties.removed"],
    ),
    "a body's optional property": (
        [(f"{NEW}/properties/extra", TEXT)],
        ["info request properties.added"],
        ["warning request properties.removed"],
    ),
    "a body's property's requirement": (
        [(f"{NEW}/required", ["name", "kind"])],
        ["breaking request properties.required"],
        ["info request properties.optional"],
    ),
    "what only the vendor sends": (
        [(f"{NEW}/required", ["name", "made"])],
        [],
        [],
    ),
    "a body's property's type": (
        [(f"{NEW}/properties/amount/type", "integer")],
        ["breaking request types.narrowed"],
        ["info request types.widened"],
    ),
    "a body's property's other type": (
        [(f"{NEW}/properties/code", {"type": "integer"})],
        ["breaking request types.changed"],
        ["breaking request types.changed"],
    ),
    "a body's enum": (
        [(f"{NEW}/properties/kind/enum", ["a"])],
        ["breaking request values.removed"],
        ["info request values.added"],
    ),
    "a body's free value": (
        [(f"{NEW}/properties/kind/enum", ABSENT)],
        ["info request values.unlisted"],
        ["breaking request values.listed"],
    ),
    "a body's length": (
        [(f"{NEW}/properties/name/maxLength", 50)],
        ["breaking request ranges.tightened"],
        ["info request ranges.loosened"],
    ),
    "a body's end where there was none": (
        [(f"{NEW}/properties/code/minLength", 1)],
        ["breaking request ranges.limited"],
        ["info request ranges.unlimited"],
    ),
    "a body's excluded end": (
        [(f"{NEW}/properties/amount", {"type": "number", "minimum": 0, "maximum": 10})],
        ["info request ranges.loosened"],
        ["breaking request ranges.tightened"],
    ),
    "a body's step": (
        [(f"{NEW}/properties/step/multipleOf", 10)],
        ["breaking request ranges.step-narrowed"],
        ["info request ranges.step-widened"],
    ),
    "a body's pattern": (
        [(f"{NEW}/properties/code/pattern", ABSENT)],
        ["info request texts.pattern-removed"],
        ["breaking request texts.pattern-added"],
    ),
    "a body's closedness": (
        [(f"{NEW}/additionalProperties", False)],
        ["breaking request objects.closed"],
        ["info request objects.opened"],
    ),
    "a success": (
        [("/paths/~1items~1{id}/get/responses/200", ABSENT)],
        ["breaking response answers.success-removed"],
        ["info response answers.success-added"],
    ),
    "a success without body": (
        [(f"{OK[:-3]}204", {"description": "Nothing."})],
        ["warning response answers.bodiless-added"],
        ["breaking response answers.success-removed"],
    ),
    "an error": (
        [(f"{GET}/responses/404", ABSENT)],
        ["info response answers.removed"],
        ["info response answers.added"],
    ),
    "an answer's media type": (
        [(f"{OK}/content/text~1csv", ABSENT)],
        ["breaking response answers.media-removed"],
        ["info response answers.media-added"],
    ),
    "an answer's header": (
        [(f"{OK}/headers/X-Total", ABSENT)],
        ["breaking response answers.header-removed"],
        ["info response answers.header-added"],
    ),
    "an answer's header's requirement": (
        [(f"{OK}/headers/X-Total/required", False)],
        ["breaking response answers.header-optional"],
        ["info response answers.header-required"],
    ),
    "an answer's required property": (
        [(f"{ITEM}/properties/name", ABSENT), (f"{ITEM}/required", ["id"])],
        ["breaking response properties.removed-required"],
        ["info response properties.added"],
    ),
    "an answer's optional property": (
        [(f"{ITEM}/properties/size", ABSENT)],
        ["warning response properties.removed-optional"],
        ["info response properties.added"],
    ),
    "an answer's property's requirement": (
        [(f"{ITEM}/required", ["id"])],
        ["breaking response properties.optional"],
        ["info response properties.required"],
    ),
    "a type that was written down": (
        [(f"{NEW}/type", ABSENT)],
        ["info request types.untyped"],
        ["info request types.typed"],
    ),
    "an answer's type that was written down": (
        [("/components/schemas/Person/type", ABSENT)],
        ["info response types.untyped"],
        ["info response types.typed"],
    ),
    "an answer's null": (
        [(f"{ITEM}/properties/name/type", ["string", "null"])],
        ["breaking response types.null-allowed"],
        ["info response types.null-refused"],
    ),
    "an answer's type": (
        [(f"{ITEM}/properties/tags/items/type", "boolean")],
        ["breaking response types.changed"],
        ["breaking response types.changed"],
    ),
    "an answer's enum": (
        [(BOTH, ["draft", "listed", "sold"])],
        ["warning response values.added"],
        ["info response values.removed"],
    ),
    "an answer's number": (
        [(f"{ITEM}/properties/size/format", "int64")],
        ["breaking response texts.format-widened"],
        ["info response texts.format-narrowed"],
    ),
    "an answer's alternative": (
        [(f"{ITEM}/properties/owner/oneOf/2", {"type": "boolean"})],
        ["breaking response types.widened"],
        ["info response types.narrowed"],
    ),
    "an answer's further alternative of a known type": (
        [(f"{ITEM}/properties/owner/oneOf/2", {"type": "object", "properties": {"a": TEXT}})],
        ["breaking response unions.added"],
        ["info response unions.removed"],
    ),
    "a value that became one of two alternatives": (
        [(f"{NEW}/properties/code", {"anyOf": [{"enum": [""]}, LOWER]})],
        ["info request unions.added"],
        ["breaking request unions.removed"],
    ),
    "a list that may also be sent as one": (
        [(f"{NEW}/properties/code", {"oneOf": [{"type": "array", "items": TEXT}, LOWER]})],
        ["info request types.widened"],
        ["breaking request types.narrowed"],
    ),
    "a member of an alternative": (
        [("/components/schemas/Person/properties/email/type", "integer")],
        ["breaking response types.changed"],
        ["breaking response types.changed"],
    ),
    "what only clients send": (
        [(f"{ITEM}/properties/secret", ABSENT)],
        [],
        [],
    ),
    "who may see a property": (
        [(f"{ITEM}/properties/size/writeOnly", True)],
        ["breaking response properties.write-only"],
        ["info response properties.readable"],
    ),
    "who may set a property": (
        [(f"{NEW}/properties/code/readOnly", True)],
        ["warning request properties.read-only"],
        ["info request properties.writable"],
    ),
    "an open operation": (
        [("/paths/~1items~1{id}/delete/security", [])],
        ["warning request security.opened"],
        ["breaking request security.required"],
    ),
    "a way in": (
        [("/security", [{"key": []}])],
        ["breaking request security.way-removed"],
        ["info request security.way-added"],
    ),
    "a scope": (
        [("/security/1/oauth", ["read", "write"])],
        ["breaking request security.scope-added"],
        ["info request security.way-added"],
    ),
    "a second scheme": (
        [("/security", [{"key": [], "oauth": ["read"]}])],
        ["breaking request security.scheme-added", "breaking request security.scheme-added"],
        ["info request security.way-added", "info request security.way-added"],
    ),
    "how a key is carried": (
        [("/components/securitySchemes/key/name", "X-Other")],
        ["breaking request security.scheme-changed"],
        ["breaking request security.scheme-changed"],
    ),
    "an operation's mark": (
        [(f"{POST}/deprecated", True)],
        ["warning request lifecycle.operation-marked-undated"],
        ["info request lifecycle.operation-unmarked"],
    ),
    "a property's mark": (
        [(f"{ITEM}/properties/size/deprecated", True)],
        ["info response lifecycle.member-marked"],
        ["info response lifecycle.member-unmarked"],
    ),
    "an address": (
        [("/servers/0/url", "https://api.example.test/v2")],
        ["breaking request servers.changed"],
        ["breaking request servers.changed"],
    ),
    "a keyword of nobody's": (
        [(f"{ITEM}/properties/tags/ourColour", "red")],
        [],
        [],
    ),
    "a keyword that is not understood": (
        [(f"{ITEM}/properties/tags/contains", {"const": "x"})],
        ["info response items.contains-added"],
        ["breaking response items.contains-removed"],
    ),
    "what must not be": (
        [(f"{NEW}/properties/kind/not", {"const": "a"})],
        ["breaking request conditions.not-added"],
        ["info request conditions.not-removed"],
    ),
    "what leads nowhere": (
        [(f"{ITEM}/properties/tags/items", {"$ref": "#/components/schemas/Lost"})],
        ["warning response keywords.unreadable"],
        [],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_once_and_nothing_else_is(name):
    edits, expected, _ = EDITS[name]
    assert told(changes(SMALL, edited(*edits))) == expected


@pytest.mark.parametrize("name", EDITS)
def test_the_edit_taken_back_is_told_as_its_opposite(name):
    edits, _, expected = EDITS[name]
    assert told(changes(edited(*edits), SMALL)) == expected


def test_inside_not_what_widens_narrows():
    narrow = edited((f"{NEW}/properties/kind/not", {"enum": ["a"]}))
    wide = edited((f"{NEW}/properties/kind/not", {"enum": ["a", "b"]}))
    assert told(changes(narrow, wide)) == ["breaking request values.added"]
    assert told(changes(wide, narrow)) == ["info request values.removed"]


def test_a_change_of_a_shared_schema_is_told_once_with_all_that_it_reaches():
    change, *_ = changes(SMALL, edited((f"{ITEM}/properties/name/type", "integer")))
    assert change.operations == ("GET /items", "POST /items")
    assert change.reach == 2
    assert str(change.old) == "#/components/schemas/Item/properties/name"


def test_a_moved_operation_is_one_change():
    moved = {**SMALL["paths"]["/items/{id}"]}
    new = edited(("/paths/~1items~1{id}", ABSENT), ("/paths/~1things~1{id}", moved))
    assert told(changes(SMALL, new)) == ["breaking request operations.moved"] * 2
    respelled = edited(("/paths/~1items~1{id}", ABSENT), ("/paths/~1Items~1{id}~1", moved))
    assert told(changes(SMALL, respelled)) == ["warning request operations.respelled"] * 2


def test_an_empty_document_is_never_no_change():
    found = compared(SMALL, edited(("/paths", {})))
    assert not found.conclusive
    assert "no operation" in found.doubts[0].says
    assert told(found).count("breaking request operations.removed") == 3


def test_two_empty_documents_are_not_called_unchanged():
    empty = edited(("/paths", {}))
    found = compared(empty, empty)
    assert found.changes == ()
    assert found
    assert not found.conclusive


def test_a_far_smaller_document_could_not_be_checked():
    found = compared(
        SMALL, edited(("/paths/~1items", ABSENT), ("/paths/~1items~1{id}/get", ABSENT))
    )
    assert not found.conclusive
    assert "describes 1 operations" in found.doubts[0].says


def test_a_fingerprint_rests_on_place_and_values_not_on_what_else_changed():
    one = changes(SMALL, edited((f"{ITEM}/required", ["id"])))
    more = changes(
        SMALL,
        edited((f"{ITEM}/required", ["id"]), ("/paths/~1items~1{id}/delete", ABSENT)),
    )
    assert one[0].fingerprint in {c.fingerprint for c in more}
    assert len({c.fingerprint for c in more}) == len(more)
