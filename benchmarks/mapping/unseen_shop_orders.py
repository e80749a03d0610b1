"""
Flawed mappers of an order, written from reports of incidents before any of them was tried.

Unlike those beside the worked examples, none was written with an edge case of the catalogue in
mind. When they were first run, 47 of the 49 here and in unseen_shop_people were caught (and 11 of
17 of those in unseen_crm, three of the six for a limit that cut whole edge cases off); what let the
others through was mended since. Each is the sound one with a single mistake.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sound import LOCAL, PARIS, STATUS, UTC, Mapper, Quarantined

Order = dict[str, Any]


class LenientTimes(Mapper):
    """strptime takes 4/3/2027 9:05 and 04/03/2027 09:05 alike."""

    def placed(self, order: Order) -> datetime:
        try:
            local = datetime.strptime(str(order["created_at"]), "%d/%m/%Y %H:%M")
        except (KeyError, ValueError):
            return super().placed(order)
        return local.replace(tzinfo=PARIS).astimezone(UTC)


class MonthFirstWhereItMust(Mapper):
    """What is no day of the format is tried the other way round, instead of being refused."""

    def placed(self, order: Order) -> datetime:
        try:
            return super().placed(order)
        except Quarantined:
            found = LOCAL.fullmatch(str(order.get("created_at")))
            if not found:
                raise
            turned = re.sub("^(..)/(..)", r"\2/\1", found[0])
            return super().placed({**order, "created_at": turned})


class NowIfUnreadable(Mapper):
    """An unreadable date becomes a fixed one."""

    def placed(self, order: Order) -> datetime:
        try:
            return super().placed(order)
        except Quarantined:
            return datetime(1970, 1, 1, tzinfo=UTC)


class ThirtyTimesADay(Mapper):
    """The due date is thirty times 24 hours later, in UTC."""

    def due(self, instant: datetime) -> Any:
        return (instant + timedelta(hours=24 * 30)).date()


class FixedOffset(Mapper):
    """The offset of the day on which it was written: summer, all year."""

    def day(self, instant: datetime) -> Any:
        return (instant + timedelta(hours=2)).date()


class DueOnWeekdays(Mapper):
    """Somebody's wish from another project."""

    def due(self, instant: datetime) -> Any:
        day = super().due(instant)
        return day + timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)


class CentsFirst(Mapper):
    """Rounded to cents first, and then to what the currency has."""

    def minor(self, amount: Decimal, currency: str) -> int:
        return super().minor(amount.quantize(Decimal("0.01")), currency)


class TotalTimesPrice(Mapper):
    """A line without quantity counts as one."""

    def quantity(self, line: dict[str, Any]) -> int:
        return super().quantity({**line, "qty": line.get("qty") or 1})


class NegativeLinesKept(Mapper):
    """A returned item is a line of minus one."""

    def quantity(self, line: dict[str, Any]) -> int:
        exact = self.number(self.need(line, "qty"), "qty")
        return int(exact) if exact < 0 else super().quantity(line)


class FirstOrdersCurrency(Mapper):
    """The currency is looked up once, since all orders of a shop have the same."""

    _known: list[str] = []  # noqa: RUF012

    def currency(self, order: Order) -> str:
        self._known.append(super().currency(order))
        return self._known[0]


class CurrencyInAnyCase(Mapper):
    def currency(self, order: Order) -> str:
        given = order.get("currency")
        return super().currency(
            {**order, "currency": given.strip().upper() if isinstance(given, str) else given}
        )


class DollarForWhatIsUnknown(Mapper):
    def currency(self, order: Order) -> str:
        try:
            return super().currency(order)
        except Quarantined:
            return "USD"


class WeightHalfEven(Mapper):
    def weight(self, pounds: Decimal) -> Decimal:
        return (pounds * Decimal("0.45359237")).quantize(Decimal("0.001"), ROUND_HALF_EVEN)


class WeightThroughFloat(Mapper):
    def weight(self, pounds: Decimal) -> Decimal:
        return Decimal(str(round(float(pounds) * 0.45359237, 3)))


class NoWeightIsZero(Mapper):
    def optional(self, order: Order, invoice: dict[str, Any]) -> None:
        super().optional({**order, "weight_lb": order.get("weight_lb") or 0}, invoice)


class DiscountAsWhole(Mapper):
    """Per cent as a whole number: 12.5 becomes 12."""

    def percent(self, share: Decimal) -> Decimal:
        return Decimal(int(share * 100))


class StatusTrimmed(Mapper):
    def status(self, order: Order) -> str:
        given = order.get("status")
        return super().status(
            {**order, "status": given.strip() if isinstance(given, str) else given}
        )


class NearestStatus(Mapper):
    """What begins alike is alike: partially_refunded is not, but complete-ish is complete."""

    def status(self, order: Order) -> str:
        given = str(order.get("status"))
        near = next((known for known in STATUS if given.startswith(known)), given)
        return super().status({**order, "status": near} if given in order.values() else order)


class ShippedIsPaid(Mapper):
    """Nobody ships what is not paid."""

    def fulfilment(self, order: Order) -> str:
        return super().fulfilment({**order, "paid": order.get("paid") or order.get("shipped")})


class NumberOfDigits(Mapper):
    """The digits of the id only."""

    def number_of(self, order: Order) -> str:
        return "SHOP-" + re.sub(r"\D", "", super().number_of(order))


class NumberCutOff(Mapper):
    """A number that is too long is cut, and two orders share one."""

    def number_of(self, order: Order) -> str:
        return ("SHOP-" + self.text(self.need(order, "id"), "id"))[:20]


class SkuInCapitals(Mapper):
    def sku(self, line: dict[str, Any]) -> str:
        return super().sku(line).upper()


class EmptyLineForNone(Mapper):
    """A line that cannot be read is left out."""

    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        kept = []
        for line in order.get("lines") or []:
            try:
                kept.append(self.line(line, currency))
            except Exception:  # noqa: BLE001
                continue
        return kept or super().lines(order, currency)


class LastLineLost(Mapper):
    """A slice that ends one too early, where there are more than two."""

    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        found = super().lines(order, currency)
        return found[:-1] if len(found) > 2 else found

    def reconciled(self, invoice: dict[str, Any]) -> None:
        return None


class NotReconciled(Mapper):
    """Whether the lines add up is nobody's business."""

    def reconciled(self, invoice: dict[str, Any]) -> None:
        return None


class ToTheCent(Mapper):
    """The lines must add up exactly, which rounded lines do not."""

    def reconciled(self, invoice: dict[str, Any]) -> None:
        total = sum(line["LineMinor"] for line in invoice["LineItems"])
        if total != invoice["AmountMinor"]:
            raise Quarantined("the lines do not add up to the total")


class EverythingIsCopied(Mapper):
    """What the mapper does not know is handed on."""

    def map(self, order: Order) -> dict[str, Any]:
        made = super().map(order)
        return {**made, "BrandingThemeID": order.get("gift_wrap")} if "gift_wrap" in order else made


class ChangesWhatItIsGiven(Mapper):
    """It works in place, and the second time on its own work."""

    _orders: dict[str, Any] = {}  # noqa: RUF012

    def map(self, order: Order) -> dict[str, Any]:
        if isinstance(order, dict) and isinstance(order.get("id"), str):
            order = self._orders.setdefault(order["id"], order)
        return super().map(order)


class PlacedInSecondsOfTheDay(Mapper):
    """Milliseconds of the local time, as if it were UTC."""

    def milliseconds(self, instant: datetime) -> int:
        wall = instant.astimezone(PARIS).replace(tzinfo=UTC)
        return super().milliseconds(wall)
