"""Schemas of every OpenAPI version made standalone: nothing wrongly refused, nothing lost."""

import gc
import weakref

import pytest

from tests.validating.specimens import checking, contract, schema_of
from verifier.model import Document, Place, Pointer, Schema, Source, UnresolvedReference
from verifier.validating import Direction, standalone, validator

A = {"A": {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}}}
REF = {"$ref": "#/components/schemas/A"}
OLD, NEW = "3.0.3", "3.1.0"


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": True},
        {"nullable": True},
        {"nullable": True, **REF},
        {"nullable": True, "allOf": [REF]},
        {"nullable": True, "anyOf": [REF, {"type": "string"}]},
        {"nullable": True, "oneOf": [REF]},
        {"nullable": True, "type": "string", "enum": ["a"]},
        {"nullable": True, "enum": ["a"]},
        {"nullable": True, "type": "object", "allOf": [REF], "required": ["x"]},
        {"nullable": True, "not": {"type": "null"}},
        {"type": "string", "nullable": True, "format": "uuid", "minLength": 3},
        {},
        {"enum": ["a", None]},
    ],
)
def test_null_is_accepted_under_every_sloppy_form_of_nullable(schema: dict) -> None:
    assert checking(schema, definitions=A).errors(None) == ()
    assert checking(schema, definitions=A).accepts(None)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "nullable": False},
        REF,
        {"allOf": [REF]},
        {"anyOf": [REF, {"type": "string"}]},
        {"enum": ["a"]},
    ],
)
def test_null_is_refused_without_nullable(schema: dict) -> None:
    assert not checking(schema, definitions=A).accepts(None)


def test_nullable_does_not_let_other_values_through() -> None:
    assert not checking({"nullable": True, **REF}, definitions=A).accepts({})
    assert not checking({"nullable": True, "type": "string", "enum": ["a"]}).accepts("b")
    assert not checking({"nullable": True, "anyOf": [REF]}, definitions=A).accepts(3)


def test_nullable_means_nothing_in_3_1() -> None:
    assert not checking({"type": "string", "nullable": True}, version=NEW).accepts(None)
    assert checking({"type": ["string", "null"]}, version=NEW).accepts(None)


def test_boolean_exclusive_bounds_of_3_0_make_the_bound_exclusive() -> None:
    check = checking({"type": "number", "minimum": 1, "exclusiveMinimum": True, "maximum": 5})
    assert check.accepts(1.5)
    assert check.accepts(5)
    assert not check.accepts(1)
    assert checking({"minimum": 1, "exclusiveMinimum": False}).accepts(1)
    assert checking({"exclusiveMaximum": True}).accepts(10**9)


def test_numeric_exclusive_bounds_hold() -> None:
    assert not checking({"exclusiveMinimum": 1}, version=NEW).accepts(1)


def test_siblings_of_a_reference_count_in_3_1_and_not_in_3_0() -> None:
    schema = {**REF, "required": ["y"]}
    assert checking(schema, definitions=A, version=OLD).accepts({"x": "a"})
    assert not checking(schema, definitions=A, version=NEW).accepts({"x": "a"})


@pytest.mark.parametrize("version", [OLD, NEW])
def test_read_only_members_are_asked_of_answers_only(version: str) -> None:
    schema = {
        "type": "object",
        "required": ["id", "secret", "name"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "name": {"type": "string"},
        },
    }
    asked = checking(schema, direction=Direction.REQUEST, version=version)
    given = checking(schema, direction=Direction.RESPONSE, version=version)
    assert asked.accepts({"name": "n", "secret": "s"})
    assert not asked.accepts({"name": "n", "id": "i"})
    assert given.accepts({"name": "n", "id": "i"})
    assert not given.accepts({"name": "n", "secret": "s"})
    assert asked.accepts({"name": "n", "id": "i", "secret": "s"}), "sent all the same: no error"


def test_read_only_is_seen_behind_references_and_all_of() -> None:
    definitions = {
        "Id": {"type": "string", "readOnly": True},
        "Known": {"properties": {"id": {"$ref": "#/components/schemas/Id"}}},
    }
    schema = {"allOf": [{"$ref": "#/components/schemas/Known"}, {"required": ["id", "name"]}]}
    check = checking(schema, definitions=definitions, direction=Direction.REQUEST)
    assert check.accepts({"name": "n"})
    assert not check.accepts({"id": "i"})


