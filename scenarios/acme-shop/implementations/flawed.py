"""
Mappers of an order as they are met: each is the sound one with a single mistake.

Each mistake is one that somebody has made before; the number in brackets is that of the edge case
which it is about ('verifier map edges'). To see one caught:

    verifier map test scenarios/acme-shop/order-to-invoice.mapping.yaml \
        --callable scenarios/acme-shop/implementations/flawed.py:YenTimesHundred
"""

from __future__ import annotations

import calendar
import html
import re
import unicodedata
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sound import BANKERS, DIGITS, LOCAL, PARIS, STATUS, UTC, Escalated, Mapper, Quarantined

Order = dict[str, Any]

# A. Missing, null and empty


class AbsentNoteCrashes(Mapper):  # [1]
    def reference(self, order: Order) -> str | None:
        return self.cut(self.clean(order["note"]), 40) or None


class NullBecomesText(Mapper):  # [2]
    def reference(self, order: Order) -> str | None:
        return self.cut(str(order.get("note")), 40) if "note" in order else None


class EmptyNamePasses(Mapper):  # [3]
    def missing(self, value: Any) -> bool:
        return value is None


class BlankNamePasses(Mapper):  # [4]
    def missing(self, value: Any) -> bool:
        return value is None or value == ""


class AsciiSpacesOnly(Mapper):  # [4]
    def missing(self, value: Any) -> bool:
        return value is None or (isinstance(value, str) and not value.strip(" \t\r\n"))


class GuestIsAName(Mapper):  # [5]
    no_names = ()


class ZeroDiscountForgotten(Mapper):  # [6]
    def optional(self, order: Order, invoice: dict[str, Any]) -> None:
        super().optional({k: v for k, v in order.items() if v or k != "discount"}, invoice)


class FreeOrderRefused(Mapper):  # [6]
    def missing(self, value: Any) -> bool:
        return super().missing(value) or (value == 0 and not isinstance(value, bool))


class UnpaidOrderRefused(Mapper):  # [6]
    def missing(self, value: Any) -> bool:
        return super().missing(value) or value is False


class CustomerNone(Mapper):  # [7]
    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        try:
            return super().name(order, buyer)
        except Quarantined:
            return f"Customer {buyer.get('full_name')}"


class NullBillingCrashes(Mapper):  # [8]
    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        order.get("billing", {}).get("name")
        return super().name(order, buyer)


class NullLineDropped(Mapper):  # [9]
    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        lines = order.get("lines")
        if isinstance(lines, list):
            order = {**order, "lines": [line for line in lines if line]}
        return super().lines(order, currency)


# B. Types


class AmountInTextGuessed(Mapper):  # [10]
    def number(self, value: Any, name: str) -> Decimal:
        if isinstance(value, str):
            value = Decimal(re.sub("[^0-9.-]", "", value) or "0")
        return super().number(value, name)


class ThroughFloat(Mapper):  # [11]
    def minor(self, amount: Decimal, currency: str) -> int:
        return round(float(amount) * 10 ** DIGITS[currency] + 1e-9)


class PenceLost(Mapper):  # [13]
    def minor(self, amount: Decimal, currency: str) -> int:
        return int(float(amount) * 10 ** DIGITS[currency])


class NewFieldCrashes(Mapper):  # [14]
    known = frozenset(
        {
            *("id", "status", "currency", "total", "prices_include_tax", "discount", "weight_lb"),
            *("created_at", "paid", "shipped", "customer", "billing", "lines", "note", "gift_wrap"),
        }
    )

    def map(self, order: Order) -> dict[str, Any]:
        if isinstance(order, dict) and not self.known.issuperset(order):
            raise TypeError("Order() got an unexpected keyword argument")
        return super().map(order)


class WordFalseIsTrue(Mapper):  # [16]
    def truth(self, value: Any, name: str) -> bool:
        return bool(value)


class TaxInverted(Mapper):  # [18], [78]
    def tax(self, order: Order) -> str:
        return "Exclusive" if super().tax(order) == "Inclusive" else "Inclusive"


class TaxForgotten(Mapper):  # [78]
    def tax(self, order: Order) -> str:
        super().tax(order)
        return "Inclusive"


