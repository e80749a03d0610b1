"""
Ways of keeping two systems in step as they are met: the sound one with a single mistake each.

Each mistake is one that somebody has made before.

The number in brackets is that of the edge case which the mistake is about ('verifier map edges').
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import phonenumbers
from sound import LIFECYCLE, STATUS, Quarantined, Record, Sync


class NameGrows(Sync):  # [42]
    def back_name(self, contact: Record, customer: Record) -> None:
        if "name" in customer and customer["name"] != contact.get("first_name"):
            contact["first_name"] = customer["name"]
            contact.setdefault("last_name", self.split(customer["name"])[1])


class SplitsEveryTime(Sync):  # [36]
    def back_name(self, contact: Record, customer: Record) -> None:
        if "name" in customer:
            given, _, family = customer["name"].rpartition(" ")
            contact["first_name"], contact["last_name"] = given or None, family


class MononymGetsADot(Sync):  # [35]
    def split(self, name: str) -> tuple[str, str]:
        given, family = super().split(name)
        return (given, family) if given else (family, ".")


class FirstWordOnly(Sync):  # [38]
    def full_name(self, contact: Record) -> str:
        words = super().full_name(contact).split(" ")
        return " ".join((words[0], words[-1])) if len(words) > 2 else " ".join(words)


class FamilyFirst(Sync):  # [37]
    def full_name(self, contact: Record) -> str:
        return super().full_name(
            {"first_name": contact.get("last_name"), "last_name": contact.get("first_name")}
        )


class AlwaysChurned(Sync):  # [87]
    def back_status(self, contact: Record, customer: Record) -> None:
        if "status" in customer:
            contact["lifecycle"] = LIFECYCLE[customer["status"]]


class NeverContactsAgain(Sync):  # [87]
    def back_status(self, contact: Record, customer: Record) -> None:
        before = contact.get("lifecycle")
        super().back_status(contact, customer)
        if contact.get("lifecycle") == "churned" and before != "churned":
            contact["lifecycle"] = "do_not_contact"


class UnknownStatusCrashes(Sync):  # [84]
    def status(self, contact: Record) -> str:
        return STATUS[contact["lifecycle"]]


class UnknownIsEnabled(Sync):  # [85]
    def status(self, contact: Record) -> str:
        return STATUS.get(str(contact.get("lifecycle")), "enabled")


class DayLost(Sync):  # [63]
    def as_birthday(self, day: str) -> str:
        midnight = datetime.fromisoformat(day) - timedelta(hours=1)
        return super().as_birthday(midnight.date().isoformat())


class BirthdaySwapped(Sync):  # [58]
    def as_birthday(self, day: str) -> str:
        month, rest, year = super().as_birthday(day).split("/")
        return f"{rest}/{month}/{year}"


class SwappedBothWays(Sync):  # [58], [73]
    def birthday(self, value: Any) -> str | None:
        found = super().birthday(value)
        if found is None or int(found[8:]) > 12:
            return found
        return f"{found[:5]}{found[8:]}-{found[5:7]}"

    def as_birthday(self, day: str) -> str:
        return super().as_birthday(day if int(day[8:]) > 12 else f"{day[:5]}{day[8:]}-{day[5:7]}")


class TwoDigitYear(Sync):  # [60]
    def as_birthday(self, day: str) -> str:
        text = super().as_birthday(day)
        return f"{text[:6]}19{text[8:]}"


class OldBirthdaysForgotten(Sync):  # [68]
    def birthday(self, value: Any) -> str | None:
        found = super().birthday(value)
        return found if found and date.fromisoformat(found) >= date(1970, 1, 1) else None


class ConsentInverted(Sync):  # [18]
    def accepts(self, contact: Record) -> bool:
        return not super().accepts(contact) if contact.get("opted_out") is not None else False

    def back_consent(self, contact: Record, customer: Record) -> None:
        if "accepts_marketing" in customer:
            contact["opted_out"] = customer["accepts_marketing"]


class UnaskedIsConsent(Sync):  # [17]
    def accepts(self, contact: Record) -> bool:
        return not contact.get("opted_out")


class BackAssumesConsent(Sync):  # [18]
    def back_consent(self, contact: Record, customer: Record) -> None:
        super().back_consent(contact, customer)
        if customer.get("accepts_marketing") is False and contact.get("opted_out") is True:
            contact["opted_out"] = None


class NullDoesNotClear(Sync):  # [99]
    def patched(self, old: Record, field: str, new: Record, name: str, how: Any) -> None:
        if old.get(field) is not None:
            super().patched(old, field, new, name, how)


class AbsentClears(Sync):  # [99]
    def patched(self, old: Record, field: str, new: Record, name: str, how: Any) -> None:
        super().patched({field: None, **old}, field, new, name, how)


class BackNullDoesNotClear(Sync):  # [99]
    def back(self, old: Record | None, customer: Record) -> Record:
        return super().back(old, {k: v for k, v in customer.items() if v is not None})


class BackAbsentClears(Sync):  # [99]
    def back(self, old: Record | None, customer: Record) -> Record:
        return super().back(old, {"phone": None, "date_of_birth": None, **customer})


class OthersFieldsWiped(Sync):  # [99]
    def back(self, old: Record | None, customer: Record) -> Record:
        known = {
            "first_name",
            "last_name",
            "email",
            "mobile",
            "birthday",
            "lifecycle",
            "opted_out",
            "contact_id",
        }
        return {k: v for k, v in super().back(old, customer).items() if k in known}


class CreateCrashes(Sync):  # [99]
    def back(self, old: Record | None, customer: Record) -> Record:
        return super().back({**old}, customer)  # type: ignore[dict-item]


class CountryCodeLost(Sync):  # [51]
    def as_dialled(self, phone: str) -> str:
        number = phonenumbers.parse(phone, None)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


class AllNumbersAmerican(Sync):  # [51]
    def e164(self, value: Any) -> str | None:
        digits = re.sub("[^0-9]", "", value) if isinstance(value, str) else ""
        return f"+1{digits[-10:]}" if len(digits) >= 10 else None


class EmailCaseKept(Sync):  # [44]
    def email(self, value: Any) -> str:
        super().email(value)
        return self.text(value).strip()


class SpacesInNamesKept(Sync):  # [40]
    def clean(self, text: str) -> str:
        return text.strip()


# Which is which


class MatchesByCase(Sync):  # [44]
    def by_email(self, key: str | None, customers: list[Record]) -> list[Record]:
        return [
            c
            for c in customers
            if key is not None and c["email"] == key and c["email"] == c["email"].lower()
        ]

    def key(self, contact: Record) -> str | None:
        found = super().key(contact)
        return contact["email"] if found else found


class PlaceholderIsAKey(Sync):  # [49]
    def key(self, contact: Record) -> str | None:
        return None if self.missing(contact.get("email")) else self.spelt(contact["email"])

    def by_email(self, key: str | None, customers: list[Record]) -> list[Record]:
        return [c for c in customers if key is not None and self.spelt(c["email"]) == key]


class OneEmailOnePerson(Sync):  # [50]
    def decision(
        self, contact: Record, customers: list[Record], links: dict[str, str], keys: Any
    ) -> Record:
        found = super().decision(contact, customers, links, keys)
        by_email = self.by_email(self.key(contact), customers)
        if found["action"] == "escalate" and len(by_email) == 1 and keys[self.key(contact)] == 1:
            return {"action": "update", "target": by_email[0]["id"]}
        return found


class NewEmailNewPerson(Sync):  # [93]
    def decision(
        self, contact: Record, customers: list[Record], links: dict[str, str], keys: Any
    ) -> Record:
        return super().decision(contact, customers, {}, keys)


class TakesTheFirst(Sync):  # [97]
    def decision(
        self, contact: Record, customers: list[Record], links: dict[str, str], keys: Any
    ) -> Record:
        found = super().decision(contact, customers, links, keys)
        if found["action"] == "quarantine":
            return {
                "action": "update",
                "target": self.by_email(self.key(contact), customers)[0]["id"],
            }
        return found


class DuplicatesNotSeen(Sync):  # [96]
    def match(
        self, contacts: list[Record], customers: list[Record], links: dict[str, str]
    ) -> list[Record]:
        return [
            super(DuplicatesNotSeen, self).match([contact], customers, links)[0]
            for contact in contacts
        ]


class AlwaysCreates(Sync):  # [96]
    def by_email(self, key: str | None, customers: list[Record]) -> list[Record]:
        return []


class SpellingOfPhones(Sync):  # [54]
    def by_phone(self, contact: Record, customers: list[Record]) -> list[Record]:
        return [c for c in super().by_phone(contact, customers) if c["phone"] == contact["mobile"]]


class PhoneAlone(Sync):  # [50]
    def by_phone(self, contact: Record, customers: list[Record]) -> list[Record]:
        phone = self.e164(contact.get("mobile"))
        return [
            {**c, "name": self.full_name(contact)}
            for c in customers
            if phone and c.get("phone") == phone
        ]


class MatchCrashes(Sync):  # [97]
    def match(
        self, contacts: list[Record], customers: list[Record], links: dict[str, str]
    ) -> list[Record]:
        found = super().match(contacts, customers, links)
        if any(decision["action"] == "quarantine" for decision in found):
            raise LookupError("MultipleObjectsReturned")
        return found


class QuarantineWithoutReason(Sync):  # [84]
    def map(self, contact: Record) -> Record:
        try:
            return super().map(contact)
        except Quarantined:
            return {}
