"""H. Enumerations and statuses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.edges.shots import Shot
from verifier.mapping.nouns import Rule
from verifier.mapping.tables import key_of

__all__ = ["EDGES"]

FRESH = ("verifier-new-status", "partial-shipped", "archived", "constructor", "__proto__")
MOST = 200


def _translated(ground: Ground) -> Iterator[tuple[Rule, Any]]:
    for rule, _ in ground.mapping.contract.rules():
        if rule.table:
            yield rule, ground.mapping.contract.tables[rule.table]


def _choices(site: Site) -> tuple[Any, ...]:
    if site.truth:
        return (True, False)
    return site.facts.enum or ()


def _listed(ground: Ground) -> Iterator[Site]:
    return (site for site in ground.sites if site.facts.enum is not None)


def _members(ground: Ground) -> Iterator[Shot]:
    for site in ground.sites:
        yield from ground.each((site,), _choices(site))
    for rule, table in _translated(ground):
        if len(rule.sources) == 1:
            for row in table.rows:
                yield ground.shot(rule.sources[0], row.given)
    yield from _fresh(ground)


def _fresh(ground: Ground) -> Iterator[Shot]:
    for site in ground.sites:
        translated = any(rule.table for rule in site.rules)
        if (translated or site.facts.enum is not None) and site.facts.allows("string"):
            yield from ground.each((site,), FRESH)


def _spelt(ground: Ground) -> Iterator[Shot]:
    for site in _listed(ground):
        for value in [v for v in _choices(site) if isinstance(v, str)][:6]:
            words = (value.upper(), value.capitalize(), f"{value}s", value.replace("_", "-"))
            for word in dict.fromkeys((*words, value.replace("_", " "), f" {value}")):
                if word != value:
                    yield ground.shot(site.path, word)


def _merged(ground: Ground) -> Iterator[Shot]:
    for rule, table in _translated(ground):
        rows: dict[Any, list[Any]] = {}
        for row in table.rows:
            if row.made is not None:
                rows.setdefault(key_of(row.made), []).append(row)
        for same in rows.values():
            for row in same if len(same) > 1 else ():
                yield _row_shot(ground, rule, row, f"{row.given} shares {row.made} with others")


def _none(ground: Ground) -> Iterator[Shot]:
    for rule, table in _translated(ground):
        for row in table.rows:
            if row.made is None:
                yield _row_shot(ground, rule, row, f"{row.given} has no counterpart")


def _row_shot(ground: Ground, rule: Rule, row: Any, says: str) -> Shot:
    given = row.given if isinstance(row.given, tuple) else (row.given,)
    pairs = zip(rule.sources, given, strict=False)
    return Shot(ground.with_values(*pairs), says, rule.sources[0])


def _matrix(ground: Ground) -> Iterator[Shot]:
    sites = {site.path: site for site in ground.sites}
    for rule, _ in _translated(ground):
        choices = [_choices(sites[path]) for path in rule.sources]
        if len(choices) < 2 or not all(choices):
            continue
        for values in islice(product(*choices), MOST):
            pairs = tuple(zip(rule.sources, values, strict=True))
            yield Shot(ground.with_values(*pairs), f"{rule.target} of {values}", rule.sources[0])


def _orders(ground: Ground) -> Iterator[Shot]:
    """Every step from one status to another: the target holds the first, the second comes."""
    for rule, table in _translated(ground):
        rows = [row for row in table.rows if table.order and row.made in table.order]
        for first, second in product(rows, rows):
            before = ground.executor.map(_row_shot(ground, rule, first, "").record).target
            shot = _row_shot(ground, rule, second, f"{second.given} comes after {first.given}")
            yield shot._replace(old=before)


TABLE = "a field that a table translates"
EDGES = (
    Edge(
        number=84,
        title="a value that no row knows",
        wrong="It crashes on what a vendor has added.",
        oracles="XPT",
        seen="Starktail/woocommerce_fusion#56",
        needs="a field with a list of values",
        shots=_members,
    ),
    Edge(
        number=85,
        title="an unknown value that ends the matter",
        wrong="Everything new counts as done.",
        oracles="P",
        seen="JacksonRiver/springboard_modules#1012",
        needs="a field with a list of values",
        shots=_fresh,
    ),
    Edge(
        number=86,
        title="key or label, capitals, plurals",
        wrong="'Completed' is another status than 'complete', or the same, by accident.",
        oracles="XV",
        seen="Starktail/woocommerce_fusion#269",
        needs="a field with a list of texts",
        shots=_spelt,
    ),
    Edge(
        number=87,
        title="several become one, and come back",
        wrong="What was saved comes back as something else, and the customer is told.",
        oracles="RD",
        seen="Starktail/woocommerce_fusion#187",
        needs="a table in which several values become one",
        shots=_merged,
    ),
    Edge(
        number=88,
        title="no clean counterpart",
        wrong="The nearest one is taken, and staff bend the numbers to fit.",
        oracles="P",
        seen="woocommerce/woocommerce#68406",
        needs="a row without counterpart",
        shots=_none,
    ),
    Edge(
        number=89,
        title="two fields that make one status",
        wrong="One of them is forgotten.",
        oracles="X",
        needs="a table over several fields",
        shots=_matrix,
    ),
    Edge(
        number=90,
        title="a status that comes out of order",
        wrong="What was shipped is pending again.",
        oracles="B",
        seen="webhooks",
        needs="a table that says in which order statuses come",
        shots=_orders,
    ),
)
