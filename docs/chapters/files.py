"""Every file that we read or write: its members, as its JSON Schema says them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from click.testing import CliRunner

from verifier.cli.commands import schema

__all__ = ["pages"]

INTRODUCTION = """\
# Files

`verifier schema KIND` prints the JSON Schema of each; an editor that is told of it completes and
checks while you type. Any text may name a variable of the environment: `${NAME}`.
"""
DEPTH = 6


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of the one page."""
    yield (
        "files",
        "\n".join([INTRODUCTION, *(line for kind in schema.KINDS for line in _kind(kind))]),
    )


def _kind(kind: str) -> Iterator[str]:
    whole = json.loads(CliRunner().invoke(schema.command, [kind], catch_exceptions=False).output)
    yield f"## {kind}\n\n{whole.get('description', '')}\n"
    rows = list(_rows(whole, whole, "", DEPTH))
    if rows:
        yield "| member | takes | meaning |\n| --- | --- | --- |"
        yield from rows
        yield ""


def _rows(
    whole: Mapping[str, Any], node: Mapping[str, Any], path: str, depth: int
) -> Iterator[str]:
    """A row for each member, those within it after it."""
    for name, raw in _resolved(whole, node).get("properties", {}).items():
        member = _resolved(whole, raw)
        where = f"{path}{name}"
        yield f"| `{where}` | {_takes(member)} | {_cell(member.get('description', ''))} |"
        inner, below = member, f"{where}."
        while inner.get("type") == "array" and isinstance(inner.get("items"), dict):
            inner, below = _resolved(whole, inner["items"]), f"{below[:-1]}[]."
        if depth:
            yield from _rows(whole, inner, below, depth - 1)


def _resolved(whole: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(node, dict):  # true: anything
        return {}
    reference = node.get("$ref", "")
    if not reference.startswith("#/"):
        return node
    found: Any = whole
    for key in reference[2:].split("/"):
        found = found[key]
    return {**found, **{key: value for key, value in node.items() if key != "$ref"}}


def _takes(member: Mapping[str, Any]) -> str:
    if "enum" in member:
        return ", ".join(f"`{_cell(str(value))}`" for value in member["enum"])
    if "const" in member:
        return f"`{member['const']}`"
    kinds = member.get("type", "")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
