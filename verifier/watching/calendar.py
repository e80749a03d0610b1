"""
Ends as an iCalendar (RFC 5545): one entry an end, which moves when the day is moved.

An entry keeps its UID for ever and its SEQUENCE never falls, so that a calendar that subscribes to
the file moves the entry instead of showing a second one; what was withdrawn is cancelled. There is
no METHOD: this is no invitation, and a published one would have to name an ORGANIZER (RFC 5546).
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator

from verifier.model import Deadline, Medium, Milestone

__all__ = ["calendar"]

ALARMS = (180, 90, 30, 7, 1)
RENEWED_ALARMS = (14, 7, 1)  # what is renewed by machine was renewed by then
LONGEST_LINE_OCTETS = 75
# A vendor wrote it: a line end in it would end the property.
ADDRESS = re.compile(r"https?://[!-~]+")
PRODUCT = "-//vendor-verifier//deadlines//EN"


def calendar(ledgers: Iterable[tuple[str, Iterable[Deadline]]]) -> bytes:
    """
    All ends that have a day.

    Args:
        ledgers: Vendor to its ledger.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:What vendors end",
    ]
    for vendor, ledger in ledgers:
        for deadline in ledger:
            if deadline.date is not None and deadline.milestone is Milestone.ENDS:
                lines += _event(vendor, deadline, deadline.date)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(vendor: str, deadline: Deadline, day: datetime.date) -> Iterator[str]:
    scope = deadline.scope or "the whole API"
    seed = f"{vendor}\n{deadline.milestone.value}\n{deadline.scope}"
    uid = hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]
    stamp = deadline.last_seen.strftime("%Y%m%dT000000Z")
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@vendor-verifier"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{_sequence(deadline)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{'CANCELLED' if deadline.withdrawn else 'CONFIRMED'}"
    passed = day <= deadline.last_seen
    fate = "was to end" if passed else "ends"
    yield f"SUMMARY:{_text(f'{vendor}: {scope} {fate}')}"
    yield f"DESCRIPTION:{_text(_described(deadline))}"
    if ADDRESS.fullmatch(deadline.link):
        yield f"URL:{deadline.link}"
    yield "CATEGORIES:DEPRECATION"
    if not deadline.withdrawn and not passed:
        renewed = deadline.medium is Medium.CERTIFICATE
        for days in RENEWED_ALARMS if renewed else ALARMS:
            yield from (
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"TRIGGER:-P{days}D",
                f"DESCRIPTION:{_text(f'{vendor}: {scope} ends {_away(days)}')}",
                "END:VALARM",
            )
    yield "END:VEVENT"


def _sequence(deadline: Deadline) -> int:
    """Higher after each change: a day moved and moved back, an end taken back and named again."""
    told_for = (deadline.last_seen - deadline.first_seen).days
    return 2 * (told_for + deadline.moves) + deadline.withdrawn


def _away(days: int) -> str:
    return "tomorrow" if days == 1 else f"in {days} days"


def _described(deadline: Deadline) -> str:
    facts = [
        f"Said by: {deadline.medium.value}, first on {deadline.first_seen}",
        deadline.said and f"The vendor's words: {deadline.said}",
        deadline.successor and f"What comes after it: {deadline.successor}",
        "" if deadline.agreed else "Sources disagree about the day.",
    ]
    moved = [str(day) for day, _, _, _ in deadline.history if day]
    if len(set(moved)) > 1:
        facts.append("Days told so far: " + ", ".join(dict.fromkeys(moved)))
    return "\n".join(fact for fact in facts if fact)


def _text(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11), without control characters."""
    plain = "".join(c for c in text if c == "\n" or c.isprintable())
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(mark, written)
    return plain


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets a line, never cut within a character (RFC 5545, 3.1)."""
    raw = line.encode("utf-8", "replace")
    start, limit = 0, LONGEST_LINE_OCTETS
    while len(raw) - start > limit:
        end = start + limit
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        yield (" " if start else "") + raw[start:end].decode()
        start, limit = end, LONGEST_LINE_OCTETS - 1
    yield (" " if start else "") + raw[start:].decode()
