"""An order of the shop as an invoice of the books: written by hand, and right."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import regex

__all__ = ["Escalated", "Mapper", "Quarantined", "Rejected", "order_to_invoice"]

PARIS = ZoneInfo("Europe/Paris")
UTC = timezone.utc  # noqa: UP017  (as many write it)
DIGITS = {"EUR": 2, "USD": 2, "GBP": 2, "JPY": 0, "KWD": 3}
STATUS = {
    "pending": "DRAFT",
    "on_hold": "DRAFT",
    "processing": "SUBMITTED",
    "complete": "AUTHORISED",
    "cancelled": "VOIDED",
}
FULFILMENT = {
    (False, False): "OPEN",
    (True, False): "PREPAID",
    (False, True): "ON_ACCOUNT",
    (True, True): "DONE",
}
SPACE = (
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
LOCAL = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4}) ([0-9]{2}):([0-9]{2})")
COUNTRY = re.compile(r"[A-Z]{2}")

DIALLED = re.compile(
    r"[-+0-9().\/ \u2010-\u2015]+(?:[ ,;]*(?:ext\.?|ext=|extension|x|#)\s*[0-9]{1,7})?", re.I
)


class Rejected(Exception):
    """The order cannot become an invoice."""


class Quarantined(Exception):
    """The order is kept aside until somebody mends it."""


class Escalated(Exception):
    """A person decides what becomes of the order."""


class Mapper:
    """Each step is a method, so that a flawed mapper differs from this one in one of them."""

    no_names = ("N/A", "Guest")
    no_emails = ("none@example.com",)

    # What is given and what is not

    def missing(self, value: Any) -> bool:
        """Absent, null, empty and blank are nothing; zero and false are something."""
        return value is None or (isinstance(value, str) and not value.strip(SPACE))

    def need(self, order: dict[str, Any], name: str) -> Any:
        value = order.get(name)
        if self.missing(value):
            raise Rejected(f"{name} is missing")
        return value

    def text(self, value: Any, name: str) -> str:
        if not isinstance(value, str):
            raise Quarantined(f"{name} is no text")
        return value

    def number(self, value: Any, name: str) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            raise Quarantined(f"{name} is no number")
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite():
            raise Quarantined(f"{name} is no number")
        return exact

    def truth(self, value: Any, name: str) -> bool:
        if not isinstance(value, bool):
            raise Quarantined(f"{name} is neither true nor false")
        return value

    # Texts

    def clean(self, text: str) -> str:
        return unicodedata.normalize("NFC", text).strip(SPACE)

    def cut(self, text: str, longest: int, unit: str = "code points") -> str:
        if self.length(text, unit) <= longest:
            return text
        kept = ""
        for cluster in regex.findall(r"\X", text):
            if self.length(kept + cluster, unit) > longest:
                break
            kept += cluster
        return kept

    def length(self, text: str, unit: str) -> int:
        return len(text.encode("utf-16-le")) // 2 if unit == "utf16" else len(text)

    # Amounts

    def currency(self, order: dict[str, Any]) -> str:
        code = self.text(self.need(order, "currency"), "currency")
        if code not in DIGITS:
            raise Quarantined(f"'{code}' is no currency of ours")
        return code

    def minor(self, amount: Decimal, currency: str) -> int:
        with localcontext(prec=400):
            minor = int(self.rounded(amount.scaleb(DIGITS[currency])))
        if not -(2**63) <= minor < 2**63:
            raise Quarantined("the amount has no room in the books")
        return minor

    def rounded(self, amount: Decimal) -> Decimal:
        return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)

    def line_amount(self, price: Decimal, quantity: int, currency: str) -> int:
        with localcontext(prec=400):
            return self.minor(price * quantity, currency)

    def percent(self, share: Decimal) -> Decimal:
        return share * 100

    def weight(self, pounds: Decimal) -> Decimal:
        with localcontext(prec=400):
            kilograms = pounds * Decimal("0.45359237")
            return kilograms.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)

    # Times

    def placed(self, order: dict[str, Any]) -> datetime:
        text = self.text(self.need(order, "created_at"), "created_at")
        found = LOCAL.fullmatch(text)
        if found is None:
            raise Quarantined(f"'{text}' is no time of ours")
        day, month, year, hour, minute = map(int, found.groups())
        try:
            local = datetime(year, month, day, hour, minute, tzinfo=PARIS)
            return local.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Quarantined(f"'{text}' is no time") from None

    def day(self, instant: datetime) -> date:
        return instant.astimezone(PARIS).date()

    def due(self, instant: datetime) -> date:
        try:
            return self.day(instant) + timedelta(days=30)
        except OverflowError:
            raise Quarantined("it would be due after the end of time") from None

    def milliseconds(self, instant: datetime) -> int:
        return round((instant - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000

    # Statuses

    def status(self, order: dict[str, Any]) -> str:
        status = self.text(self.need(order, "status"), "status")
        if status == "refunded":
            raise Escalated("a refund needs a credit note")
        if status not in STATUS:
            raise Escalated(f"nobody has said what '{status}' becomes")
        return STATUS[status]

    def fulfilment(self, order: dict[str, Any]) -> str:
        paid = self.truth(self.need(order, "paid"), "paid")
        shipped = self.truth(self.need(order, "shipped"), "shipped")
        return FULFILMENT[paid, shipped]

    def tax(self, order: dict[str, Any]) -> str:
        given = self.need(order, "prices_include_tax")
        return "Inclusive" if self.truth(given, "prices_include_tax") else "Exclusive"

    # The buyer

    def name(self, order: dict[str, Any], buyer: dict[str, Any]) -> str:
        billing = order.get("billing")
        billing = billing if isinstance(billing, dict) else {}
        names = ((buyer.get("full_name"), self.no_names), (billing.get("name"), self.no_names))
        for value, nothing in (*names, (buyer.get("email"), self.no_emails)):
            if self.missing(value) or value in nothing:
                continue
            return self.cut(self.clean(self.text(value, "name")), 50, "utf16")
        raise Quarantined("nobody says who buys")

    def email(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("email")
        if self.missing(value) or value in self.no_emails or not isinstance(value, str):
            return None
        return self.address(self.clean(value).lower())

    def address(self, text: str) -> str | None:
        local, at, domain = text.partition("@")
        labels = domain.split(".")
        if not local or not at or len(labels) < 2 or not all(labels) or len(text) > 254:
            return None
        if re.search(r'[\s"(),:;<>@\[\\\]\x00-\x1f\x7f]', local + domain):
            return None
        if local.startswith(".") or local.endswith(".") or ".." in local or len(local) > 64:
            return None
        if not text.isascii() or not all(
            re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", x) for x in labels
        ):
            return None
        return text

    def phone(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("phone")
        if self.missing(value) or not isinstance(value, str):
            return None
        try:
            number = phonenumbers.parse(self.dialled(value), "FR")
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(number):
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def dialled(self, text: str) -> str:
        """Nothing but a number: phonenumbers itself finds one amid other words."""
        plain = unicodedata.normalize("NFKC", text).strip(SPACE)
        return plain if DIALLED.fullmatch(plain) else ""

    def postcode(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("zip")
        if self.missing(value):
            return None
        text = self.text(value, "zip").strip(SPACE)
        return text if len(text) <= 10 else None

    def country(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("country")
        return value if isinstance(value, str) and COUNTRY.fullmatch(value) else None

    def contact(self, order: dict[str, Any]) -> dict[str, Any]:
        buyer = order.get("customer")
        buyer = buyer if isinstance(buyer, dict) else {}
        found = {
            "Name": self.name(order, buyer),
            "EmailAddress": self.email(buyer),
            "Phone": self.phone(buyer),
            "PostalCode": self.postcode(buyer),
            "Country": self.country(buyer),
        }
        return {name: value for name, value in found.items() if value is not None}

    # The lines

    def lines(self, order: dict[str, Any], currency: str) -> list[dict[str, Any]]:
        lines = order.get("lines")
        if lines is None or lines == []:
            raise Quarantined("there are no lines")
        if not isinstance(lines, list):
            raise Quarantined("lines are no list")
        return [self.line(line, currency) for line in lines]

    def line(self, line: Any, currency: str) -> dict[str, Any]:
        if line is None:
            raise Rejected("a line is missing")
        if not isinstance(line, dict):
            raise Quarantined("a line is no object")
        quantity = self.quantity(line)
        price = self.number(self.need(line, "unit_price"), "unit_price")
        made = {
            "ItemCode": self.sku(line),
            "Quantity": quantity,
            "LineMinor": self.line_amount(price, quantity, currency),
        }
        title = line.get("title")
        if not self.missing(title):
            made["Description"] = self.cut(self.clean(self.text(title, "title")), 60)
        return made

    def sku(self, line: dict[str, Any]) -> str:
        sku = self.text(self.need(line, "sku"), "sku")
        if len(sku) > 30:
            raise Quarantined("the sku is too long")
        return sku

    def quantity(self, line: dict[str, Any]) -> int:
        exact = self.number(self.need(line, "qty"), "qty")
        if exact != exact.to_integral_value() or exact < 1:
            raise Quarantined("the quantity is no whole number from 1")
        return int(exact)

    # The whole

    def number_of(self, order: dict[str, Any]) -> str:
        number = "SHOP-" + self.text(self.need(order, "id"), "id")
        if len(number) > 20:
            raise Quarantined("the number is too long")
        return number

    def reference(self, order: dict[str, Any]) -> str | None:
        note = order.get("note")
        if self.missing(note):
            return None
        return self.cut(self.clean(self.text(note, "note")), 40)

    def total(self, order: dict[str, Any], currency: str) -> int:
        return self.minor(self.number(self.need(order, "total"), "total"), currency)

    def reconciled(self, invoice: dict[str, Any]) -> None:
        lines = invoice["LineItems"]
        apart = abs(invoice["AmountMinor"] - sum(line["LineMinor"] for line in lines))
        if apart > len(lines):
            raise Quarantined("the lines do not add up to the total")

    def map(self, order: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(order, dict):
            raise Rejected("that is no order")
        placed = self.placed(order)
        currency = self.currency(order)
        invoice = {
            "InvoiceNumber": self.number_of(order),
            "Status": self.status(order),
            "CurrencyCode": currency,
            "AmountMinor": self.total(order, currency),
            "LineAmountTypes": self.tax(order),
            "Date": self.day(placed).isoformat(),
            "DueDate": self.due(placed).isoformat(),
            "PlacedAt": self.milliseconds(placed),
            "Fulfilment": self.fulfilment(order),
            "Contact": self.contact(order),
            "LineItems": self.lines(order, currency),
        }
        self.optional(order, invoice)
        self.reconciled(invoice)
        return invoice

    def optional(self, order: dict[str, Any], invoice: dict[str, Any]) -> None:
        discount = order.get("discount")
        if isinstance(discount, (int, float, Decimal)) and not isinstance(discount, bool):
            percent = self.percent(self.number(discount, "discount"))
            if 0 <= percent <= 100:
                invoice["DiscountPercent"] = percent
        if not self.missing(order.get("weight_lb")):
            weight = self.weight(self.number(order["weight_lb"], "weight_lb"))
            if weight < 0:
                raise Quarantined("the parcel weighs less than nothing")
            invoice["WeightKg"] = weight
        reference = self.reference(order)
        if reference is not None:
            invoice["Reference"] = reference


# What many would reach for, and what a flawed mapper uses: kept here so that the difference shows.
BANKERS = ROUND_HALF_EVEN


def order_to_invoice(order: dict[str, Any]) -> dict[str, Any]:
    """Map one order; raises Rejected, Quarantined or Escalated where the contract says so."""
    return Mapper().map(order)
