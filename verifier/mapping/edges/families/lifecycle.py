"""I. Ids, references, collections, lifecycle."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.edges import keys
from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.shots import Shot
from verifier.mapping.nouns import Block, Path
from verifier.mapping.placing import placed, taken

__all__ = ["EDGES"]

IDS = ("0017", "17", "00017", "ABC-17", "abc-17", " 17", "1e3", "0x11")
MANY = (11, 21, 26, 60, 101, 260)


def _ids(ground: Ground) -> Iterator[Shot]:
    yield from ground.each(ground.of_kind("identifier"), IDS)
    yield from ground.each(ground.of_kind("identifier"), (17, 17.5))


def _list_path(block: Block) -> Path:
    last = block.each.parts[-1]
    return Path((*block.each.parts[:-1], last._replace(many=False)))


def _item(ground: Ground, block: Block, number: int) -> Any:
    """An item that differs from the others, in its texts and counts."""
    item = next(taken(ground.base, block.each), None)
    if not isinstance(item, dict):
        return item
    for site in ground.sites:
        below = site.path.below(block.each) if site.path.inside(block.each) else Path(())
        word = f"v{number:03}"
        if below.parts and site.text and (site.facts.longest or len(word)) >= len(word):
            item = placed(item, below, word)
        elif below.parts and site.facts.only == "integer":
            item = placed(item, below, number + 1)
    return item


def _lists(ground: Ground) -> Iterator[Shot]:
    for block in ground.blocks:
        whole = _list_path(block)
        one, two, three = (_item(ground, block, number) for number in (1, 2, 3))
        orders = {
            "three items": [one, two, three],
            "the same in another order": [three, one, two],
            "one item twice": [one, one],
            "one item twice, another between": [one, two, one],
            "no items": [],
            "no list": ABSENT,
            "null instead of a list": None,
        }
        for words, items in orders.items():
            yield ground.shot(whole, items, f"{whole}: {words}")


def _patches(ground: Ground) -> Iterator[Shot]:
    if ground.mapping.contract.write.mode != "patch":
        return
    for site in ground.sites:
        for value in (ABSENT, None):
            yield ground.shot(site.path, value, f"{site.path} is {value!r} in a patch")


def _again(ground: Ground) -> Iterator[Shot]:
    """The same record again and again, with one field changed in between."""
    for site in ground.sites:
        value = next(taken(ground.base, site.path), None)
        other: Any = None
        if isinstance(value, str) and site.text:
            other = f"Other {value}"[: site.facts.longest]
        elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            other = 1
        if other is not None and other != value:
            yield ground.shot(site.path, other, f"a second record: {site.path} differs")
            yield ground.shot(site.path, value, "the first record again")


def _volume(ground: Ground) -> Iterator[Shot]:
    for block in ground.blocks:
        whole = _list_path(block)
        for count in MANY:
            items = [_item(ground, block, number) for number in range(count)]
            yield ground.shot(whole, items, f"{count} items of {whole}")


EDGES = (
    Edge(
        number=91,
        title="leading zeros, type and case of ids",
        wrong="0017 and 17 are one order.",
        oracles="DB",
        seen="dweeves/magmi-git#529",
        needs="a field that means an id",
        shots=_ids,
    ),
    Edge(
        number=92,
        title="what it was linked to is gone",
        wrong="It is written to what is not there, or to the id's next owner.",
        oracles="B",
        seen="freescout-help-desk/freescout#2219",
        needs="links that are kept in a store",
        hands=keys.recreated,
    ),
    Edge(
        number=93,
        title="the key changes",
        wrong="A new record is made, and what the old one knew is lost.",
        oracles="B",
        seen="mautic/mautic#4895, mailchimp/mc-magento#17",
        needs="a link between records",
        hands=keys.changed_keys,
    ),
    Edge(
        number=94,
        title="two records were merged",
        wrong="It is written to the one that is no more.",
        oracles="B",
        seen="JacksonRiver/springboard_modules#1416",
        needs="match: redirect, the field that names the surviving record",
        hands=keys.merged,
    ),
    Edge(
        number=95,
        title="the parent is missing, or it is a circle",
        wrong="It crashes, or never ends.",
        oracles="B",
        seen="orders before customers",
        needs="a field that refers to another record of its kind, and match: on_orphan",
        hands=keys.orphans,
    ),
    Edge(
        number=96,
        title="the same again",
        wrong="A retry makes a second record.",
        oracles="BM",
        seen="Starktail/woocommerce_fusion#129, frappe/ecommerce_integrations#11",
        needs="anything",
        shots=_again,
        hands=keys.repeated,
    ),
    Edge(
        number=97,
        title="the target has several already",
        wrong="Any of them is taken, or one duplicate stops everything.",
        oracles="B",
        seen="OPEN-DSI/ecommerceng_woosync#109, mailchimp/mc-magento#58",
        needs="a contract that says how records are matched",
        hands=keys.several_hits,
    ),
    Edge(
        number=98,
        title="order, repetition and absence of lists",
        wrong="Items are sorted, merged or lost; an empty list is taken for none.",
        oracles="MCD",
        seen="airbytehq/airbyte#21500",
        needs="a list that is made item by item",
        shots=_lists,
    ),
    Edge(
        number=99,
        title="a patch: absent keeps, null clears",
        wrong="What nobody touched is wiped, or what was cleared comes back.",
        oracles="RP",
        seen="wadewegner/Force.com-Toolkit-for-NET#197, SalesforceCommerceCloud/b2c-crm-sync#276",
        needs="a target that is patched (write: mode: patch)",
        shots=_patches,
    ),
    Edge(
        number=100,
        title="more than there is room for",
        wrong="The rest is left out, and nobody is told.",
        oracles="C",
        seen="Public Health England left out 15,841 cases: a file of 65,536 rows",
        needs="a list that is made item by item",
        shots=_volume,
    ),
)
