"""What each kind of news means, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["KINDS", "Kind"]


class Kind(NamedTuple):
    """When it is told, once each, and what its reader does."""

    when: str
    act: str


_ENDS = "Move what uses it off before the day; the page and the calendar have it, too."
KINDS: Mapping[str, Kind] = {
    "brownout": Kind(
        "It worked, refused in two or more bursts within 30 days of its end, and worked again.",
        "The vendor is showing who still uses it: move off it now.",
    ),
    "certificate-untrusted": Kind(
        "The API's server shows a certificate that is not trusted; once for each reason.",
        "Ask the vendor; do not switch verification off.",
    ),
    "could-not-check": Kind(
        "A new document is empty or lost most of its operations, or our copy of the one before was"
        " lost. It is never taken for no changes.",
        "Look at the document. If it is right: verifier watch --accept NAME.",
    ),
    "deadline-dropped": Kind("A day that was named is named no more.", "Ask the vendor."),
    "deadline-earlier": Kind("An end was moved to an earlier day.", _ENDS),
    "deadline-later": Kind("An end was moved to a later day.", _ENDS),
    "deadline-named": Kind("A day on which something ends was named.", _ENDS),
    "deadline-near": Kind(
        "An end comes near: 90, 30, 7 and 1 days before it, a certificate's 14, 7 and 1. Who slept"
        " through one hears of the nearest only.",
        _ENDS,
    ),
    "deadline-passed": Kind(
        "The day has passed, and it is still published, or still answers.",
        "It may stop at any time: move off it.",
    ),
    "deadline-withdrawn": Kind("Nobody says any more that it ends.", "Ask whether it stays."),
    "deprecated": Kind(
        "Something was marked as given up, without a day on which it ends.",
        "Ask until when it works, and what comes after it.",
    ),
    "document-changed": Kind(
        "A new edition of the document has changes that are as severe as the vendor's `least`.",
        "verifier diff shows all of them, with places, reasons and examples.",
    ),
    "drift": Kind(
        "Live answers hold what the document denies, or what neither it nor twenty earlier answers"
        " had: values, fields, types, formats. The first day and the counts say how often.",
        "Read answers so that it does no harm, and ask the vendor since when it holds.",
    ),
    "ended": Kind(
        "What was to end is gone from the document, on its day or before.",
        "Nothing where nothing uses it; that it went early is told as a break of the document.",
    ),
    "ended-early": Kind(
        "It worked, and its last three answers were 410 or 404, before its day or without one.",
        "Find out what used it, and ask the vendor.",
    ),
    "no-news": Kind(
        "Nothing happened for a week (`heartbeat`).",
        "Nothing; if it does not come either, the watcher is dead.",
    ),
    "recovered": Kind("What could not be had twice in a row can be had again.", "Nothing."),
    "trial": Kind("Somebody called verifier watch --try-channels.", "Nothing."),
    "unreachable": Kind(
        "The document, the API or a calendar could not be had twice in a row.",
        "Wait, or mend the address or the credential; the text says what failed.",
    ),
    "version-echo": Kind(
        "Another version answered than was asked for: the one asked for is no longer served.",
        "Move to a version that is served, on purpose.",
    ),
}
