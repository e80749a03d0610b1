"""A first contract between two systems, with everything marked that a person must decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from verifier.mapping.drafting.agreement import Agreement
from verifier.mapping.drafting.guessing import Guess, guess
from verifier.mapping.drafting.pairing import SURE, Pair, blocks_of, pairs_of
from verifier.mapping.drafting.proposal import (
    Proposal,
    ProposedBlock,
    ProposedRule,
)
from verifier.mapping.drafting.side import DraftSide, fields_below, leaf
from verifier.mapping.drafting.tabling import rows_of, values_of
from verifier.mapping.drafting.words import PIECE
from verifier.mapping.nouns import Path
from verifier.mapping.shapes import Field

__all__ = ["propose"]

TOP = Path(())
NUMBERS = ("number", "integer")
TIMELY = ("date", "datetime")
TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "a truth value",
    "object": "an object",
    "array": "a list",
}
Meant = tuple[Guess | None, Guess | None]


def propose(source: DraftSide, target: DraftSide, *, key: str = "") -> Proposal:
    """
    Put the fields of two systems together, as far as names, schemas, examples and rows tell.

    Args:
        key: How the rows of exports were paired, in words; empty without exports.
    """
    lists = [(TOP, TOP), *blocks_of(source, target)]
    pairs = {theirs: list(pairs_of(source, target, mine, theirs)) for mine, theirs in lists}
    rules: list[ProposedRule | ProposedBlock] = []
    for mine, theirs in lists:
        made = tuple(_rules(source, target, mine, theirs, pairs[theirs]))
        if theirs.parts and made:
            rules.append(ProposedBlock(target=theirs, each=mine, rules=made))
        else:
            rules.extend(made)
    found = Proposal(
        name=f"{_slug(source)}-to-{_slug(target)}",
        rules=tuple(rules),
        link=_link(pairs[TOP]),
        key=key,
    )
    return _completed(found, source, target, [pair for each in pairs.values() for pair in each])


def _slug(side: DraftSide) -> str:
    return "-".join(f"{side.document.title} {side.record}".lower().split())


def _rules(
    source: DraftSide, target: DraftSide, mine: Path, theirs: Path, pairs: list[Pair]
) -> Iterator[ProposedRule]:
    """A rule for each field of the target that has a partner, or has to have one."""
    found = {pair.target.path: pair for pair in pairs}
    for field in fields_below(target.fields, theirs):
        pair = found.get(field.path)
        parts = _name_of_parts(source, target, field, mine)
        if parts is not None and (pair is None or pair.score < SURE):
            yield parts
        elif pair is not None:
            yield _rule(source, target, pair)
        elif field.required and not field.facts.read_only:
            title = source.document.title
            who = target.document.title
            asks = (
                f"what is it made of, for no field of {title} looks like it, and {who} requires it"
            )
            yield ProposedRule(target=field.path, questions=(asks,))


def _rule(source: DraftSide, target: DraftSide, pair: Pair) -> ProposedRule:
    meant = _meant(pair)
    rule = ProposedRule(
        target=pair.target.path,
        sources=(pair.source.path,),
        via=_via(pair, meant),
        because=pair.seen.says if pair.seen else "by name",
    )
    questions = [*_doubts(source, pair), *_unsaid(meant)]
    rule, more = _translated(rule, pair)
    questions += [*more, *_converted(pair, meant)]
    return replace(rule, questions=tuple(dict.fromkeys(questions)))


def _doubts(source: DraftSide, pair: Pair) -> Iterator[str]:
    if pair.rival is not None:
        yield f"'{pair.source.path}' or '{pair.rival}'"
    elif pair.score < SURE:
        yield f"is it '{pair.source.path}' of {source.document.title}"


def _unsaid(meant: Meant) -> Iterator[str]:
    """What guesses leave open; where a number is dialled matters only where it comes from."""
    for number, one in enumerate(meant):
        if one is not None and one.question and not (number and one.kind == "phone"):
            yield one.question


def _translated(rule: ProposedRule, pair: Pair) -> tuple[ProposedRule, list[str]]:
    """The rule with a table, where both sides list their values and the lists differ."""
    mine, theirs = values_of(pair.source.facts), values_of(pair.target.facts)
    if mine is None or theirs is None or set(map(repr, mine)) <= set(map(repr, theirs)):
        return rule, []
    seen = pair.seen if pair.seen is not None and pair.seen.way == "table" else None
    rows = rows_of(mine, theirs, seen)
    name = "_".join(piece.lower() for piece in PIECE.findall(str(pair.target.path)))
    asked = f"are the rows of table {name} right; they were guessed from the words"
    if seen is not None:
        asked = f"are the rows of table {name} right; they are what {seen.count} rows show"
    return replace(rule, table=name, rows=rows, via=()), [asked]


def _converted(pair: Pair, meant: Meant) -> Iterator[str]:
    """What is to be asked where the one has to be turned into the other."""
    kinds = [one.kind if one else "" for one in meant]
    if kinds == ["datetime", "date"] and meant[0] and "zone" not in meant[0].question:
        yield "in which time zone is it that day"
    yield from _factor(pair, meant, kinds)
    one, other = pair.source.facts.only, pair.target.facts.only
    told = all(kinds) or {one, other} == set(NUMBERS) or values_of(pair.target.facts) is not None
    if one and other and one != other and not told:
        yield f"how does {TYPES.get(one, one)} become {TYPES.get(other, other)}"


def _factor(pair: Pair, meant: Meant, kinds: list[str]) -> Iterator[str]:
    """By what a number is multiplied, where what both mean does not tell."""
    units = [str(one.given.get("unit", "")) if one else "" for one in meant]
    seen = pair.seen if pair.seen is not None and pair.seen.way == "scaled" else None
    shown = f"rows show {round(seen.factor, 4).normalize():f}" if seen else ""
    if kinds == ["number", "number"] and units[0] != units[1]:
        asks = f"by what is {units[0]} multiplied to become {units[1]}, and how is it rounded"
        yield f"{asks} ({shown})" if shown else asks
    elif seen and kinds != ["percent", "percent"] and not _units(pair, meant):
        yield f"by what is it multiplied ({shown}), and why"


def _meant(pair: Pair) -> Meant:
    """What both fields mean, as the rows show it where they do."""
    mine, theirs = pair.meant
    seen = pair.seen
    if seen is None:
        return mine, theirs
    if seen.form and pair.source.facts.only == "string":
        kind = "datetime" if "%H" in seen.form else "date"
        zone = f"in which time zone is '{pair.source.path}'" if "%H" in seen.form else ""
        mine = Guess(kind=kind, given={"format": seen.form}, question=zone)
    if seen.way == "scaled" and _units(pair, (mine, theirs)):
        mine = replace(mine, question="") if mine else mine
        theirs = _minor(theirs, seen)
    return mine, theirs


def _units(pair: Pair, meant: Meant) -> bool:
    """Whether a factor is that of a currency's units."""
    kinds = [one.kind if one else "" for one in meant]
    factor = pair.seen.factor if pair.seen else Decimal(1)
    return kinds == ["money", "money"] and factor == Decimal(100)


