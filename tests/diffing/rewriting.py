"""Rewrites of a document that change nothing, and edits that break exactly one thing."""

import copy

PROSE = {"example", "examples", "default", "enum", "const", "discriminator", "links", "x-enum"}
UNORDERED = {"allOf", "oneOf", "anyOf", "required", "enum", "parameters"}
SCHEMAS = "#/components/schemas/"
# Where a schema stands, by the name of what holds it.
HOLDERS = {"schema", "items", "not"}


def reordered(document, rng):
    """Keys, and lists whose order says nothing, in another order."""

    def again(node, key):
        if isinstance(node, list):
            items = [again(item, "") for item in node]
            if key in UNORDERED:
                rng.shuffle(items)
            return items
        if not isinstance(node, dict):
            return node
        keys = list(node)
        rng.shuffle(keys)
        return {
            k: node[k] if k in PROSE and k != "enum" and key != "properties" else again(node[k], k)
            for k in keys
        }

    return again(document, "")


def inlined(document, rng, share=0.15):
    """Some references replaced by what they refer to."""
    schemas = document.get("components", {}).get("schemas", {})

    def again(node, depth, verbatim):
        if isinstance(node, list):
            return [again(item, depth, verbatim) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if isinstance(reference, str) and len(node) == 1 and not verbatim:
            name = reference.removeprefix(SCHEMAS)
            if name in schemas and depth < 1 and rng.random() < share:
                return again(schemas[name], depth + 1, verbatim)
        return {k: again(v, depth, verbatim or k in PROSE) for k, v in node.items()}

    return again(document, 0, False)


def extracted(document, rng, share=0.3):
    """Some schemas that were written out made components, and referred to."""
    document = copy.deepcopy(document)
    made = {}

    def visit(node, parent):
        if isinstance(node, list):
            for item in node:
                visit(item, "")
            return
        if not isinstance(node, dict):
            return
        for key, value in list(node.items()):
            if key in PROSE and parent != "properties":
                continue
            visit(value, key)
            holds = key in HOLDERS or parent == "properties"
            plain = isinstance(value, dict) and "$ref" not in value and holds
            if plain and {"type", "properties"} & value.keys() and rng.random() < share:
                if value.get("readOnly") or value.get("writeOnly") or value.get("deprecated"):
                    continue
                name = f"Extracted{len(made)}"
                made[name] = value
                node[key] = {"$ref": f"{SCHEMAS}{name}"}

    visit(document.get("paths", {}), "")
    if made:
        document.setdefault("components", {}).setdefault("schemas", {}).update(made)
    return document


def modernised(document):
    """OpenAPI 3.0 as 3.1: types with null, numbers as excluded ends, const for a single value."""

    def again(node, parent):
        if isinstance(node, list):
            return [again(item, "") for item in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str) and parent not in ("properties",):
            if node.get("nullable") is True:
                return {"anyOf": [{"$ref": node["$ref"]}, {"type": "null"}]}
            return {"$ref": node["$ref"]}
        found = {
            k: v if k in PROSE and parent != "properties" else again(v, k) for k, v in node.items()
        }
        return found if parent == "properties" else _modern(found)

    return {**again(document, ""), "openapi": "3.1.0"}


def _modern(node):
    for end, excluded in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(node.get(excluded), bool) and node.pop(excluded) and end in node:
            node[excluded] = node.pop(end)
    null = node.pop("nullable", False) is True
    if null and isinstance(node.get("type"), str) and not {"allOf", "oneOf", "anyOf"} & node.keys():
        node["type"] = [node["type"], "null"]
        if "enum" in node and None not in node["enum"]:
            node["enum"] = [*node["enum"], None]
    elif null and {"allOf", "oneOf", "anyOf"} & node.keys():
        marks = {k: node.pop(k) for k in ("readOnly", "writeOnly", "deprecated") if k in node}
        return {"anyOf": [{"type": "null"}, node], **marks}
    elif null:
        node["nullable"] = True  # beside nothing that could carry it
    if isinstance(node.get("enum"), list) and len(node["enum"]) == 1 and node["enum"] != [None]:
        node["const"] = node.pop("enum")[0]
    return node


def renamed_paths(document):
    """Every parameter of a path under another name."""
    import re

    document = copy.deepcopy(document)
    parameters = document.get("components", {}).get("parameters", {})
    shared = {
        p.get("name") for p in parameters.values() if isinstance(p, dict) and p.get("in") == "path"
    }

    def again(name):
        return name if name in shared else f"{name}_x"

    paths = {}
    for path, item in document.get("paths", {}).items():
        paths[re.sub(r"\{([^{}]*)\}", lambda m: "{" + again(m[1]) + "}", path)] = item
        for holder in (item, *item.values()):
            for p in holder.get("parameters", ()) if isinstance(holder, dict) else ():
                if isinstance(p, dict) and p.get("in") == "path" and "name" in p:
                    p["name"] = again(p["name"])
    return {**document, "paths": paths}
