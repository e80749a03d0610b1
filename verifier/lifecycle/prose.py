"""What sentences say of an end: little trusted, and shown as a claim to be confirmed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from verifier.lifecycle.dates import days_in
from verifier.lifecycle.signs import deprecated, ends, short
from verifier.model import Confidence, Signal

__all__ = ["read"]

LONGEST_TEXT = 4000
# Few texts hold one of these, and to look for them takes a tenth of the time.
STEMS = (
    "deprecat",
    "sunset",
    "will be ",
    "end of",
    "end-of",
    "retire",
    "closing down",
    "decommission",
    "no longer ",
)
QUICK = re.compile(
    r"deprecat|sunset|will be (?:removed|retired|shut|discontinued|turned off)|end[- ]of[- ](?:life"
    r"|support)|retire[sd]|closing down|decommission|no longer (?:be )?(?:available|supported)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://[^\s)>\]]+")
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]+)*")
GIVEN_UP = re.compile(
    r"^\W*deprecated\b|[\[(]deprecated[\])]|\b(?:is|are|has been|have been|was|been|now) "
    r"(?:now )?deprecated\b|deprecation notice|closing down"
    r"|\bdeprecated (?:since|as of|in|on|and)\b",
    re.IGNORECASE,
)
STOPS = re.compile(
    r"\b(?:will be|to be|be|is being|gets?|are being) (?:fully |permanently )?"
    r"(?:removed|retired|shut ?down|discontinued|turned off|sunset|decommissioned|deleted)\b"
    r"|\bsunset(?:s|ting)?\b(?! times?\b)"
    r"|\bend[- ]of[- ](?:life|support)\b|\bretire[sd] (?:on|in|by)\b"
    r"|\bno longer (?:be )?(?:available|supported|work)\b|\bstops? working\b",
    re.IGNORECASE,
)
VERSION = re.compile(r"\bversions? v?\d{4}-\d{2}-\d{2}", re.IGNORECASE)
SINCE = re.compile(r"\b(?:since|as of) [^,;]*", re.IGNORECASE)
INSTEAD = re.compile(
    r"(?:\buse|\breplaced (?:by|with)|\bmigrat\w+ to|\bin favou?r of)\s+(?:the )?"
    r"[`'\"\[]?([\w/.{}:-]{2,80})",
    re.IGNORECASE,
)


def read(text: str) -> Iterator[Signal]:
    """At most one word that it is given up, and one day on which it stops."""
    plain = text[:LONGEST_TEXT].lower()
    if not any(stem in plain for stem in STEMS):
        return
    text = ADDRESS.sub(" ", text[:LONGEST_TEXT])
    if not QUICK.search(text):
        return
    given_up = stops = False
    for match in SENTENCE.finditer(text):
        sentence = match[0].strip()
        if not given_up and GIVEN_UP.search(sentence):
            given_up, successor = True, _successor(text)
            yield deprecated(said=sentence, successor=successor, confidence=Confidence.LOW)
        day = None if stops else _stopping(sentence)
        if day is not None:
            stops = True
            yield ends(day, said=short(sentence), confidence=Confidence.LOW)


def _stopping(sentence: str) -> datetime.date | None:
    """
    The day on which a sentence says that something stops: the one after those words, else before.

    "Deprecated since 2024-05-01, will be removed on 2027-05-01" names two, and so does "version
    2024-01-01 will be removed in June 2027".
    """
    plain = VERSION.sub(" ", sentence)
    found = list(STOPS.finditer(plain))
    if not found:
        return None
    after = next(days_in(plain[found[0].end() :]), None)
    return after or next(days_in(SINCE.sub(" ", plain[: found[-1].start()])), None)


def _successor(text: str) -> str:
    found = INSTEAD.search(text)
    return found[1].rstrip(".") if found else ""
