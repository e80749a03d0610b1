"""The form of a text or number: format and pattern."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Movement, Shift, family
from verifier.model import Impact, Side

__all__ = ["texts"]

WIDER = {("int32", "int64"), ("float", "double")}
KNOWN = frozenset(
    {
        "int32",
        "int64",
        "float",
        "double",
        "date",
        "date-time",
        "time",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "uuid",
        "byte",
        "binary",
    }
)


@family("schema")
def texts(pair: SchemaPair) -> Iterator[Shift]:
    """Formats that are known exclude each other; patterns are not compared, only named."""
    if not pair.comparable:
        return
    old, new = pair.old.formats, pair.new.formats
    if old != new:
        yield _format(pair, _all(old), _all(new))
    if pair.old.patterns != pair.new.patterns:
        yield _pattern(pair, pair.old.patterns, pair.new.patterns)


def _format(pair: SchemaPair, old: str, new: str) -> Shift:
    says = f"{pair.label.start} had {_named(old)} and has now {_named(new)}."
    words = f"{old} -> {new}"
    # A format is an annotation unless a validator is told otherwise (JSON Schema 2020-12
    # validation, 7.2.1): coming and going, and names that nobody knows, warn where they can hurt.
    if not old:
        felt = Impact.WARNING if pair.side is Side.REQUEST else Impact.INFO
        return pair.shift("format-added", Movement.NARROWER, says, words=words, impact=felt)
    if not new:
        felt = Impact.WARNING if pair.side is Side.RESPONSE else Impact.INFO
        return pair.shift("format-removed", Movement.WIDER, says, words=words, impact=felt)
    if (old, new) in WIDER:
        return pair.shift("format-changed", Movement.WIDER, says, words=words)
    if (new, old) in WIDER:
        return pair.shift("format-changed", Movement.NARROWER, says, words=words)
    unknown = None if {old, new} <= KNOWN else Impact.WARNING
    return pair.shift("format-changed", Movement.OTHER, says, words=words, impact=unknown)


def _named(formats: str) -> str:
    return f"the format {formats[:80]}" if formats else "no format"


def _pattern(pair: SchemaPair, old: set[str], new: set[str]) -> Shift:
    words = f"{sorted(old)} -> {sorted(new)}"
    if old < new:
        says = f"{pair.label.start} must now match a pattern."
        return pair.shift("pattern-added", Movement.NARROWER, says, words=words)
    if new < old:
        says = f"{pair.label.start} need no longer match a pattern."
        return pair.shift("pattern-removed", Movement.WIDER, says, words=words)
    says = f"{pair.label.start} must match another pattern than before."
    # Which of two patterns allows more is not decided here.
    return pair.shift("pattern-changed", Movement.OTHER, says, words=words, impact=Impact.WARNING)


def _all(names: set[str]) -> str:
    return " and ".join(sorted(names))
