"""
Every record ends in exactly one of three places: done, rejected, or kept for a human.

Why it matters: what is in none is lost, what is in two is done twice by somebody.
How it is seen: by the vendor's state and the program's own files (`expect: rejected`, `kept`),
after odd records were added to its own; the totals must add up.
Limits: without those files an undone record must at least raise an alert.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["records_accounted"]


@judged(severity=Severity.BLOCKER, source="the integration's own file")
def records_accounted(seen: Performance) -> Word:
    """Find each record's place."""
    outcome, expect = seen.outcome, seen.integration.expect
    last = seen.runs[-1]
    if not outcome.done:
        return idle("no effect belongs to a record")
    counts = {order.key: 0 for order in seen.orders}
    for key in counts:
        counts[key] += any(each[key] for each in outcome.done.values())
        counts[key] += bool(last.rejected.get(key)) + bool(last.kept.get(key))
    held_up = [key for key in seen.take.facts.get("plain", ()) if counts.get(key) == 0]
    if held_up:
        says = f"An odd record held up {len(held_up)} good ones, such as {held_up[0]}"
        return broken(f"{says}; its last words: {last.words}.", "The odd one is put aside.")
    lost = [key for key, number in counts.items() if number == 0]
    twice = [key for key, number in counts.items() if number > 1]
    total = len(counts)
    if lost and (expect.rejected or expect.kept or not last.alerts):
        words = f"; its last words: {last.words}" if last.words else ""
        says = f"{len(lost)} of {total} records are nowhere, such as {lost[0]}{words}."
        return broken(says, "Done, rejected, or kept for a human.")
    if twice:
        says = f"{len(twice)} of {total} records are in two places, such as {twice[0]}."
        return broken(says, "In exactly one.")
    done = sum(any(each[key] for each in outcome.done.values()) for key in counts)
    aside = "known by an alert alone" if lost else "put aside"
    return held(f"{total} records: {done} done, {total - done} {aside}.")
