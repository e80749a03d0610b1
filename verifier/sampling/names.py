"""What the name of a member says about the text that belongs there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["named_texts", "words"]

PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
MOST_LETTERS = 200

# The last words of a name decide: ``billing_email`` is an address, ``email_count`` is not.
BY_NAME: Mapping[str, tuple[str, ...]] = {
    "email": ("ada@example.com", "grace@example.com", "alan@example.org"),
    "mail": ("ada@example.com", "grace@example.com"),
    "phone": ("+4930901820", "+12025550143", "+442079460018"),
    "mobile": ("+4915112345678", "+447700900123"),
    "fax": ("+4930901821",),
    "currency": ("EUR", "USD", "GBP", "eur", "usd"),
    "country": ("DE", "FR", "US", "DEU"),
    "countrycode": ("DE", "FR", "US"),
    "locale": ("en-GB", "de-DE", "en_GB", "en"),
    "language": ("en", "de", "fr"),
    "lang": ("en", "de"),
    "timezone": ("Europe/Berlin", "America/New_York"),
    "tz": ("Europe/Berlin",),
    "url": ("https://example.com/a", "https://example.org/b?c=1"),
    "uri": ("https://example.com/a", "https://example.org/b"),
    "link": ("https://example.com/a",),
    "href": ("https://example.com/a",),
    "website": ("https://example.com",),
    "webhook": ("https://example.com/hook",),
    "callback": ("https://example.com/callback",),
    "domain": ("example.com", "example.org"),
    "host": ("example.com",),
    "hostname": ("example.com",),
    "ip": ("192.0.2.7", "192.0.2.8", "2001:db8::7"),
    "iban": ("DE89370400440532013000", "GB82WEST12345698765432"),
    "bic": ("COBADEFFXXX",),
    "vat": ("DE123456789",),
    "zip": ("10115", "10115-0001"),
    "postcode": ("10115",),
    "postalcode": ("10115", "EC1A 1BB"),
    "city": ("Berlin", "Lyon", "Leeds"),
    "town": ("Berlin",),
    "street": ("Lange Gasse 7", "Station Road 12"),
    "address": ("Lange Gasse 7",),
    "line1": ("Lange Gasse 7",),
    "line2": ("2nd floor",),
    "state": ("Berlin", "CA"),
    "region": ("Berlin", "CA"),
    "color": ("#2f6feb", "#7a1fa2", "blue"),
    "colour": ("#2f6feb", "#7a1fa2", "blue"),
    "amount": ("19.95", "100.00", "1995"),
    "price": ("19.95", "100.00", "1995"),
    "total": ("19.95", "100.00", "1995"),
    "firstname": ("Ada", "Grace", "Alan"),
    "givenname": ("Ada", "Grace"),
    "lastname": ("Byron", "Hopper", "Turing"),
    "familyname": ("Byron", "Hopper"),
    "surname": ("Byron", "Hopper"),
    "fullname": ("Ada Byron", "Grace Hopper"),
    "username": ("ada.byron", "grace", "ada-byron"),
    "login": ("ada.byron", "grace", "ada-byron"),
    "company": ("Gardens and Sons", "Northwind"),
    "organization": ("Gardens and Sons", "gardens"),
    "name": ("Ada Byron", "Grace Hopper", "ada-byron", "ada_byron", "ADA"),
    "title": ("Garden chairs", "Annual report"),
    "subject": ("Garden chairs",),
    "description": ("Four chairs and a table", "For the terrace"),
    "summary": ("Four chairs and a table",),
    "note": ("Ring twice",),
    "notes": ("Ring twice",),
    "comment": ("Ring twice",),
    "message": ("The chairs have arrived",),
    "body": ("The chairs have arrived",),
    "text": ("The chairs have arrived",),
    "reason": ("It was damaged",),
    "code": ("AB12", "SPRING26", "10"),
    "slug": ("garden-chairs",),
    "sku": ("CH-0042",),
    "version": ("1.2.3", "2.0.0", "1"),
    "date": ("2026-05-17", "2026-06-30", "2026-05-17T09:30:00Z", "17/05/2026"),
    "time": ("09:30:00", "17:45:00", "2026-05-17T09:30:00Z"),
    "at": ("2026-05-17T09:30:00Z", "2026-06-30T17:45:00Z", "2026-05-17"),
    "year": ("2027", "2028", "27"),
    "month": ("05",),
    "day": ("17",),
    "birthday": ("1985-12-10",),
    "password": ("correct-horse-7-Battery", "Aa1!aaaa"),
    "path": ("/a/b", "a/b"),
    "filename": ("report.pdf",),
    "mimetype": ("application/pdf",),
    "hash": ("9f86d081884c7d659a2feaa0c55ad015",),
    "sha": ("da39a3ee5e6b4b0d3255bfef95601890afd80709",),
    "cron": ("0 9 * * 1",),
    "duration": ("PT2H", "PT30M", "3600"),
}


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: ``billingEmail`` and ``billing_email`` are one."""
    return tuple(part.lower() for part in PARTS.findall(name[:MOST_LETTERS]))


@lru_cache(maxsize=8192)
def named_texts(name: str) -> tuple[str, ...]:
    """Texts that fit a name, the likeliest first; none where it says nothing."""
    parts = words(name)
    for count in (3, 2, 1):
        found = BY_NAME.get("".join(parts[-count:])) if len(parts) >= count else None
        if found:
            return found
    return ()