def test_only_reachable_definitions_are_carried() -> None:
    definitions = {**A, "B": {"properties": {"a": REF}}, "Unused": {"type": "string"}}
    made = standalone(
        schema_of({"$ref": "#/components/schemas/B"}, definitions=definitions), Direction.RESPONSE
    )
    assert sorted(made["$defs"]) == ["A", "B"]


def test_recursive_schemas_stay_recursive() -> None:
    tree = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}},
        "additionalProperties": False,
    }
    check = checking({"$ref": "#/components/schemas/T"}, definitions={"T": tree})
    assert check.accepts({"children": [{"children": [{}]}]})
    assert not check.accepts({"children": [{"children": [{"x": 1}]}]})


def test_references_that_go_round_in_a_circle_are_named_and_accept_anything() -> None:
    circle = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    check = checking({"$ref": "#/components/schemas/A"}, definitions=circle)
    assert check.accepts(1)
    assert "circle" in check.unchecked[0]


def test_a_dangling_reference_is_named_and_the_rest_is_checked() -> None:
    check = checking(
        {"properties": {"a": {"$ref": "#/components/schemas/None"}, "b": {"type": "string"}}}
    )
    assert check.broken == ""
    assert check.accepts({"a": object.__name__, "b": "x"})
    assert not check.accepts({"b": 1})
    assert len(check.unchecked) == 1
    assert "#/components/schemas/None" in check.unchecked[0]


@pytest.mark.parametrize(
    ("schema", "fine", "named"),
    [
        ({"type": "float", "minimum": 3}, 4, "'type' is 'float'"),
        ({"type": "object", "required": "yes"}, {}, "'required'"),
        ({"enum": "a"}, 1, "'enum'"),
        ({"minimum": "1"}, 0, "'minimum'"),
        ({"multipleOf": 0}, 1, "'multipleOf'"),
        ({"maxLength": -1}, "a", "'maxLength'"),
        ({"pattern": "["}, "a", "'pattern'"),
        ({"pattern": 3}, "a", "'pattern'"),
        ({"properties": {"a": "string"}}, {"a": 1}, "is no schema"),
    ],
)
def test_a_malformed_keyword_costs_itself_and_is_named(
    schema: dict, fine: object, named: str
) -> None:
    check = checking(schema)
    assert check.accepts(fine)
    assert check.broken == ""
    assert any(named in sentence for sentence in check.unchecked)


def test_a_malformed_keyword_leaves_its_neighbours_checked() -> None:
    assert not checking({"type": "float", "minimum": 3}).accepts(2)


@pytest.mark.parametrize("version", [OLD, NEW])
def test_harmless_leftovers_of_old_drafts_are_no_complaint(version: str) -> None:
    schema = {
        "type": "object",
        "properties": {"f": {"type": "file"}, "n": {"type": "string", "required": True}},
        "example": {"n": 1},
        "xml": {"name": "x"},
        "x-thing": [],
        "discriminator": {"propertyName": "n"},
    }
    check = checking(schema, version=version)
    assert check.accepts({"f": "bytes"})
    assert check.unchecked == ()


def test_integers_keep_to_the_size_their_format_says() -> None:
    check = checking({"type": "integer", "format": "int32", "minimum": 0})
    assert check.accepts(2**31 - 1)
    assert not check.accepts(2**31)
    assert not check.accepts(-1)
    assert checking({"type": "number", "format": "float"}).accepts(1e300)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("date-time", "2026-01-01T00:00:00.25Z", "2026-01-01 00:00"),
        ("date", "2026-02-28", "2026-02-30"),
        ("email", "a.b+c@example.co.uk", "a"),
        ("uuid", "ABCDEF00-0000-4000-8000-000000000000", "abc"),
        ("uri", "https://example.com/a?b#c", "not a uri"),
        ("ipv4", "10.0.0.1", "10.0.0.256"),
        ("ipv6", "::1", "1::2::3"),
        ("hostname", "api.example.com", "a_b"),
        ("byte", "aGVsbG8=", "a"),
    ],
)
def test_well_known_formats_are_asserted(name: str, right: str, wrong: str) -> None:
    check = checking({"type": "string", "format": name})
    assert check.accepts(right)
    assert not check.accepts(wrong)


@pytest.mark.parametrize(
    ("rules", "right"),
    [
        ({"format": "uuid", "minLength": 24, "maxLength": 24}, "536e564f316c83104c000020"),
        ({"format": "date", "minLength": 20}, "2026-11-28T00:00:00Z"),
        ({"format": "date-time", "maxLength": 10}, "2026-11-28"),
    ],
)
def test_where_no_text_of_a_format_is_so_long_the_length_counts_and_is_named(rules, right) -> None:
    held = checking({"type": "string", **rules})
    assert held.accepts(right)
    assert not held.accepts(right * 2 if "maxLength" in rules else right[:9])
    assert any("has no text of the length" in why for why in held.unchecked)


