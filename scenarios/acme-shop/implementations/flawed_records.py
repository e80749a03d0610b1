"""
Mappers that mistake what is there, and of what type and status; one mistake each.

Each is the sound one but for that, and somebody has made it before; the number in brackets is that
of the edge case which it is about ('verifier map edges'). To see one caught:

    verifier map test scenarios/acme-shop/order-to-invoice.mapping.yaml \
        --callable scenarios/acme-shop/implementations/flawed_records.py:WordFalseIsTrue
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from sound import DIGITS, STATUS, Escalated, Mapper, Quarantined

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
