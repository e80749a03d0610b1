"""B. Types and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.raw import RawJson
from verifier.mapping.edges.shots import Shot
from verifier.mapping.exact_json import dumps
from verifier.mapping.nouns import Path
from verifier.mapping.placing import placed, taken

__all__ = ["EDGES"]

LARGE = (2**53, 2**53 + 1, 2**63 - 1)
SPELT = (Decimal("1.0"), Decimal("1.00"), Decimal("-0.0"), Decimal("1E+3"))
FRACTIONS = tuple(
    Decimal(text) for text in ("19.99", "0.07", "1.005", "0.3", "4.35", "1.115", "1128.45")
)
WORDS = ("true", "false", "1", "yes", "no", "on", "off", "", 0, 1)
UNKNOWN = "verifier_unknown_field"


def _retyped(ground: Ground) -> Iterator[Shot]:
    yield from ground.each(ground.numbers, ("12", "12.50", "1e2"))
    yield from ground.each(ground.texts, (12, 0))


def _large(ground: Ground) -> Iterator[Shot]:
    yield from ground.each(ground.numbers, LARGE)
    for value in LARGE[:2]:
        record: Any = ground.base
        for site in ground.numbers:
            amount = site.kind == "money"
            record = placed(record, site.path, value if amount else 1)
        yield Shot(record, f"all amounts are {value}, and all counts 1")


def _spelt(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.numbers, SPELT)


def _fractions(ground: Ground) -> Iterator[Shot]:
    return ground.each((s for s in ground.numbers if s.facts.only == "number"), FRACTIONS)


def _unknown(ground: Ground) -> Iterator[Shot]:
    yield Shot({**ground.base, UNKNOWN: "x"}, "an unknown field")
    parents = dict.fromkeys(site.path.parent for site in ground.sites if site.path.parent.parts)
    for parent in parents:
        inner = next(taken(ground.base, parent), None)
        if isinstance(inner, dict):
            record = placed(ground.base, parent, {**inner, UNKNOWN: None})
            yield Shot(record, f"an unknown field in {parent}", parent)


def _twice(ground: Ground) -> Iterator[Shot]:
    if not ground.mapping.contract.verify.strict_json:
        return
    text = dumps(ground.base)
    for name, value in ground.base.items():
        twice = text[:-1] + b"," + dumps(name) + b":" + dumps(value) + b"}"
        yield Shot(RawJson(twice), f"the key {name} stands twice", Path(()))
        return


def _no_number(ground: Ground) -> Iterator[Shot]:
    if not ground.mapping.contract.verify.strict_json:
        return
    for site in ground.numbers:
        for word in (b"NaN", b"Infinity", b"1e999"):
            marked = dumps(placed(ground.base, site.path, "\u0000here"))
            text = marked.replace(b'"\\u0000here"', word)
            yield Shot(RawJson(text), f"{site.path} is {word.decode()}", site.path)


def _worded(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.truths, WORDS)


def _unasked(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.truths, (None,), "nobody was asked: the truth value is null")


def _both(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.truths, (True, False))


def _collapsed(ground: Ground) -> Iterator[Shot]:
    for block in ground.blocks:
        last = block.each.parts[-1]
        whole = Path((*block.each.parts[:-1], last._replace(many=False)))
        item = next(taken(ground.base, block.each), None)
        if item is not None:
            shapes = (([item], "one item"), ([item, item], "two items"), (item, "no list"))
            for value, words in shapes:
                yield ground.shot(whole, value, f"{whole} is {words}")


def _variants(ground: Ground) -> Iterator[Shot]:
    for site in ground.sites:
        if site.facts.variants > 1:
            yield from ground.each((site,), ("verifier", 1, True, None, [], {}))


EDGES = (
    Edge(
        number=10,
        title="a number in a text, and a text that is a number",
        wrong="It guesses, and reads 1,250 as 1.25.",
        oracles="PD",
        needs="a number or a text",
        shots=_retyped,
    ),
    Edge(
        number=11,
        title="a whole number beyond 2^53",
        wrong="The last digits change on the way through a double.",
        oracles="D",
        seen="rhysd/fixjson#19",
        needs="a number",
        shots=_large,
    ),
    Edge(
        number=12,
        title="1.0, 1.00, 1e3, -0",
        wrong="Spelling changes the value, or a whole number is refused.",
        oracles="D",
        needs="a number",
        shots=_spelt,
    ),
    Edge(
        number=13,
        title="a decimal through a double",
        wrong="19.99 * 100 becomes 1998.",
        oracles="D",
        needs="a number with a fraction",
        shots=_fractions,
    ),
    Edge(
        number=14,
        title="a field that nobody has heard of",
        wrong="It crashes on what a vendor has added.",
        oracles="TM",
        needs="anything",
        shots=_unknown,
    ),
    Edge(
        number=15,
        title="a key that stands twice",
        wrong="One of the two is taken, and nobody knows which.",
        oracles="P",
        needs="verify: strict_json, for an implementation that reads JSON itself",
        shots=_twice,
    ),
    Edge(
        number=16,
        title="a truth value in words",
        wrong="The text 'false' counts as true.",
        oracles="PX",
        needs="a truth value",
        shots=_worded,
    ),
    Edge(
        number=17,
        title="a truth value that nobody asked for (null)",
        wrong="Null counts as no, or worse, as yes.",
        oracles="P",
        seen="consent fields",
        needs="a truth value",
        shots=_unasked,
    ),
    Edge(
        number=18,
        title="a truth value that means the opposite there",
        wrong="Who opted out is written to.",
        oracles="XD",
        needs="a truth value",
        shots=_both,
    ),
    Edge(
        number=19,
        title="NaN, infinity, an exponent out of all proportion",
        wrong="It is taken for a number.",
        oracles="P",
        needs="a number, and verify: strict_json",
        shots=_no_number,
    ),
    Edge(
        number=20,
        title="a list of one",
        wrong="One item is no list any more.",
        oracles="VMD",
        seen="jsonata-js/jsonata#330",
        needs="a list that is made item by item",
        shots=_collapsed,
    ),
    Edge(
        number=21,
        title="an alternative (oneOf) that was never met",
        wrong="It crashes on it.",
        oracles="TX",
        seen="XeroAPI/xero-python#231",
        needs="a field with alternatives",
        shots=_variants,
    ),
)
