"""A contact of the CRM and a customer of the shop, both ways: written by hand, and right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from typing import Any

import phonenumbers

__all__ = ["Escalated", "Quarantined", "Rejected", "Sync"]

Record = dict[str, Any]

STATUS = {
    "lead": "prospect",
    "active": "enabled",
    "churned": "disabled",
    "do_not_contact": "disabled",
}
LIFECYCLE = {"prospect": "lead", "enabled": "active", "disabled": "churned"}
NOBODY = ("info@example.com", "noreply@example.com")
PARTICLES = frozenset(
    {
        *(
            "af",
            "al",
            "av",
            "bin",
            "da",
            "de",
            "del",
            "della",
            "den",
            "der",
            "di",
            "dos",
            "du",
            "el",
        ),
        *("el", "ibn", "la", "le", "ten", "ter", "van", "von", "zu", "zur"),
    }
)
SUFFIXES = frozenset(
    ("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq", "esq.")
)
SPACE = (
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
SPACES = re.compile(f"[{SPACE}]+")

DIALLED = re.compile(
    r"[-+0-9().\/ \u2010-\u2015]+(?:[ ,;]*(?:ext\.?|ext=|extension|x|#)\s*[0-9]{1,7})?", re.I
)


class Rejected(Exception):
    """The record cannot be taken over."""


class Quarantined(Exception):
    """The record is kept aside until somebody mends it."""


class Escalated(Exception):
    """A person decides."""


class Sync:
    """Each step is a method, so that a flawed one differs from this in one of them."""

    # Values

    def missing(self, value: Any) -> bool:
        return value is None or (isinstance(value, str) and not value.strip(SPACE))

    def text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Quarantined("that is no text")
        return value

    def clean(self, text: str) -> str:
        return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")

    def email(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", self.text(value)).strip(SPACE).lower()
        local, _, domain = text.partition("@")
        labels = domain.split(".")
        sound = (
            re.fullmatch(r"[!#$%&'*+/=?^_`{|}~0-9a-z.-]{1,64}", local)
            and not local.startswith(".")
            and not local.endswith(".")
            and ".." not in local
            and len(labels) > 1
            and all(re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", label) for label in labels)
        )
        if not sound or len(text) > 254:
            raise Quarantined("that is no email")
        return text

    def e164(self, value: Any) -> str | None:
        if not isinstance(value, str):
            return None
        try:
            number = phonenumbers.parse(self.dialled(value), "US")
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(number):
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def dialled(self, text: str) -> str:
        """Nothing but a number: phonenumbers itself finds one amid other words."""
        plain = unicodedata.normalize("NFKC", text).strip(SPACE)
        return plain if DIALLED.fullmatch(plain) else ""

    def as_dialled(self, phone: str) -> str:
        number = phonenumbers.parse(phone, None)
        form = phonenumbers.PhoneNumberFormat
        home = number.country_code == 1
        return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)

    def birthday(self, value: Any) -> str | None:
        found = (
            re.fullmatch("([0-9]{2})/([0-9]{2})/([0-9]{4})", value)
            if isinstance(value, str)
            else None
        )
        try:
            return date(int(found[3]), int(found[1]), int(found[2])).isoformat() if found else None
        except ValueError:
            return None

    def as_birthday(self, day: str) -> str:
        try:
            year, month, rest = day.split("-")
            datetime.strptime(day, "%Y-%m-%d")
        except (ValueError, AttributeError):
            raise Quarantined("that is no date") from None
        return f"{month}/{rest}/{year}"

    def full_name(self, contact: Record) -> str:
        parts = [contact.get("first_name"), contact.get("last_name")]
        given = [self.text(part) for part in parts if not self.missing(part)]
        return self.clean(" ".join(given))

    def split(self, name: str) -> tuple[str, str]:
        words = name.split(" ")
        end = len(words)
        while end > 1 and words[end - 1].lower() in SUFFIXES:
            end -= 1
        start = end - 1
        while start > 1 and words[start - 1] in PARTICLES:
            start -= 1
        return " ".join(words[:start]), " ".join(words[start:])

    def accepts(self, contact: Record) -> bool:
        opted_out = contact.get("opted_out")
        if self.missing(opted_out):
            return False
        if not isinstance(opted_out, bool):
            raise Quarantined("that is neither true nor false")
        return not opted_out

    # There

    def status(self, contact: Record) -> str:
        lifecycle = contact.get("lifecycle")
        if self.missing(lifecycle):
            raise Rejected("nobody says where the contact stands")
        if not isinstance(lifecycle, str) or lifecycle not in STATUS:
            raise Quarantined(f"nobody has said what '{lifecycle}' becomes")
        return STATUS[lifecycle]

    def map(self, contact: Record) -> Record:
        """The customer that a contact becomes: a patch, in which null clears and absence keeps."""
        name = self.full_name(contact)
        if not name or self.missing(contact.get("email")) or contact.get("email") in NOBODY:
            raise Rejected("a customer needs a name and an email")
        if len(name) > 120:
            raise Rejected("the name is too long")
        customer = {
            "name": name,
            "email": self.email(contact["email"]),
            "status": self.status(contact),
            "accepts_marketing": self.accepts(contact),
        }
        self.patched(contact, "mobile", customer, "phone", self.e164)
        self.patched(contact, "birthday", customer, "date_of_birth", self.birthday)
        return customer

    def patched(self, old: Record, field: str, new: Record, name: str, how: Any) -> None:
        if field not in old:
            return
        value = old[field]
        if self.missing(value):
            if value is None:
                new[name] = None
            return
        made = how(value)
        if made is not None:
            new[name] = made

    # And back

    def back(self, old: Record | None, customer: Record) -> Record:
        """The contact, changed as far as the customer says something else than it did."""
        contact = dict(old or {})
        self.back_name(contact, customer)
        self.back_email(contact, customer)
        self.back_phone(contact, customer)
        self.back_birthday(contact, customer)
        self.back_status(contact, customer)
        self.back_consent(contact, customer)
        return contact

    def back_name(self, contact: Record, customer: Record) -> None:
        name = self.clean(self.text(customer["name"])) if "name" in customer else ""
        if not name or name == self.full_name(contact):
            return
        given, family = self.split(name)
        if len(given) > 40 or len(family) > 60:
            raise Rejected("the name is too long")
        if given or "first_name" in contact:
            contact["first_name"] = given or None
        contact["last_name"] = family

    def back_email(self, contact: Record, customer: Record) -> None:
        if "email" not in customer:
            return
        try:
            same = self.email(contact.get("email")) == customer["email"]
        except Quarantined:
            same = False
        if not same:
            contact["email"] = self.email(customer["email"])

    def back_phone(self, contact: Record, customer: Record) -> None:
        if "phone" not in customer or customer["phone"] == self.e164(contact.get("mobile")):
            return
        phone = customer["phone"]
        contact["mobile"] = None if phone is None else self.as_dialled(phone)

    def back_birthday(self, contact: Record, customer: Record) -> None:
        if "date_of_birth" not in customer or customer["date_of_birth"] == self.birthday(
            contact.get("birthday")
        ):
            return
        day = customer["date_of_birth"]
        contact["birthday"] = None if day is None else self.as_birthday(day)

    def back_status(self, contact: Record, customer: Record) -> None:
        if (
            "status" not in customer
            or STATUS.get(contact.get("lifecycle", "")) == customer["status"]
        ):
            return
        if customer["status"] not in LIFECYCLE:
            raise Quarantined("that status is unknown")
        contact["lifecycle"] = LIFECYCLE[customer["status"]]

    def back_consent(self, contact: Record, customer: Record) -> None:
        if (
            "accepts_marketing" not in customer
            or self.accepts(contact) == customer["accepts_marketing"]
        ):
            return
        contact["opted_out"] = not customer["accepts_marketing"]

    # Which is which

    def match(
        self, contacts: list[Record], customers: list[Record], links: dict[str, str]
    ) -> list[Record]:
        """For each contact what is to be done: create, update (which), quarantine or escalate."""
        keys = Counter(self.key(contact) for contact in contacts)
        return [self.decision(contact, customers, links, keys) for contact in contacts]

    def key(self, contact: Record) -> str | None:
        value = contact.get("email")
        return None if self.missing(value) or value in NOBODY else self.spelt(value)

    def spelt(self, email: str) -> str:
        return unicodedata.normalize("NFC", email).strip(SPACE).lower()

    def decision(
        self, contact: Record, customers: list[Record], links: dict[str, str], keys: Any
    ) -> Record:
        linked = links.get(contact["contact_id"])
        if linked is not None and all(customer["id"] != linked for customer in customers):
            return {"action": "quarantine"}
        if linked is not None:
            return {"action": "update", "target": linked}
        key = self.key(contact)
        if key is not None and keys[key] > 1:
            return {"action": "escalate"}
        for found in (self.by_email(key, customers), self.by_phone(contact, customers)):
            if len(found) > 1:
                return {"action": "quarantine"}
            if found and self.folded(self.full_name(contact)) != self.folded(found[0]["name"]):
                return {"action": "escalate"}
            if found:
                return {"action": "update", "target": found[0]["id"]}
        return {"action": "create"}

    def by_email(self, key: str | None, customers: list[Record]) -> list[Record]:
        return [
            c
            for c in customers
            if key is not None and c["email"] not in NOBODY and self.spelt(c["email"]) == key
        ]

    def by_phone(self, contact: Record, customers: list[Record]) -> list[Record]:
        phone = self.e164(contact.get("mobile"))
        family = self.folded(self.clean(contact.get("last_name") or "")).split(" ")[-1]
        return [
            c
            for c in customers
            if phone is not None
            and c.get("phone") == phone
            and self.folded(c["name"]).split(" ")[-1] == family
        ]

    def folded(self, text: str) -> str:
        return self.clean(text).casefold()
