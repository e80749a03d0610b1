"""Flawed ways of keeping two systems in step, written as those of the shop beside this file."""

from __future__ import annotations

import unicodedata
from typing import Any

from sound import LIFECYCLE, STATUS, Record, Sync


class SurnameAppended(Sync):
    """What the first name lacks is added to it on each way back."""

    def back_name(self, contact: Record, customer: Record) -> None:
        super().back_name(contact, customer)
        first, last = contact.get("first_name"), contact.get("last_name")
        if isinstance(first, str) and isinstance(last, str) and not first.endswith(last):
            contact["first_name"] = f"{first} {last}"[:40]


class TooLongIsCut(Sync):
    def back_name(self, contact: Record, customer: Record) -> None:
        name = str(customer.get("name", ""))
        super().back_name(contact, {**customer, "name": name[:60]} if name else customer)


class NamesWithoutAccents(Sync):
    def full_name(self, contact: Record) -> str:
        apart = unicodedata.normalize("NFD", super().full_name(contact))
        return "".join(letter for letter in apart if not unicodedata.combining(letter))


class PhoneRewritten(Sync):
    def back_phone(self, contact: Record, customer: Record) -> None:
        if "phone" in customer:
            phone = customer["phone"]
            contact["mobile"] = None if phone is None else self.as_dialled(phone)


class InvalidPhoneClears(Sync):
    """What cannot be read is written as nothing."""

    def patched(self, old: Record, field: str, new: Record, name: str, how: Any) -> None:
        super().patched(old, field, new, name, how)
        if field in old and name not in new:
            new[name] = None


class EmptyTextClears(Sync):
    def patched(self, old: Record, field: str, new: Record, name: str, how: Any) -> None:
        super().patched(old, field, new, name, how)
        if old.get(field) == "":
            new[name] = None


class UnknownGoesBackAsLead(Sync):
    def back_status(self, contact: Record, customer: Record) -> None:
        given = customer.get("status")
        if given in LIFECYCLE or given is None:
            super().back_status(contact, customer)
        else:
            contact["lifecycle"] = "lead"


class DisabledStays(Sync):
    """Who was disabled once is never enabled again."""

    def back_status(self, contact: Record, customer: Record) -> None:
        if STATUS.get(contact.get("lifecycle", "")) != "disabled":
            super().back_status(contact, customer)


class ConsentSurvives(Sync):
    """Only a yes is taken back; a no gets lost."""

    def back_consent(self, contact: Record, customer: Record) -> None:
        if customer.get("accepts_marketing"):
            super().back_consent(contact, customer)


class TextOfConsent(Sync):
    def accepts(self, contact: Record) -> bool:
        return not contact.get("opted_out") if contact.get("opted_out") is not None else False


class TimeOfBirth(Sync):
    def birthday(self, value: Any) -> str | None:
        day = super().birthday(value)
        return f"{day}T00:00:00Z" if day else None


class KeepsOldAccount(Sync):
    """The way back knows the fields of last year only."""

    def back(self, old: Record | None, customer: Record) -> Record:
        contact = super().back(old, customer)
        contact.pop("account_manager", None)
        return contact


class LinksForgotten(Sync):
    """Each run matches again."""

    def decision(self, contact: Record, customers: list[Record], links: Any, keys: Any) -> Record:
        return super().decision(contact, customers, {}, keys)


class DeadLinks(Sync):
    """What is linked is updated, whether it is there or not."""

    def decision(self, contact: Record, customers: list[Record], links: Any, keys: Any) -> Record:
        linked = links.get(contact["contact_id"])
        if linked is not None:
            return {"action": "update", "target": linked}
        return super().decision(contact, customers, links, keys)


class LettersThatLookAlike(Sync):
    def spelt(self, email: str) -> str:
        return super().spelt(email).replace("\u0430", "a").replace("\u043e", "o")


class TagsAreOneInbox(Sync):
    def spelt(self, email: str) -> str:
        local, at, domain = super().spelt(email).partition("@")
        return f"{local.partition('+')[0]}{at}{domain}"


class NamesNeedNotAgree(Sync):
    def folded(self, text: str) -> str:
        return super().folded(text).split(" ")[-1]
