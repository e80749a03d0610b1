"""
An announced end is noticed.

Why it matters: the day comes, and then it is an outage that everybody could have known of.
How it is seen: answers carry Deprecation and Sunset; a line of the program's names either, or an
alert is raised.
Limits: not to be seen on the wire: a program that tells its operators elsewhere shows nothing. So
it is information.
"""

from __future__ import annotations

import re

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["deprecation_noticed"]

WORDS = re.compile(r"deprecat|sunset", re.IGNORECASE)


@judged(severity=Severity.NOTE, source="RFC 9745, 2; RFC 8594, 3")
def deprecation_noticed(seen: Performance) -> Word:
    """Look through what it said."""
    said = next((line for run in seen.runs for line in run.lines if WORDS.search(line)), "")
    if said:
        return held(f"It said: {said[:120]}")
    if seen.first.alerts:
        return held(f"It called for a human: {seen.first.alerts[0]}.")
    return broken("It said nothing of the announced end.", "A line in its log, or an alert.")
