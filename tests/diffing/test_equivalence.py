"""Documents that mean the same differ in nothing, however they are spelled."""

import copy
import random

import orjson
import pytest
import yaml

from tests.diffing.editing import SMALL, changes, compared, edited
from tests.places import CORPUS, needs_corpus
from verifier.diffing import compare
from verifier.loading import from_mapping

DOCUMENTS = [
    "resend/2023-10-17.yaml",
    "jupyterhub/2026-08-14.yaml",
    "github/octokit-23.0.2.json",
    "stripe/2021-12-23.yaml",
    "selfhosted/lnbits-1.6.2.json",
    "selfhosted/prefect-3.8.8.json",
    "selfhosted/airflow-3.3.2.json",
    "adyen/checkout-v72.json",
    "xero/accounting-2026-07-13.yaml",
    "twilio/verify_v2-2026-04-14.json",
]
NEW = "/components/schemas/NewItem"


def read(name):
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"no {name} in the corpus")
    text = path.read_bytes()
    return orjson.loads(text) if name.endswith("json") else yaml.load(text, yaml.CSafeLoader)


def respelled(document, seed):
    """The same document with its keys in another order and some references written out."""
    rng = random.Random(seed)
    schemas = document.get("components", {}).get("schemas", {})

    def again(node, depth, verbatim):
        if isinstance(node, list):
            return [again(item, depth, verbatim) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if isinstance(reference, str) and len(node) == 1 and not verbatim:
            name = reference.removeprefix("#/components/schemas/")
            if name in schemas and depth < 2 and rng.random() < 0.2:
                return again(schemas[name], depth + 1, verbatim)
        keys = list(node)
        rng.shuffle(keys)
        return {key: again(node[key], depth, verbatim or key in PROSE) for key in keys}

    return again(document, 0, False)


PROSE = {"example", "examples", "default", "enum", "const", "discriminator", "links"}


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_does_not_differ_from_itself_nor_from_its_other_spelling(name):
    document = read(name)
    contract = from_mapping(document)
    assert compare(contract, from_mapping(document)).changes == ()
    if len(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS)) < 3_000_000:
        other = from_mapping(respelled(document, seed=11))
        assert [c.says for c in compare(contract, other)] == []


@pytest.mark.parametrize("seed", range(20))
def test_order_of_keys_and_written_out_references_are_no_change(seed):
    assert changes(SMALL, respelled(SMALL, seed)) == ()
    assert changes(respelled(SMALL, seed), SMALL) == ()


NULLS = {
    "a type": (
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
    ),
    "an enum": (
        {"type": "string", "nullable": True, "enum": ["a", "b"]},
        {"type": ["string", "null"], "enum": ["b", None, "a"]},
    ),
    "a reference": (
        {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Person"}]},
        {"anyOf": [{"$ref": "#/components/schemas/Person"}, {"type": "null"}]},
    ),
    "alternatives": (
        {"nullable": True, "oneOf": [{"type": "string"}, {"type": "integer"}]},
        {"oneOf": [{"type": "null"}, {"type": "integer"}, {"type": "string"}]},
    ),
    "an excluded end": (
        {"type": "number", "minimum": 0, "exclusiveMinimum": True},
        {"type": "number", "exclusiveMinimum": 0},
    ),
    "a type beside its values": (
        {"enum": ["a", "b"]},
        {"type": "string", "enum": ["a", "b"]},
    ),
    "one value": (
        {"type": "string", "enum": ["a"]},
        {"type": "string", "const": "a"},
    ),
}


@pytest.mark.parametrize("name", NULLS)
def test_the_spellings_of_3_0_and_3_1_are_one(name):
    before, after = NULLS[name]
    old = edited(("/openapi", "3.0.3"), (f"{NEW}/properties/kind", before))
    new = edited((f"{NEW}/properties/kind", after))
    assert changes(old, new) == ()
    assert changes(new, old) == ()


def test_the_order_of_all_of_and_a_property_that_moved_into_a_parent_are_no_change():
    one = {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}}
    two = {"type": "object", "properties": {"y": {"type": "integer"}}}
    whole = {
        "type": "object",
        "required": ["x"],
        "properties": {"y": {"type": "integer"}, "x": {"type": "string"}},
    }
    forms = [{"allOf": [one, two]}, {"allOf": [two, one]}, whole, {"oneOf": [whole]}]
    documents = [edited((NEW, form)) for form in forms]
    assert [changes(a, b) for a in documents for b in documents] == [()] * 16


def test_names_of_path_parameters_and_cases_of_headers_never_reach_the_vendor():
    renamed = copy.deepcopy(SMALL)
    item = renamed["paths"].pop("/items/{id}")
    item["parameters"][0]["name"] = "itemId"
    renamed["paths"]["/items/{itemId}"] = item
    assert changes(SMALL, renamed) == ()
    upper = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}
    at = "/paths/~1items/get/parameters/2"
    assert changes(edited((at, upper)), edited((at, {**upper, "name": "x-trace"}))) == ()


def test_a_renamed_component_and_a_renamed_scheme_are_no_change():
    text = orjson.dumps(SMALL).replace(b"schemas/Item", b"schemas/Thing")
    text = text.replace(b'"Item":', b'"Thing":').replace(b'"key":', b'"token":')
    assert changes(SMALL, orjson.loads(text)) == ()


def test_a_recursive_schema_written_out_once_is_no_change():
    item = SMALL["components"]["schemas"]["Item"]
    new = edited(("/components/schemas/Item/properties/parts/items", item))
    assert changes(SMALL, new) == ()


def test_hostile_depth_is_bounded_and_told():
    node = {"type": "string"}
    for _ in range(90):
        node = {"type": "array", "items": node}
    deeper = {"type": "array", "items": node}
    for old, new in ((node, deeper), ({"type": "string"}, deeper)):
        found = compared(edited((NEW, old)), edited((NEW, new)))
        assert found.changes or "nested" in found.doubts[0].says


def test_circles_of_references_end():
    circle = {"allOf": [{"$ref": "#/components/schemas/NewItem"}, {"type": "object"}]}
    assert changes(edited((NEW, circle)), edited((NEW, circle))) == ()
    assert isinstance(changes(SMALL, edited((NEW, circle))), tuple)
    lost = {"$ref": "#/components/schemas/NewItem"}
    assert isinstance(changes(SMALL, edited((NEW, lost))), tuple)


def _form(schema, **encoding):
    media = {"schema": {"type": "object", "properties": {"part": schema}}}
    media["encoding"] = {"part": encoding} if encoding else {}
    return edited((f"{POST_BODY}/content", {"application/x-www-form-urlencoded": media}))


POST_BODY = "/paths/~1items/post/requestBody"


@pytest.mark.parametrize(
    ("schema", "rules"),
    [
        ({"type": "string"}, []),
        ({"anyOf": [{"type": "string"}, {"enum": [""]}]}, []),
        ({"type": "array", "items": {"type": "string"}}, ["bodies.encoding"]),
        ({}, ["bodies.encoding"]),
    ],
)
def test_the_style_of_a_part_that_is_one_text_is_no_change(schema, rules):
    found = changes(_form(schema), _form(schema, style="deepObject", explode=True))
    assert [c.rule for c in found if not c.rule.startswith("versions.")] == rules