def test_a_format_stays_asserted_where_its_lengths_agree() -> None:
    held = checking({"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36})
    assert held.unchecked == ()
    assert not held.accepts("x" * 36)


def test_unknown_formats_and_other_kinds_of_value_are_let_be() -> None:
    assert checking({"format": "currency"}).accepts("anything")
    assert checking({"format": "date-time"}).accepts(1700000000)
    assert checking({"format": "password"}).accepts("x")


def test_formats_are_the_callers_choice() -> None:
    schema = schema_of({"format": "date"})
    assert validator(schema, Direction.RESPONSE, formats=frozenset()).accepts("soon")
    assert not validator(schema, Direction.RESPONSE).accepts("soon")


def test_tuples_and_anchors_of_json_schema() -> None:
    old = checking({"items": [{"type": "string"}], "additionalItems": False})
    assert old.accepts(["a"])
    assert not old.accepts(["a", "b"])
    definitions = {"N": {"$anchor": "name", "type": "string"}}
    new = checking({"$ref": "#name"}, definitions=definitions, version=NEW)
    assert new.accepts("a")
    assert not new.accepts(1)
    lost = checking({"$ref": "#nowhere"}, version=NEW)
    assert lost.accepts(1)
    assert "nowhere" in lost.unchecked[0]


def test_boolean_schemas_and_conditionals() -> None:
    schema = {
        "if": {"properties": {"k": {"const": 1}}, "required": ["k"]},
        "then": {"required": ["v"]},
        "properties": {"no": False},
    }
    check = checking(schema, version=NEW)
    assert check.accepts({"k": 2})
    assert not check.accepts({"k": 1})
    assert not check.accepts({"no": 1})


def test_schemas_of_further_files_are_reached() -> None:
    files = {
        "parts/a.yaml": {
            "A": {"properties": {"b": {"$ref": "b.yaml#/B"}, "l": {"$ref": "#/L"}}},
            "L": {"type": "integer"},
        },
        "parts/b.yaml": {"B": {"type": "string"}},
    }

    def read(file: str) -> object:
        if file not in files:
            raise UnresolvedReference(f"{file} is not there")
        return files[file]

    document = Document(
        source=Source(location="d", digest="", size_bytes=0, format="json"),
        root={},
        dialect="3.0",
        read=read,
        find=lambda at: Place(file=at.file),
    )
    schema = Schema(document=document, node={"$ref": "parts/a.yaml#/A"}, at=Pointer())
    check = validator(schema, Direction.RESPONSE)
    assert check.accepts({"b": "x", "l": 1})
    wrong = check.errors({"b": 1})
    assert [str(w.schema_at) for w in wrong] == ["parts/b.yaml#/B/type"]
    gone = validator(
        Schema(document=document, node={"$ref": "c.yaml#/C"}, at=Pointer()), Direction.RESPONSE
    )
    assert "c.yaml is not there" in gone.unchecked[0]


def test_equal_names_in_different_places_are_kept_apart() -> None:
    given = contract(
        {
            "properties": {
                "a": {"$ref": "#/components/headers/A/schema"},
                "b": {"$ref": "#/components/schemas/schema"},
            }
        },
        definitions={"schema": {"type": "boolean"}},
    )
    given.document.root["components"]["headers"] = {"A": {"schema": {"type": "string"}}}  # type: ignore[index]
    schema = given.operations[0].responses[0].media[0].schema
    assert schema is not None
    check = validator(schema, Direction.RESPONSE)
    assert check.accepts({"a": "x", "b": True})
    assert not check.accepts({"a": True})
    assert not check.accepts({"b": "x"})


def test_a_schema_nested_without_end_is_cut_and_named() -> None:
    schema: dict = {"type": "string"}
    for _ in range(120):
        schema = {"items": schema}
    check = checking(schema)
    assert check.accepts([])
    assert "levels deep" in check.unchecked[0]


def test_what_is_compiled_goes_when_its_document_goes() -> None:
    given = contract({"type": "string"})
    schema = given.operations[0].responses[0].media[0].schema
    assert schema is not None
    assert validator(schema, Direction.RESPONSE).accepts("a")
    watched = weakref.ref(given.document)
    del given, schema
    gc.collect()
    assert watched() is None
