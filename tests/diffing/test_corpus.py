"""Real documents: rewritten they do not differ, and an edit is found and is the only one found."""

import copy
import json
import os
import random

import orjson
import oryaml
import pytest

from tests.diffing.rewriting import extracted, inlined, modernised, renamed_paths, reordered
from tests.places import CORPUS, needs_corpus
from verifier.diffing import compare
from verifier.loading import from_mapping, load

pytestmark = [needs_corpus, pytest.mark.corpus]

# The largest take minutes; a whole sweep is VERIFIER_LARGEST=100000000.
LARGEST_BYTES = int(os.environ.get("VERIFIER_LARGEST", "1000000"))
# Rewritten at full size all the same: what is largest of all, and what has webhooks alone.
WHOLE = ("github/octokit-23.0.2.json", "github/webhooks-octokit-12.1.0.json")
NAMES = sorted(
    str(path.relative_to(CORPUS))
    for folder in (CORPUS.iterdir() if CORPUS.is_dir() else ())
    if folder.is_dir()
    for path in folder.iterdir()
    if path.suffix in (".json", ".yaml") and "common" not in path.name and path.name != "voice.yml"
)


def opened(name):
    """The document in OpenAPI 3 form, as data of its own."""
    contract = load(CORPUS / name)
    if not (contract.operations or contract.webhooks):
        pytest.skip("a part of another document")
    return json.loads(json.dumps(contract.document.root)), contract


def told(found):
    return [f"{c.rule} {c.says}" for c in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_differs_from_none_of_its_spellings(name, tmp_path):
    root, contract = opened(name)
    base = from_mapping(root)
    assert told(compare(contract, load(CORPUS / name))) == []
    if len(json.dumps(root)) > LARGEST_BYTES and name not in WHOLE:
        pytest.skip("too large to be rewritten in the time of a test")
    rng = random.Random(name)
    rewrites = {
        "another order": reordered(root, rng),
        "references written out": inlined(root, rng),
        "schemas made components": extracted(root, rng),
        "other names of path parameters": renamed_paths(root),
    }
    if str(root.get("openapi", "")).startswith("3.0"):
        rewrites["3.1"] = modernised(root)
    contracts = {what: from_mapping(document) for what, document in rewrites.items()}
    found = {what: told(compare(base, other)) for what, other in contracts.items()}
    back = {what: told(compare(other, base)) for what, other in contracts.items()}
    assert {what: lines[:5] for what, lines in (*found.items(), *back.items()) if lines} == {}


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith(".json")][::4])
def test_json_and_yaml_do_not_differ(name, tmp_path):
    root = orjson.loads((CORPUS / name).read_bytes())
    path = tmp_path / "openapi.yaml"
    path.write_bytes(oryaml.dumps(root))
    assert told(compare(load(CORPUS / name), load(path))) == []


def operations(root):
    return [
        (path, method)
        for path, item in root.get("paths", {}).items()
        for method in ("get", "post", "put", "patch", "delete")
        if isinstance(item.get(method), dict) and "$ref" not in item
    ]


def remove_operation(root, rng):
    path, method = rng.choice(operations(root))
    del root["paths"][path][method]
    return {
        "operations.removed",
        "operations.removed-deprecated",
        "operations.removed-early",
        "operations.removed-on-time",
    }, f"/paths/{escaped(path)}/{method}"


def demand_parameter(root, rng):
    path, method = rng.choice(operations(root))
    new = {"name": "verifier-new", "in": "query", "required": True, "schema": {"type": "string"}}
    root["paths"][path][method].setdefault("parameters", []).append(new)
    return {"parameters.added-required"}, f"/paths/{escaped(path)}/{method}/parameters"


def demand_body(root, rng):
    path, method = rng.choice(operations(root))
    old = root["paths"][path][method].get("requestBody")
    if old is not None:
        return None
    schema = {"application/json": {"schema": {"type": "object"}}}
    root["paths"][path][method]["requestBody"] = {"required": True, "content": schema}
    return {"bodies.added-required"}, f"/paths/{escaped(path)}/{method}"


def lose_success(root, rng):
    path, method = rng.choice(operations(root))
    answers = root["paths"][path][method].get("responses", {})
    known = [s for s in answers if s.startswith("2") and "default" not in answers]
    if not known or "2XX" in answers:
        return None
    del answers[known[0]]
    return {"answers.success-removed"}, f"/paths/{escaped(path)}/{method}"


def retype_member(root, rng):
    schemas = root.get("components", {}).get("schemas", {})
    members = [
        (name, key)
        for name, schema in schemas.items()
        if isinstance(schema, dict)
        for key, value in (schema.get("properties") or {}).items()
        if isinstance(value, dict) and value.get("type") == "string" and "enum" not in value
    ]
    if not members:
        return None
    name, key = rng.choice(members)
    schemas[name]["properties"][key] = {"type": "boolean"}
    at = f"/components/schemas/{escaped(name)}/properties/{escaped(key)}"
    return {"types.changed", "types.narrowed", "types.widened"}, at


def escaped(token):
    return token.replace("~", "~0").replace("/", "~1")


EDITS = [remove_operation, demand_parameter, demand_body, lose_success, retype_member]
EDITED = [n for n in NAMES if not n.startswith(("github", "digitalocean", "sendgrid/multi"))]


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_is_found_and_is_the_only_one_found(name):
    root, _ = opened(name)
    if not operations(root) or len(json.dumps(root)) > LARGEST_BYTES:
        pytest.skip("no operations to edit, or too large for a test")
    base = from_mapping(root)
    rng = random.Random(name)
    for edit in EDITS:
        document = copy.deepcopy(root)
        made = edit(document, rng)
        if made is None:
            continue
        rules, at = made
        found = [
            c
            for c in compare(base, from_mapping(document))
            if not c.rule.startswith(("versions.", "conventions."))
        ]
        if edit is retype_member and not found:
            continue  # a schema that no operation uses
        assert found, (edit.__name__, at)
        for change in found:
            places = f"{change.old} {change.new}"
            assert change.rule in rules or at in places, (edit.__name__, at, change)
            assert at in places, (edit.__name__, at, change)
        assert any(change.rule in rules for change in found), (edit.__name__, at, told(found))
