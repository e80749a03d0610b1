"""
What is on its way out: flags, dates, headers, and words.

Looks at ``deprecated`` on operations, parameters and fields, at extensions with dates (``x-sunset``
and vendors' own), at documented Deprecation and Sunset headers (RFC 9745, RFC 8594), and, less
sure, at summaries and descriptions that say so without a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from verifier.loading.tally import keys_of
from verifier.loading.view import ContractView
from verifier.model import Convention, Operation

__all__ = ["recognise"]

EXTENSION = re.compile(r"sunset|deprecat|removal|end-?of-?life|retire", re.IGNORECASE)
PROSE = re.compile(
    r"^\W*deprecated\b|\[deprecated\]|\(deprecated\)|\b(?:is|are|has been|was|been) deprecated\b"
    r"|\bdeprecation notice\b|\bwill be (?:removed|retired|sunset)\b"
)
LONGEST_TEXT = 1500
DEEPEST = 12
MOST_FIELDS = 500


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention a way of saying it."""
    flagged = [o for o in view.operations if o.deprecated]
    parameters = [o for o in view.operations if any(p.deprecated for p in o.parameters)]
    fields = list(_fields(view))
    if flagged or parameters or fields:
        yield Convention(
            kind="deprecation",
            style="flag",
            operations=keys_of(flagged),
            detail={
                "operations": len(flagged),
                "operations_with_deprecated_parameters": list(keys_of(parameters)),
                "fields": fields,
            },
            reason=f"{len(flagged)} operations, {len(fields)} fields and parameters of"
            f" {len(parameters)} operations are marked deprecated",
        )
    yield from _dated(view)
    yield from _announced(view)
    yield from _told(view)


def _dated(view: ContractView) -> Iterator[Convention]:
    found = {o.key: marks for o in view.operations if (marks := _marks(o.extensions))}
    if found:
        yield Convention(
            kind="deprecation",
            style="extension",
            operations=tuple(found),
            detail={"marks": found},
            confidence=0.9,
            reason="extensions such as "
            + ", ".join(sorted({m for v in found.values() for m in v})[:3]),
        )


def _marks(extensions: Mapping[str, Any]) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for name, value in extensions.items():
        if EXTENSION.search(name):
            marks[name] = value
        elif isinstance(value, Mapping):
            marks.update({f"{name}/{k}": v for k, v in value.items() if EXTENSION.search(str(k))})
    return marks


def _announced(view: ContractView) -> Iterator[Convention]:
    headers = view.headers()
    found = [name for name in ("deprecation", "sunset", "x-api-warn", "warning") if name in headers]
    if found:
        yield Convention(
            kind="deprecation",
            style="headers",
            operations=keys_of(o for name in found for o, _, _ in headers[name]),
            detail={"headers": found},
            confidence=0.9,
            reason="documented headers: " + ", ".join(found),
        )


def _told(view: ContractView) -> Iterator[Convention]:
    found = [o for o in view.operations if not o.deprecated and _says(o)]
    if found:
        yield Convention(
            kind="deprecation",
            style="prose",
            operations=keys_of(found),
            confidence=0.4,
            reason=f"the text of {len(found)} operations speaks of deprecation, without the flag",
        )


def _says(operation: Operation) -> bool:
    for text in (operation.summary, operation.description[:LONGEST_TEXT]):
        plain = text.lower()
        # Two plain searches spare most texts the pattern.
        if ("deprecat" in plain or "will be" in plain) and PROSE.search(plain):
            return True
    return False


def _fields(view: ContractView) -> Iterator[str]:
    """Deprecated properties of component schemas: ``customer/old_name``."""
    components = view.document.root.get("components")
    schemas = components.get("schemas") if isinstance(components, Mapping) else None
    count = 0
    for name, schema in schemas.items() if isinstance(schemas, Mapping) else ():
        for path in _inside(schema, name) if _has_mark(schema) else ():
            yield path
            count += 1
            if count >= MOST_FIELDS:
                return


def _has_mark(schema: Any) -> bool:
    """Whether it pays to look closely: writing a schema costs a tenth of walking it."""
    try:
        return b'"deprecated":true' in orjson.dumps(schema)
    except TypeError:
        return True


def _inside(schema: Any, name: str) -> Iterator[str]:
    waiting: list[tuple[Any, str, int]] = [(schema, name, 0)]
    while waiting:
        node, path, depth = waiting.pop()
        if not isinstance(node, dict) or depth > DEEPEST:
            continue
        properties = node.get("properties")
        for key, value in properties.items() if isinstance(properties, dict) else ():
            if isinstance(value, dict):
                if value.get("deprecated") is True:
                    yield f"{path}/{key}"
                waiting.append((value, f"{path}/{key}", depth + 1))
        waiting.extend((part, path, depth + 1) for part in _parts(node))


def _parts(node: dict[str, Any]) -> list[Any]:
    found = [node["items"]] if "items" in node else []
    for keyword in ("allOf", "oneOf", "anyOf"):
        parts = node.get(keyword)
        found += parts if isinstance(parts, list) else []
    return found