def _minor(theirs: Guess | None, seen: Agreement) -> Guess | None:
    if theirs is None:
        return None
    return replace(theirs, given={**theirs.given, "unit": "minor"}, question="")


def _via(pair: Pair, meant: Meant) -> tuple[Any, ...]:
    """The steps of texts: their form and spaces, and whatever the rows show."""
    if pair.seen is not None and pair.seen.way == "prefix":
        return ({"template": f"{pair.seen.prefix}{{}}"},)
    if pair.seen is not None and pair.seen.way == "later":
        return ({"add_days": pair.seen.days},)
    free = pair.source.facts.only == pair.target.facts.only == "string"
    if not free or pair.source.facts.enum is not None or pair.target.facts.enum is not None:
        return ()
    kinds = {one.kind for one in meant if one is not None}
    if kinds & {"identifier", "currency", "country", "phone", "date", "datetime"}:
        return ()
    if pair.source.facts.format or pair.target.facts.format:
        return ("nfc", "trim") if "email" in kinds else ()
    return ("nfc", "trim")


def _name_of_parts(
    source: DraftSide, target: DraftSide, field: Field, mine: Path
) -> ProposedRule | None:
    """A full name made of its parts, or a part taken out of a full name."""
    wanted = guess(target, field)
    if wanted is None or wanted.kind != "person_name":
        return None
    shapes: dict[str, Path] = {}
    for one in fields_below(source.fields, mine):
        found = guess(source, one)
        if found is not None and found.kind == "person_name":
            shapes.setdefault(str(found.given["shape"]), one.path)
    shape = str(wanted.given["shape"])
    if shape == "full" and "full" not in shapes and {"given", "family"} <= set(shapes):
        sources = (shapes["given"], shapes["family"])
        return ProposedRule(
            target=field.path, sources=sources, combine="person_name", because="by name"
        )
    if shape != "full" and shape not in shapes and "full" in shapes:
        asks = f"is the {shape} name taken out of '{shapes['full']}' by rule; some come out wrong"
        return ProposedRule(
            target=field.path,
            sources=(shapes["full"],),
            via=({"name_part": shape},),
            questions=(asks,),
            because="by name",
        )
    return None


