"""A. Missing, null, empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.edges.shots import Shot
from verifier.mapping.nouns import Path
from verifier.mapping.placing import taken

__all__ = ["EDGES"]

BLANK = (" ", "\t", "\u00a0", "\u200b", "\u3000", " \u00a0\n")
SENTINELS = ("N/A", "none", "null", "-", "0000-00-00", "-9", "1900-01-01")


def _absent(ground: Ground) -> Iterator[Shot]:
    for site in ground.sites:
        yield ground.shot(site.path, ABSENT, f"{site.path} is absent")


def _null(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.sites, (None,))


def _empty(ground: Ground) -> Iterator[Shot]:
    return ground.each(_worded(ground), ("",))


def _worded(ground: Ground) -> Iterator[Site]:
    return (site for site in ground.sites if site.facts.allows("string"))


def _blank(ground: Ground) -> Iterator[Shot]:
    return ground.each(_worded(ground), BLANK)


def _sentinels(ground: Ground) -> Iterator[Shot]:
    for site in ground.sites:
        declared = site.value.meaning.placeholders if site.value.meaning else ()
        known = SENTINELS if site.text else ()
        yield from ground.each((site,), dict.fromkeys((*declared, *known)))


def _falsy(ground: Ground) -> Iterator[Shot]:
    yield from ground.each(ground.numbers, (0,))
    yield from ground.each(ground.truths, (False,))
    yield from ground.each(ground.texts, ("0", "false"))


def _all_gone(ground: Ground) -> Iterator[Shot]:
    for rule, _ in ground.mapping.contract.rules():
        if len(rule.sources) > 1:
            gone = [(path, ABSENT) for path in rule.sources]
            yield Shot(ground.with_values(*gone), f"all that {rule.target} is made of is absent")


def _objects(ground: Ground) -> Iterator[Shot]:
    parents = dict.fromkeys(site.path.parent for site in ground.sites if site.path.parent.parts)
    for parent in parents:
        inner = [site.path for site in ground.sites if site.path.parent == parent]
        nulls = {path.last: None for path in inner}
        for value in (None, {}, nulls, ABSENT):
            yield ground.shot(parent, value, f"{parent} is {value!r}")


def _null_items(ground: Ground) -> Iterator[Shot]:
    for block in ground.blocks:
        whole = _list_of(block.each)
        item: Any = next(taken(ground.base, block.each), {})
        for items in ([None], [item, None], [None, item], [item, None, item]):
            yield ground.shot(whole, items, f"{len(items)} items of {whole}, one of them null")


def _list_of(path: Path) -> Path:
    """The path of a list itself, and not of its items."""
    last = path.parts[-1]
    return Path((*path.parts[:-1], last._replace(many=False)))


FIELD = "a field that a rule reads"
EDGES = (
    Edge(
        number=1,
        title="an optional field is absent",
        wrong="It crashes, or writes what it should leave out.",
        oracles="TPD",
        seen="frappe/ecommerce_integrations#432",
        needs=FIELD,
        shots=_absent,
    ),
    Edge(
        number=2,
        title="a field is there, and null",
        wrong="It crashes, or writes the word null.",
        oracles="TPM",
        seen="mailchimp/mc-magento2#840",
        needs=FIELD,
        shots=_null,
    ),
    Edge(
        number=3,
        title="an empty text where one is required",
        wrong="The empty text is written, and the target refuses it, or shows nothing.",
        oracles="VPD",
        seen="FOLIO-FSE/folio_migration_tools#486",
        needs="a field that holds text",
        shots=_empty,
    ),
    Edge(
        number=4,
        title="a text of white space only",
        wrong="It counts as something: a space, a no-break space, a zero-width one.",
        oracles="PD",
        seen="linkml/linkml-map#241",
        needs="a field that holds text",
        shots=_blank,
    ),
    Edge(
        number=5,
        title="a value that stands for nothing",
        wrong="N/A becomes a name, or a real value is taken for nothing.",
        oracles="PD",
        seen="linkml/linkml-map#269",
        needs="a field that holds text",
        shots=_sentinels,
    ),
    Edge(
        number=6,
        title="zero, false and '0' are something",
        wrong="A falsy value is treated as missing.",
        oracles="DP",
        seen="the operators || of JMESPath and ? of JSONata",
        needs="a number, a truth value or a text",
        shots=_falsy,
    ),
    Edge(
        number=7,
        title="everything that a field could be made of is missing",
        wrong="A name is made up, such as 'Customer None'.",
        oracles="P",
        seen="frappe/ecommerce_integrations#434",
        needs="a field with several sources",
        shots=_all_gone,
    ),
    Edge(
        number=8,
        title="a null object, an empty one, one of nulls",
        wrong="They are told apart, or it crashes on one of them.",
        oracles="TD",
        seen="atlasmap/atlasmap#3275",
        needs="a field inside of an object",
        shots=_objects,
    ),
    Edge(
        number=9,
        title="a null item in a list",
        wrong="It crashes, or the item vanishes and nobody is told.",
        oracles="TLC",
        seen="jsonata-js/jsonata#418",
        needs="a list that is made item by item",
        shots=_null_items,
    ),
)