class OneLineIsNoList(Mapper):  # [20]
    def map(self, order: Order) -> dict[str, Any]:
        invoice = super().map(order)
        if len(invoice["LineItems"]) == 1:
            invoice["LineItems"] = invoice["LineItems"][0]
        return invoice


# C. Texts


class DecomposedPasses(Mapper):  # [22]
    def clean(self, text: str) -> str:
        return text.strip()


class CompatibilityForm(Mapper):  # [29]
    def clean(self, text: str) -> str:
        return unicodedata.normalize("NFKC", super().clean(text))


class CountsCodePoints(Mapper):  # [23]
    def length(self, text: str, unit: str) -> int:
        return len(text)


class CountsBytes(Mapper):  # [23]
    def length(self, text: str, unit: str) -> int:
        return len(text.encode())


class CutsThroughFamilies(Mapper):  # [24]
    def cut(self, text: str, longest: int, unit: str = "code points") -> str:
        return (
            text[:longest]
            if unit != "utf16"
            else text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")
        )


class ThreeByteStore(Mapper):  # [25]
    def clean(self, text: str) -> str:
        return "".join(letter for letter in super().clean(text) if ord(letter) < 0x10000)


class AsciiOnly(Mapper):  # [25]
    def clean(self, text: str) -> str:
        return unicodedata.normalize("NFKD", super().clean(text)).encode("ascii", "ignore").decode()


class FirstLineOnly(Mapper):  # [27]
    def reference(self, order: Order) -> str | None:
        found = super().reference(order)
        return found.splitlines()[0] if found else found


class Mojibake(Mapper):  # [30]
    def clean(self, text: str) -> str:
        return super().clean(text).encode("utf-8", "replace").decode("cp1252", "replace")


class EscapesTwice(Mapper):  # [31]
    def reference(self, order: Order) -> str | None:
        found = super().reference(order)
        return html.escape(found) if found else found


class UnescapesUnasked(Mapper):  # [31]
    def clean(self, text: str) -> str:
        return html.unescape(super().clean(text))


class StripsTags(Mapper):  # [32]
    def clean(self, text: str) -> str:
        return re.sub("<[^>]*>", "", super().clean(text))


# D. Names


class MononymGetsADot(Mapper):  # [35]
    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        found = super().name(order, buyer)
        return found if " " in found else f"{found} ."


class LastWordFirst(Mapper):  # [37]
    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        *first, last = super().name(order, buyer).split(" ")
        return f"{last}, {' '.join(first)}" if first else last


class NullIsNoName(Mapper):  # [41]
    no_names = ("N/A", "Guest", "Null", "None", "NA", "True")


class SpacesCollapsed(Mapper):  # [40]
    def clean(self, text: str) -> str:
        return " ".join(super().clean(text).split())


class BillingNameIgnored(Mapper):  # [43]
    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        return super().name({**order, "billing": None}, buyer)


class Capitalised(Mapper):  # [28]
    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        return super().name(order, buyer).title()


# E. Email, phone, address


