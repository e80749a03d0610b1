"""
Mappers that mistake texts, names and ways to reach somebody; one mistake each.

Each is the sound one but for that, and somebody has made it before; the number in brackets is that
of the edge case which it is about ('verifier map edges'). To see one caught:

    verifier map test scenarios/acme-shop/order-to-invoice.mapping.yaml \
        --callable scenarios/acme-shop/implementations/flawed_people.py:LastWordFirst
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

from sound import Mapper

Order = dict[str, Any]

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
