"""A proposal written down as a contract, with a comment wherever something was left over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.mapping.drafting.guessing import Guess
from verifier.mapping.drafting.proposal import Proposal, ProposedBlock, ProposedRow, ProposedRule
from verifier.mapping.drafting.side import DraftSide
from verifier.mapping.nouns import Path

__all__ = ["written"]

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./'()-]+)*")
WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
MOST_SHOWN = 60


def written(found: Proposal, source: DraftSide, target: DraftSide, *, two_way: bool) -> str:
    """The text of a ``*.mapping.yaml``."""
    return "\n".join(_lines(found, source, target, two_way)) + "\n"


def _lines(found: Proposal, source: DraftSide, target: DraftSide, two_way: bool) -> Iterator[str]:
    yield f"# A draft. {found.open} of {len(found.each())} rules ask something: look for undecided."
    yield "# What is still open, and what cannot be right: verifier map check FILE"
    if found.key:
        yield f"# Rows of the two exports were paired by {found.key}."
    yield 'mapping: "0.1"'
    yield f"id: {_plain(found.name)}"
    yield f"direction: {'two_way' if two_way else 'one_way'}"
    for name, side in (("source", source), ("target", target)):
        yield f"{name}: {{spec: {_plain(side.spec)}, schema: {_plain(side.pointer)}}}"
    yield (
        "defaults: {on_missing: quarantine, on_unknown: escalate, on_invalid: quarantine,"
        " on_too_long: quarantine}"
    )
    yield from _meanings(found)
    yield from _tables(found)
    yield "fields:" if found.rules else "fields: {} # no field of one looks like one of the other"
    for entry in found.rules:
        yield from _block(entry) if isinstance(entry, ProposedBlock) else _rule(entry, Path(()), 2)
    yield from _left(
        "dropped", "Fields that nothing reads: use them, or say why not.", found.left_source
    )
    yield from _left(
        "left_unset", "Fields that nothing writes: fill them, or say why not.", found.left_target
    )
    if found.link is not None:
        mine, theirs = map(str, found.link)
        yield "match: # how records that are the same thing are found"
        yield f"  link: {{source: {_plain(mine)}, target: {_plain(theirs)}}}"


def _meanings(found: Proposal) -> Iterator[str]:
    sides = (("source", found.source_meaning), ("target", found.target_meaning))
    if not any(meaning for _, meaning in sides):
        return
    yield "meaning: # what the two documents leave unsaid"
    for name, meaning in sides:
        if meaning:
            yield f"  {name}:"
            for path, guess in meaning.items():
                yield f"    {_plain(str(path))}: {_flow(_meaning(guess))}"


def _meaning(guess: Guess) -> Mapping[str, Any]:
    return {"kind": guess.kind, **guess.given}


def _tables(found: Proposal) -> Iterator[str]:
    tabled = [rule for rule in found.each() if rule.table]
    if tabled:
        yield "tables:"
    for rule in tabled:
        yield f"  {rule.table}:"
        yield "    rows:"
        yield from (f"      - {_row(row)}" for row in rule.rows)


def _row(row: ProposedRow) -> str:
    relation = "none" if row.made is None else "broader" if row.broader else "equivalent"
    return _flow({"from": row.given, "to": row.made, "relation": relation})


def _block(block: ProposedBlock) -> Iterator[str]:
    yield f"  {_plain(str(block.target))}:"
    yield f"    each: {_plain(str(block.each))}"
    yield "    fields:"
    for rule in block.rules:
        yield from _rule(rule, block.target, 6, block.each)


def _rule(rule: ProposedRule, scope: Path, indent: int, each: Path = Path(())) -> Iterator[str]:  # noqa: B008
    sources = [str(path.below(each)) for path in rule.sources]
    members: dict[str, Any] = {}
    if sources:
        members["from"] = sources[0] if len(sources) == 1 else sources
    if rule.combine:
        members["combine"] = rule.combine
    if rule.via:
        members["via"] = list(rule.via)
    if rule.table:
        members["table"] = rule.table
    if rule.questions:
        members["undecided"] = "; ".join(rule.questions) + "?"
    comment = f" # {rule.because}" if rule.because and rule.because != "by name" else ""
    name = _plain(str(rule.target.below(scope)))
    yield f"{' ' * indent}{name}: {_flow(members)}{comment}"


def _left(member: str, says: str, paths: tuple[Path, ...]) -> Iterator[str]:
    if not paths:
        return
    yield f"# {says}"
    yield f"# {member}:"
    yield from (f"#   {_plain(str(path))}: WHY" for path in paths[:MOST_SHOWN])
    if len(paths) > MOST_SHOWN:
        yield f"#   and {len(paths) - MOST_SHOWN} more"


def _flow(value: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_plain(str(name))}: {_flow(one)}" for name, one in value.items())
        return f"{{{inner}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flow, value))}]"
    return _plain(value) if isinstance(value, str) else json.dumps(value, default=str)


def _plain(text: str) -> str:
    """A text as YAML writes it: as it stands where no reader could take it for something else."""
    if PLAIN.fullmatch(text) and text.lower() not in WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