class EmailCaseKept(Mapper):  # [44]
    def email(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("email")
        found = super().email(buyer)
        return self.clean(value) if found and isinstance(value, str) else found


class TagDropped(Mapper):  # [45]
    def email(self, buyer: dict[str, Any]) -> str | None:
        found = super().email(buyer)
        return re.sub(r"\+[^@]*", "", found) if found else found


class AnyEmailWillDo(Mapper):  # [47], [48]
    def address(self, text: str) -> str | None:
        return text if "@" in text else None


class PlaceholderWrittenTo(Mapper):  # [49]
    no_emails = ()


class PhoneWithoutRegion(Mapper):  # [51]
    def phone(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("phone")
        digits = re.sub("[^0-9]", "", value) if isinstance(value, str) else ""
        return f"+{digits.lstrip('0')}" if 7 <= len(digits.lstrip("0")) <= 15 else None


class TrunkZeroKept(Mapper):  # [52]
    def phone(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("phone")
        if isinstance(value, str) and "(0)" in value:
            return "+" + re.sub("[^0-9]", "", value)
        return super().phone(buyer)


class ZeroZeroUnknown(Mapper):  # [52]
    def phone(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("phone")
        return (
            None
            if isinstance(value, str) and value.strip().startswith("00")
            else super().phone(buyer)
        )


class PostcodeIsANumber(Mapper):  # [55]
    def postcode(self, buyer: dict[str, Any]) -> str | None:
        found = super().postcode(buyer)
        return str(int(found)) if found and found.isdecimal() else found


class PostcodeCut(Mapper):  # [55]
    def postcode(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("zip")
        return value.strip()[:10] if isinstance(value, str) and not self.missing(value) else None


class NorwayIsFalse(Mapper):  # [56]
    def country(self, buyer: dict[str, Any]) -> str | None:
        found = super().country(buyer)
        return None if found == "NO" else found


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


# H. Statuses


class UnknownStatusCrashes(Mapper):  # [84]
    def status(self, order: Order) -> str:
        return (
            STATUS[order["status"]] if order.get("status") != "refunded" else super().status(order)
        )


class UnknownIsAuthorised(Mapper):  # [85]
    def status(self, order: Order) -> str:
        try:
            return super().status(order)
        except Escalated:
            if order.get("status") == "refunded":
                raise
            return "AUTHORISED"


class UnknownIsADraft(Mapper):  # [85]
    def status(self, order: Order) -> str:
        given = order.get("status")
        return super().status(order) if given in STATUS or given == "refunded" else "DRAFT"


class StatusInAnyCase(Mapper):  # [86]
    def status(self, order: Order) -> str:
        given = order.get("status")
        return super().status(
            {**order, "status": given.lower() if isinstance(given, str) else given}
        )


class KeyWrittenForLabel(Mapper):  # [86]
    def status(self, order: Order) -> str:
        return super().status(order).capitalize()


class HoldIsSubmitted(Mapper):  # [87]
    def status(self, order: Order) -> str:
        return "SUBMITTED" if order.get("status") == "on_hold" else super().status(order)


class RefundIsVoid(Mapper):  # [88]
    def status(self, order: Order) -> str:
        return "VOIDED" if order.get("status") == "refunded" else super().status(order)


class ShippingForgotten(Mapper):  # [89]
    def fulfilment(self, order: Order) -> str:
        super().fulfilment(order)
        return "PREPAID" if order["paid"] else "OPEN"


# I. Identity, lists, state


class LeadingZerosLost(Mapper):  # [91]
    def number_of(self, order: Order) -> str:
        number = super().number_of(order)
        given = order["id"]
        return f"SHOP-{int(given)}" if isinstance(given, str) and given.isdecimal() else number


class RemembersTheBuyer(Mapper):  # [96]
    _seen: dict[str, Any] = {}  # noqa: RUF012

    def contact(self, order: Order) -> dict[str, Any]:
        found = super().contact(order)
        return self._seen.setdefault(found.get("EmailAddress", found["Name"]), found)


class LinesPileUp(Mapper):  # [96]
    _last: list[Any] = []  # noqa: RUF012

    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        found = super().lines(order, currency)
        if self._last and self._last[0]["ItemCode"] == found[0]["ItemCode"] and len(found) == 1:
            found[0]["Quantity"] = max(found[0]["Quantity"], self._last[0]["Quantity"])
        self._last[:] = found
        return found


class SameSkuMerged(Mapper):  # [98]
    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        return list({line["ItemCode"]: line for line in super().lines(order, currency)}.values())


class LinesSorted(Mapper):  # [98]
    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        return sorted(super().lines(order, currency), key=lambda line: line["ItemCode"])


class NoLinesNoMatter(Mapper):  # [98]
    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        return super().lines(order, currency) if order.get("lines") else []


class TwentyLinesAtMost(Mapper):  # [100]
    def lines(self, order: Order, currency: str) -> list[dict[str, Any]]:
        return super().lines(order, currency)[:20]

    def reconciled(self, invoice: dict[str, Any]) -> None:
        if len(invoice["LineItems"]) < 20:
            super().reconciled(invoice)


class SkipsWhatItCannotDo(Mapper):  # [84], [100]
    def map(self, order: Order) -> Any:
        try:
            return super().map(order)
        except Exception:  # noqa: BLE001
            return None
