"""The form of a text or number: format and pattern."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.expressions import contains
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["texts"]

NARROWER, WIDER, INCOMPARABLE = Movement.NARROWER, Movement.WIDER, Movement.INCOMPARABLE
TEXT = frozenset({"string"})
LARGER = {("int32", "int64"), ("float", "double")}
# What a validator is known to hold values to; other names are words for people.
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
ANNOTATION = "a format is an annotation unless a validator is told otherwise"
FORMAT_ADDED = Rule(
    name="format-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A value has a format now.",
    request=Departure(Impact.WARNING, ANNOTATION),
)
FORMAT_REMOVED = Rule(
    name="format-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A value has no format any more.",
    response=Departure(Impact.WARNING, ANNOTATION),
)
FORMAT_WIDENED = Rule(
    name="format-widened", edit=Edit.CHANGED, moves=WIDER, says="A format takes more numbers now."
)
FORMAT_NARROWED = Rule(
    name="format-narrowed",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="A format takes fewer numbers now.",
)
FORMAT_CHANGED = Rule(
    name="format-changed", edit=Edit.CHANGED, moves=INCOMPARABLE, says="A value has another format."
)
UNKNOWN = Departure(Impact.WARNING, "a format that no standard defines is a word for people")
FORMAT_RENAMED = Rule(
    name="format-renamed",
    edit=Edit.CHANGED,
    moves=INCOMPARABLE,
    says="A value has another format, and one of the two is in no standard.",
    request=UNKNOWN,
    response=UNKNOWN,
)
PATTERN_ADDED = Rule(
    name="pattern-added", edit=Edit.ADDED, moves=NARROWER, says="A value must match a pattern."
)
PATTERN_REMOVED = Rule(
    name="pattern-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A value need not match a pattern any more.",
)
PATTERN_WIDENED = Rule(
    name="pattern-widened", edit=Edit.CHANGED, moves=WIDER, says="A pattern matches more now."
)
PATTERN_NARROWED = Rule(
    name="pattern-narrowed", edit=Edit.CHANGED, moves=NARROWER, says="A pattern matches less now."
)
PATTERN_CHANGED = Rule(
    name="pattern-changed",
    edit=Edit.CHANGED,
    moves=INCOMPARABLE,
    says="A value must match another pattern.",
    undecided=True,
)


@family("schema", area="schema", reads=("formats", "patterns"))
def texts(pair: SchemaPair) -> Iterator[Shift]:
    """Formats that are known exclude each other; patterns are compared where that is provable."""
    if not pair.measurable:
        return
    old, new = pair.old.formats, pair.new.formats
    if old != new:
        before, after = _all(old), _all(new)
        says = f"{pair.label.start} had {_named(before)} and has now {_named(after)}."
        yield pair.shift(_format(before, after), says, words=f"{before} -> {after}")
    textual = "string" in (pair.old_kinds or TEXT) and "string" in (pair.new_kinds or TEXT)
    if pair.old.patterns != pair.new.patterns and textual:
        yield _pattern(pair, pair.old.patterns, pair.new.patterns)


def _format(old: str, new: str) -> Rule:
    if not old or not new:
        return FORMAT_REMOVED if old else FORMAT_ADDED
    if (old, new) in LARGER:
        return FORMAT_WIDENED
    if (new, old) in LARGER:
        return FORMAT_NARROWED
    return FORMAT_CHANGED if {old, new} <= KNOWN else FORMAT_RENAMED


def _named(formats: str) -> str:
    return f"the format {formats[:80]}" if formats else "no format"


def _pattern(pair: SchemaPair, old: set[str], new: set[str]) -> Shift:
    words = f"{sorted(old)} -> {sorted(new)}"
    label = pair.label.start
    if old < new:
        says = f"{label} must now match the pattern {_shown(new - old)}."
        return pair.shift(PATTERN_ADDED, says, words=words)
    if new < old:
        says = f"{label} need no longer match the pattern {_shown(old - new)}."
        return pair.shift(PATTERN_REMOVED, says, words=words)
    says = f"{label} had to match {_shown(old)} and must now match {_shown(new)}."
    return pair.shift(_direction(old, new), says, words=words)


def _direction(old: set[str], new: set[str]) -> Rule:
    if len(old) != 1 or len(new) != 1:
        return PATTERN_CHANGED
    (before,), (after,) = old, new
    if contains(after, before):
        return PATTERN_WIDENED
    return PATTERN_NARROWED if contains(before, after) else PATTERN_CHANGED


def _shown(patterns: set[str]) -> str:
    return " and ".join(pattern[:60] for pattern in sorted(patterns))


def _all(names: set[str]) -> str:
    return " and ".join(sorted(names))
