"""G. Numbers, money, units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, product, takewhile
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.chains import chain_of
from verifier.mapping.currencies import CURRENCIES, RETIRED
from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.edges.shots import Shot
from verifier.mapping.nouns import Path, Rule, parse_path
from verifier.mapping.placing import placed, taken

__all__ = ["EDGES"]

HALVES = tuple(
    Decimal(text)
    for text in ("0.005", "0.015", "0.025", "1.005", "2.675", "0.0049", "-0.005", "-0.015")
)
# A number of which some steps make exactly half: five, with an odd figure before it, times a power.
DIGITS = range(1, 200)
POWERS = 9
MOST_HALVES = 4
SIGNS = tuple(Decimal(text) for text in ("-19.99", "-0.01", "0", "-20", "-0.005", "-1.015"))
LOCAL = ("1.234,56", "1,234.56", "1'234.56", "1 234,56", "1234.56", "1234,56", "1,234", "1.234")
SHARES = tuple(
    Decimal(text) for text in ("0", "0.2", "0.01", "0.07", "0.5", "0.999", "1", "1.5", "20", "100")
)
QUANTITIES = tuple(Decimal(t) for t in ("0.1", "1", "2.2046226", "1000", "0.0005", "0.001102", "3"))
PARTS = tuple(Decimal(text) for text in ("0.5", "1.25", "2.5", "0.999", "-1"))
CODES = ("eur", "HRK", "€", "XXX", "", "Euro", "978", "CHF")


def _money(ground: Ground) -> Iterator[Site]:
    return ground.of_kind("money")


def _currency_of(site: Site) -> Path | None:
    named = str(site.given.get("currency", ""))
    return None if named in CURRENCIES else parse_path(named)


def _amount(site: Site, text: str, digits: int) -> Decimal:
    value = Decimal(text)
    return value if site.given.get("unit") == "major" else value.scaleb(digits)


def _in_currencies(ground: Ground, digits: int, texts: tuple[str, ...]) -> Iterator[Shot]:
    for site in _money(ground):
        currency = _currency_of(site)
        if currency is None:
            continue
        listed = ground.mapping.source.facts(currency).enum or tuple(CURRENCIES)
        codes = [code for code in listed if CURRENCIES.get(str(code)) == digits][:3]
        for code in codes:
            for text in texts:
                amount = _amount(site, text, digits)
                record = ground.with_values((currency, code), (site.path, amount))
                yield Shot(record, f"{site.path} is {amount} {code}", site.path)


def _no_digits(ground: Ground) -> Iterator[Shot]:
    return _in_currencies(ground, 0, ("6000", "1", "19.99", "0.5"))


def _three_digits(ground: Ground) -> Iterator[Shot]:
    return _in_currencies(ground, 3, ("1.234", "0.001", "19.99", "1.0005"))


def _pairs(ground: Ground) -> Iterator[Shot]:
    for digits in (0, 2, 3):
        yield from _in_currencies(ground, digits, ("100", "19"))


def _many_lines(ground: Ground) -> Iterator[Shot]:
    for site in _money(ground):
        for block in ground.blocks:
            item = next(taken(ground.base, block.each), None)
            if not site.path.inside(block.each) or not isinstance(item, dict):
                continue
            whole = Path((*block.each.parts[:-1], block.each.parts[-1]._replace(many=False)))
            for price, counts in (("0.335", (1, 1, 1)), ("1.005", (3, 7, 9))):
                items = [_line(ground, site, item, price, count) for count in counts]
                record = ground.consistent(placed(ground.base, whole, items))
                yield Shot(record, f"three lines at {price}", site.path)


def _line(ground: Ground, site: Site, item: dict[str, object], price: str, count: int) -> object:
    inner = Path(site.path.parts[-1:])
    line = placed(item, inner, Decimal(price))
    for other in ground.numbers:
        same_list = other.path.parent == site.path.parent and other.path != site.path
        if same_list and other.facts.only == "integer":
            line = placed(line, Path(other.path.parts[-1:]), count)
    return line


def _halves(ground: Ground) -> Iterator[Shot]:
    yield from ground.each((site for site in _money(ground) if site.number), HALVES)
    for site in ground.numbers:
        for rule in site.rules:
            for value in islice(_rounded_halves(ground, rule), MOST_HALVES):
                yield ground.shot(site.path, value, f"{site.path} {value} is half when rounded")


def _rounded_halves(ground: Ground, rule: Rule) -> Iterator[Decimal]:
    """Numbers of which the steps before a rounding make exactly half of its last place."""
    step = next((step for step in rule.via if step.name == "round"), None)
    if step is None or len(rule.sources) != 1:
        return
    stages = chain_of(ground.mapping, rule).stages
    before = list(takewhile(lambda stage: stage.name != "round", stages))
    for power, digits in product(range(POWERS), DIGITS):
        value = Decimal(digits).scaleb(power)
        made: Any = value
        for stage in before:
            made = stage.way(made)
        if abs(Decimal(made).scaleb(step.argument["places"]) % 1) == Decimal("0.5"):
            yield value


def _signs(ground: Ground) -> Iterator[Shot]:
    for site in _money(ground):
        for sign in SIGNS if site.number else ():
            yield ground.shot(site.path, sign)
            record = ground.base
            for other in _money(ground):
                record = placed(record, other.path, sign)
            yield Shot(ground.consistent(record), f"all amounts are {sign}", site.path)


def _local(ground: Ground) -> Iterator[Shot]:
    in_text = (s for s in ground.sites if s.value.typed in ("number", "share") and not s.number)
    return ground.each(in_text, LOCAL)


def _taxed(ground: Ground) -> Iterator[Shot]:
    for site in ground.truths:
        if "tax" in site.path.last.lower() or "vat" in site.path.last.lower():
            yield from ground.each((site,), (True, False))
    for site in _money(ground):
        if "tax" in site.given:
            yield ground.shot(site.path, Decimal(119))


def _shares(ground: Ground) -> Iterator[Shot]:
    return ground.each((site for site in ground.of_kind("percent") if site.number), SHARES)


def _units(ground: Ground) -> Iterator[Shot]:
    return ground.each((s for s in ground.of_kind("number") if "unit" in s.given), QUANTITIES)


def _fractions(ground: Ground) -> Iterator[Shot]:
    for site in ground.numbers:
        targets = [ground.mapping.target.facts(rule.target) for rule in site.rules]
        if site.kind != "money" and any(facts.only == "integer" for facts in targets):
            yield from ground.each((site,), PARTS)


def _codes(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.of_kind("currency"), (ABSENT, None, *CODES, *RETIRED))


def _apart(ground: Ground) -> Iterator[Shot]:
    """Shipping, or a discount, that stands in the total and in no line."""
    for path in sorted(ground.derived, key=str):
        value = next(taken(ground.base, path), None)
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            for more in (Decimal("4.95"), Decimal(-1), Decimal("0.01"), Decimal("0.02")):
                yield Shot(placed(ground.base, path, value + more), f"{path} has {more} more", path)


AMOUNT = "an amount of money"
EDGES = (
    Edge(
        number=71,
        title="a currency without cents",
        wrong="Yen are charged a hundredfold.",
        oracles="D",
        seen="InvoicePlane/InvoicePlane#1677, cartalyst/stripe#59",
        needs="an amount whose currency can have no cents",
        shots=_no_digits,
    ),
    Edge(
        number=72,
        title="a currency with thousandths",
        wrong="Dinars are charged a tenth.",
        oracles="D",
        needs="an amount whose currency can have thousandths",
        shots=_three_digits,
    ),
    Edge(
        number=73,
        title="a wrong factor there, and the same wrong factor back",
        wrong="The two agree, and the amount on the wire is wrong.",
        oracles="D",
        seen="calcom/cal.diy#30039",
        needs="an amount whose currency is named by a field",
        shots=_pairs,
    ),
    Edge(
        number=74,
        title="rounding each line, each unit, or the whole",
        wrong="The lines do not add up to the total.",
        oracles="CD",
        seen="ruckus/quickbooks-ruby#547",
        needs="an amount in a list that is made item by item",
        shots=_many_lines,
    ),
    Edge(
        number=75,
        title="half a cent",
        wrong="It goes the other way than in the books.",
        oracles="D",
        needs=AMOUNT,
        shots=_halves,
    ),
    Edge(
        number=76,
        title="less than nothing, and nothing",
        wrong="A refund becomes a sale.",
        oracles="MD",
        seen="woocommerce/woocommerce#68406",
        needs=AMOUNT,
        shots=_signs,
    ),
    Edge(
        number=77,
        title="1.234,56 and 1,234.56 and 1'234.56",
        wrong="A thousand becomes one.",
        oracles="PD",
        needs="a number that stands in a text",
        shots=_local,
    ),
    Edge(
        number=78,
        title="with tax, and without",
        wrong="Tax is counted twice, or not at all.",
        oracles="CD",
        needs="a field that says whether tax is included",
        shots=_taxed,
    ),
    Edge(
        number=79,
        title="0.2 and 20 per cent",
        wrong="A discount of a fifth is one of twenty times the price.",
        oracles="D",
        needs="a share",
        shots=_shares,
    ),
    Edge(
        number=80,
        title="pounds and kilograms, pieces and dozens",
        wrong="The number is kept, and the unit changes.",
        oracles="RD",
        needs="a number with a unit",
        shots=_units,
    ),
    Edge(
        number=81,
        title="a fraction where whole numbers stand",
        wrong="Half a piece is lost, and nobody is told.",
        oracles="PD",
        needs="a number that becomes a whole one",
        shots=_fractions,
    ),
    Edge(
        number=82,
        title="a currency that is missing, in small letters, or of the past",
        wrong="It is dollars, by default.",
        oracles="XP",
        seen="mailchimp/mc-woocommerce#768",
        needs="a field that names a currency",
        shots=_codes,
    ),
    Edge(
        number=83,
        title="shipping and discounts: a line, or in the total only",
        wrong="The total is computed again, and differs.",
        oracles="CD",
        seen="picqer/exact-php-client#662",
        needs="a total that follows from lines (verify: derive)",
        shots=_apart,
    ),
)
