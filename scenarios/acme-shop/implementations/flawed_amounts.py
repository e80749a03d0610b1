"""
Mappers that mistake dates and amounts; one mistake each.

Each is the sound one but for that, and somebody has made it before; the number in brackets is that
of the edge case which it is about ('verifier map edges'). To see one caught:

    verifier map test scenarios/acme-shop/order-to-invoice.mapping.yaml \
        --callable scenarios/acme-shop/implementations/flawed_amounts.py:YenTimesHundred
"""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sound import BANKERS, LOCAL, PARIS, UTC, Mapper, Quarantined

Order = dict[str, Any]

# F. Dates


class MonthFirst(Mapper):  # [58]
    def placed(self, order: Order) -> datetime:
        found = LOCAL.fullmatch(str(order.get("created_at")))
        if found and int(found[1]) <= 12:
            order = {**order, "created_at": re.sub(r"^(..)/(..)", r"\2/\1", found[0])}
        return super().placed(order)


class LocalTakenForUtc(Mapper):  # [61]
    def placed(self, order: Order) -> datetime:
        return super().placed(order).astimezone(PARIS).replace(tzinfo=UTC)


class DayInUtc(Mapper):  # [62]
    def day(self, instant: datetime) -> Any:
        return instant.date()


class WinterAllYear(Mapper):  # [64]
    def placed(self, order: Order) -> datetime:
        local = super().placed(order).astimezone(PARIS).replace(tzinfo=None)
        return (local - timedelta(hours=1)).replace(tzinfo=UTC)


class GapCrashes(Mapper):  # [64]
    def placed(self, order: Order) -> datetime:
        instant = super().placed(order)
        found = LOCAL.fullmatch(order["created_at"])
        if found and f"{instant.astimezone(PARIS):%H:%M}" != f"{found[4]}:{found[5]}":
            raise ValueError("NonExistentTimeError")
        return instant


class SecondOfTwo(Mapper):  # [64]
    def placed(self, order: Order) -> datetime:
        return super().placed(order).astimezone(PARIS).replace(fold=1).astimezone(UTC)


class DueInAMonth(Mapper):  # [65]
    def due(self, instant: datetime) -> Any:
        day = self.day(instant)
        year, month = divmod(day.year * 12 + day.month, 12)
        return day.replace(
            year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])
        )


class NextMonthCrashes(Mapper):  # [65]
    def due(self, instant: datetime) -> Any:
        self.day(instant).replace(month=self.day(instant).month % 12 + 1)
        return super().due(instant)


class Seconds(Mapper):  # [66]
    def milliseconds(self, instant: datetime) -> int:
        return super().milliseconds(instant) // 1000


class NothingBefore1970(Mapper):  # [68]
    def milliseconds(self, instant: datetime) -> int:
        return max(0, super().milliseconds(instant))


class ServersZone(Mapper):  # [61], [62]
    def day(self, instant: datetime) -> Any:
        return instant.astimezone().date()


class DueBeforeTheChange(Mapper):  # [62], [64]
    def due(self, instant: datetime) -> Any:
        return (instant + timedelta(days=30)).astimezone(ZoneInfo("Europe/London")).date()


# G. Amounts


class YenTimesHundred(Mapper):  # [71]
    def minor(self, amount: Decimal, currency: str) -> int:
        return super().minor(amount, "EUR" if currency == "JPY" else currency)


class DinarTimesHundred(Mapper):  # [72]
    def minor(self, amount: Decimal, currency: str) -> int:
        return super().minor(amount, "EUR" if currency == "KWD" else currency)


class AlwaysTwoDigits(Mapper):  # [71], [72]
    def minor(self, amount: Decimal, currency: str) -> int:
        return super().minor(amount, "EUR")


class RoundsEachUnit(Mapper):  # [74]
    def line_amount(self, price: Decimal, quantity: int, currency: str) -> int:
        return self.minor(price, currency) * quantity


class BankersRounding(Mapper):  # [75]
    def rounded(self, amount: Decimal) -> Decimal:
        return amount.quantize(Decimal(1), rounding=BANKERS)


class RoundsDown(Mapper):  # [75]
    def rounded(self, amount: Decimal) -> Decimal:
        return amount.quantize(Decimal(1), rounding=ROUND_DOWN)


class RefundBecomesSale(Mapper):  # [76]
    def total(self, order: Order, currency: str) -> int:
        return abs(super().total(order, currency))

    def line_amount(self, price: Decimal, quantity: int, currency: str) -> int:
        return abs(super().line_amount(price, quantity, currency))


class RefundRefused(Mapper):  # [76]
    def total(self, order: Order, currency: str) -> int:
        found = super().total(order, currency)
        if found < 0:
            raise Quarantined("less than nothing")
        return found


class PercentGuessed(Mapper):  # [79]
    def percent(self, share: Decimal) -> Decimal:
        return share if share >= 1 else share * 100


class FractionKept(Mapper):  # [79]
    def percent(self, share: Decimal) -> Decimal:
        return share


class PoundsTakenForKilograms(Mapper):  # [80]
    def weight(self, pounds: Decimal) -> Decimal:
        return pounds.quantize(Decimal("0.001"))


class HalfAPound(Mapper):  # [80]
    def weight(self, pounds: Decimal) -> Decimal:
        return (pounds * Decimal("0.45")).quantize(Decimal("0.001"))


class HalfAnItemLost(Mapper):  # [81]
    def quantity(self, line: dict[str, Any]) -> int:
        return int(self.number(self.need(line, "qty"), "qty"))


class EuroIfUnsaid(Mapper):  # [82]
    def currency(self, order: Order) -> str:
        return super().currency({**order, "currency": order.get("currency") or "EUR"})


class TotalFromLines(Mapper):  # [83]
    def map(self, order: Order) -> dict[str, Any]:
        invoice = super().map(order)
        invoice["AmountMinor"] = sum(line["LineMinor"] for line in invoice["LineItems"])
        return invoice