def _link(pairs: list[Pair]) -> tuple[Path, Path] | None:
    for pair in pairs:
        kinds = [one.kind if one else "" for one in pair.meant]
        if kinds == ["identifier", "identifier"] and pair.score >= SURE:
            return pair.source.path, pair.target.path
    return None


def _completed(
    found: Proposal, source: DraftSide, target: DraftSide, pairs: list[Pair]
) -> Proposal:
    """The same with what fields mean, and what is left over."""
    by_target = {pair.target.path: pair for pair in pairs}
    ours: dict[Path, Guess] = {}
    theirs: dict[Path, Guess] = {}
    for rule in found.each():
        pair = by_target.get(rule.target)
        meant = _meant(pair) if pair and rule.sources == (pair.source.path,) else None
        mine, other = meant or (None, None)
        if rule.combine or not meant:
            ours.update(_guessed(source, rule.sources))
            theirs.update(_guessed(target, (rule.target,)) if rule.sources else {})
        elif not rule.table and (mine is None or other is None or _related(mine, other)):
            ours.update(_kept(rule.sources[0], mine, other, pair))
            theirs.update(_kept(rule.target, other, mine, pair))
    _with_currencies(ours, source)
    _with_currencies(theirs, target)
    read = {path for rule in found.each() for path in rule.sources}
    written = {rule.target for rule in found.each()}
    return replace(
        found,
        source_meaning=ours,
        target_meaning=theirs,
        left_source=tuple(f.path for f in source.fields if leaf(f) and f.path not in read),
        left_target=tuple(
            f.path
            for f in target.fields
            if leaf(f) and f.path not in written and not f.facts.read_only
        ),
    )


def _related(mine: Guess, other: Guess) -> bool:
    return mine.kind == other.kind or {mine.kind, other.kind} <= set(TIMELY)


def _kept(
    path: Path, own: Guess | None, other: Guess | None, pair: Pair | None
) -> dict[Path, Guess]:
    """A meaning that can stand: both sides must say so of amounts, shares and times."""
    if own is None:
        return {}
    alone = other is None and own.kind in ("money", "percent", "number")
    return {} if alone else {path: own}


def _guessed(side: DraftSide, paths: tuple[Path, ...]) -> Mapping[Path, Guess]:
    fields = {one.path: one for one in side.fields}
    found = {path: guess(side, fields[path]) for path in paths if path in fields}
    return {path: one for path, one in found.items() if one is not None}


def _with_currencies(meaning: dict[Path, Guess], side: DraftSide) -> None:
    """Amounts name the field of their currency, which then means one."""
    named = {str(one.given["currency"]) for one in meaning.values() if "currency" in one.given}
    for one in side.fields:
        if str(one.path) in named:
            meaning.setdefault(one.path, Guess(kind="currency"))
