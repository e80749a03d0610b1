"""Flawed mappers of who ordered, and of texts; made as those of unseen_shop_orders."""

from __future__ import annotations

import html
import re
import urllib.parse
from typing import Any

import phonenumbers
from sound import Mapper

Order = dict[str, Any]


class BillingFirst(Mapper):
    """The payer's name before the customer's."""

    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        billing = order.get("billing")
        if isinstance(billing, dict) and billing.get("name"):
            buyer = {**buyer, "full_name": billing["name"]}
        return super().name(order, buyer)


class LocalPartIsAName(Mapper):
    """Guests are called by what stands before the @."""

    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        found = super().name(order, buyer)
        return found.partition("@")[0] if "@" in found else found


class TitleCase(Mapper):
    """MCDONALD and van der Lee get capitals where they have none."""

    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        return super().name(order, buyer).title()


class CommaMeansTurned(Mapper):
    """'Lee, Ann' is put the right way round, and so is 'Smith, Jones and Sons'."""

    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        family, comma, given = super().name(order, buyer).partition(", ")
        return f"{given} {family}" if comma else family


class NameFromTitle(Mapper):
    """Dr. and the like are taken off."""

    def name(self, order: Order, buyer: dict[str, Any]) -> str:
        return re.sub(r"^(Dr|Mr|Mrs|Ms|Prof)\.? ", "", super().name(order, buyer))


class OnlyTheDomain(Mapper):
    """Only the domain of an email is put into small letters."""

    def email(self, buyer: dict[str, Any]) -> str | None:
        value, found = buyer.get("email"), super().email(buyer)
        if found is None or not isinstance(value, str):
            return found
        return self.clean(value).rpartition("@")[0] + "@" + found.rpartition("@")[2]


class FirstOfSeveralEmails(Mapper):
    def email(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("email")
        first = re.split("[;,]", value)[0] if isinstance(value, str) else value
        return super().email({**buyer, "email": first})


class EmailUnquoted(Mapper):
    """What came over a form is decoded once more: a + becomes a blank."""

    def email(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("email")
        return super().email(
            {**buyer, "email": urllib.parse.unquote_plus(value) if isinstance(value, str) else None}
        )


class ExtensionDialled(Mapper):
    def phone(self, buyer: dict[str, Any]) -> str | None:
        found, value = super().phone(buyer), str(buyer.get("phone"))
        more = re.search(r"(?:x|ext\.?)\s*([0-9]+)$", value)
        return found + more[1] if found and more else found


class PossibleIsEnough(Mapper):
    """A number of the right length is a number."""

    def phone(self, buyer: dict[str, Any]) -> str | None:
        try:
            number = phonenumbers.parse(str(buyer.get("phone")), "FR")
        except phonenumbers.NumberParseException:
            return None
        e164 = phonenumbers.PhoneNumberFormat.E164
        return (
            phonenumbers.format_number(number, e164)
            if phonenumbers.is_possible_number(number)
            else None
        )


class CountryInSmallLetters(Mapper):
    def country(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("country")
        return super().country({**buyer, "country": value.upper() if isinstance(value, str) else 0})


class CountryCutToTwo(Mapper):
    """Germany becomes GE, which is Georgia."""

    def country(self, buyer: dict[str, Any]) -> str | None:
        value = buyer.get("country")
        return super().country({**buyer, "country": value[:2].upper() if value else None})


class PostcodePadded(Mapper):
    """Five digits, as at home."""

    def postcode(self, buyer: dict[str, Any]) -> str | None:
        found = super().postcode(buyer)
        return found.zfill(5) if found and found.isdigit() else found


class PostcodeWithoutSpaces(Mapper):
    def postcode(self, buyer: dict[str, Any]) -> str | None:
        found = super().postcode(buyer)
        return found.replace(" ", "") if found else found


class Dots(Mapper):
    """What is too long ends with three dots, and is three letters too long."""

    def cut(self, text: str, longest: int, unit: str = "code points") -> str:
        found = super().cut(text, longest, unit)
        return found if found == text else f"{found}..."


class CutAtAWord(Mapper):
    def cut(self, text: str, longest: int, unit: str = "code points") -> str:
        found = super().cut(text, longest, unit)
        return found if found == text or " " not in found else found.rpartition(" ")[0]


class OneTooFew(Mapper):
    """The limit counts as excluded."""

    def cut(self, text: str, longest: int, unit: str = "code points") -> str:
        return super().cut(text, longest - 1, unit)


class NoteOnOneLine(Mapper):
    def reference(self, order: Order) -> str | None:
        found = super().reference(order)
        return re.sub(r"\s+", " ", found) if found else found


class NoteForTheWeb(Mapper):
    def reference(self, order: Order) -> str | None:
        found = super().reference(order)
        return html.escape(found, quote=False) if found else found


class NoteWithQuotes(Mapper):
    """A quote is doubled, for a file of CSV that is no longer written."""

    def reference(self, order: Order) -> str | None:
        found = super().reference(order)
        return found.replace('"', '""') if found else found
