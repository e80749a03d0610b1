"""A value on which two schemas disagree: the proof that what one allows the other refuses."""

from __future__ import annotations

import enum
import random
import weakref
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from verifier.model import Document, Pointer, Schema
from verifier.sampling.edges import edges
from verifier.sampling.outline import Node, Outline, kinds_of
from verifier.sampling.patterns import matching
from verifier.sampling.sampler import Unsatisfiable, forget_samplers, sampler
from verifier.validating import Direction, Validator, validator

__all__ = ["disagreement", "forget"]

MOST_CANDIDATES = 400
MOST_CHANGES = 60
PATTERN_TRIES = 12
LONGEST_TEXT = 300_000
SEED = 7
# Null last: where a type changes as well, a value of the new type shows it better.
PLAIN: tuple[Any, ...] = ("verifier", "", "1", 0, 1, -1, 1.5, True, [], {}, ["verifier"], None)
LONG_NUMBERS = (2**31, -(2**31) - 1, 2**40)


def disagreement(
    giver: Schema,
    taker: Schema,
    direction: Direction,
    *,
    keywords: frozenset[str] = frozenset(),
    member: str = "",
    hints: tuple[Any, ...] = (),
    likely: tuple[Schema, ...] = (),
) -> Any:
    """
    A value that ``giver`` allows and ``taker`` refuses; both were asked.

    Args:
        keywords: For one of these reasons, and for no other; empty is any reason.
        member: It is about this member of an object; empty is the value itself.
        hints: Values that are likely to show it.
        likely: Schemas whose values are; where there are any, it is a value of one of them.

    Raises:
        Unsatisfiable: None was found. That proves nothing.
    """
    give, take = validator(giver, direction), validator(taker, direction)
    if give.broken or take.broken:
        raise Unsatisfiable(give.broken or take.broken)
    second, meant = [], [validator(one, direction) for one in likely]
    tried = chain(hints, _of(likely, direction), _disputed(giver, taker, direction, member))
    for value in islice(tried, MOST_CANDIDATES):
        if not give.accepts(value) or take.accepts(value):
            continue
        if meant and not any(one.accepts(value) for one in meant):
            continue  # it shows another difference of the two
        shown = _shown(take, value, keywords, member)
        if shown is Shown.ALONE:
            return value
        if shown is Shown.AMONG_OTHERS:
            second.append(value)
    if second:
        return second[0]
    raise Unsatisfiable(f"no value was found that {giver.at} allows and {taker.at} refuses")


def _disputed(giver: Schema, taker: Schema, direction: Direction, member: str) -> Iterator[Any]:
    """Of the candidates those that one allows and the other refuses, looked for once."""
    shelf = _DISPUTED.setdefault(giver.document, {})
    key = (id(giver.node), giver.at, id(taker.node), taker.at, direction, member)
    if key not in shelf:
        # The schemas are kept so that their ids are given to no others.
        shelf[key] = (giver.node, taker.node, [], _refused(giver, taker, direction, member))
    _, _, found, more = shelf[key]
    yield from found
    for value in more:
        found.append(value)
        yield value


def forget(document: Document) -> None:
    """Let go of what was made for a document, which would otherwise live as long as we do."""
    forget_samplers(document)
    _DISPUTED.pop(document, None)


def _refused(giver: Schema, taker: Schema, direction: Direction, member: str) -> Iterator[Any]:
    give, take = validator(giver, direction), validator(taker, direction)
    tried = islice(_candidates(giver, taker, direction, member), MOST_CANDIDATES)
    return (value for value in tried if give.accepts(value) and not take.accepts(value))


class Shown(enum.Enum):
    """Whether a refusal shows what is looked for."""

    ALONE = "for this reason only"
    AMONG_OTHERS = "for this reason, and for others"
    NOT = "for other reasons"


def _shown(take: Validator, value: Any, keywords: frozenset[str], member: str) -> Shown:
    if not keywords:
        return Shown.ALONE
    wrong = take.errors(value, limit=8)
    told = [violation.keyword in keywords for violation in wrong]
    if member:
        meant = [f"'{member}'" in violation.says for violation in wrong]
        told = [a and b for a, b in zip(told, meant, strict=True)]
    if not any(told):
        return Shown.NOT
    return Shown.ALONE if all(told) else Shown.AMONG_OTHERS


def _candidates(giver: Schema, taker: Schema, direction: Direction, member: str) -> Iterator[Any]:
    """The cheap ones first."""
    rng = random.Random(SEED)  # noqa: S311  (the same schemas, the same value)
    if not member:
        yield from _single(giver, taker, direction, rng)
    for schema in (taker, giver):
        with suppress(Unsatisfiable):
            yield from _varied(sampler(schema, direction).minimal(rng), giver, member, direction)
    with suppress(Unsatisfiable):
        typical = sampler(giver, direction).typical(rng)
        yield from _varied(typical, giver, member, direction)
        if not member:
            yield from _changed(giver, taker, direction, typical)


def _of(schemas: tuple[Schema, ...], direction: Direction) -> Iterator[Any]:
    rng = random.Random(SEED)  # noqa: S311
    for schema in schemas:
        with suppress(Unsatisfiable):
            yield sampler(schema, direction).typical(rng)
            yield sampler(schema, direction).minimal(rng)


def _single(
    giver: Schema, taker: Schema, direction: Direction, rng: random.Random
) -> Iterator[Any]:
    """Values of the schema itself: plain ones, edges of both, and what just exceeds either."""
    yield from PLAIN
    nodes = [_root(schema, direction) for schema in (giver, taker)]
    for node in nodes:
        yield from (value for _, _, value in edges(node))
        length = node.get("maxLength")
        if isinstance(length, int) and length < LONGEST_TEXT:
            yield "x" * (length + 1)
        if isinstance(node.get("pattern"), str):
            for _ in range(PATTERN_TRIES):
                yield matching(node["pattern"], rng)
    if "integer" in kinds_of(nodes[0]):
        yield from LONG_NUMBERS


def _root(schema: Schema, direction: Direction) -> Node:
    outline = Outline(schema, direction)
    return outline.follow(outline.root)


def _varied(value: Any, giver: Schema, member: str, direction: Direction) -> Iterator[Any]:
    """A value, and the same with one member more or less."""
    yield value
    if not isinstance(value, dict):
        return
    if not member:
        yield {**value, "verifierUnknownMember": 1}
        return
    yield {name: held for name, held in value.items() if name != member}
    inner = giver.members().get(member)
    if inner is not None and member not in value:
        rng = random.Random(SEED)  # noqa: S311
        with suppress(Unsatisfiable):
            yield {**value, member: sampler(inner, direction).minimal(rng)}


def _changed(giver: Schema, taker: Schema, direction: Direction, base: Any) -> Iterator[Any]:
    """A whole value changed in one place, deep inside too: what one allows, or the other breaks."""
    for change in islice(sampler(taker, direction).breaks(base), MOST_CHANGES):
        yield change.applied(base)
    for change in islice(sampler(giver, direction).edges(base), MOST_CHANGES):
        yield change.applied(base)


Disputed = dict[
    tuple[int, Pointer, int, Pointer, Direction, str], tuple[Any, Any, list[Any], Iterator[Any]]
]
_DISPUTED: weakref.WeakKeyDictionary[Document, Disputed] = weakref.WeakKeyDictionary()
