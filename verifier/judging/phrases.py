"""The parts that sentences of a verdict are made of."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.catalogue import Catalogue
from verifier.model import Finding, Outcome

__all__ = ["Seen", "reach_of", "said", "where"]

LONGEST_SENTENCE = 300
Seen = tuple[Outcome, Finding]


def said(finding: Finding) -> str:
    """A finding's sentence on one line, without its full stop; one that goes on and on is cut."""
    flat = " ".join(finding.says.split())
    return (flat if len(flat) <= LONGEST_SENTENCE else f"{flat[:LONGEST_SENTENCE]}…").rstrip(".")


def where(say: Catalogue, operations: Sequence[str]) -> str:
    """Where something was seen, as the end of a sentence; empty where it is no operation."""
    if not operations:
        return ""
    first, more = operations[0], len(operations) - 1
    return say("where.and", operation=first, n=more) if more else say("where.at", operation=first)


def reach_of(say: Catalogue, seen: Sequence[Seen]) -> str:
    """
    How far the first of these findings reaches, and how many more of its kind there are.

    Empty for one finding about the vendor as a whole: its own sentence says how far it reaches.
    """
    first = seen[0][1].signature
    same = [(outcome, finding) for outcome, finding in seen if finding.signature == first]
    operations = tuple(dict.fromkeys(f.operation for _, f in same if f.operation))
    text = ""
    if len(operations) > 1 or any(outcome.subject for outcome, _ in same):
        text = where(say, operations)
    more = len(seen) - len(same)
    return text + (say("where.kinds", n=more) if more else "")
