"""
The program's credential can do no more than the program does.

Why it matters: what is not needed only serves whoever steals the key.
How it is seen: the scopes of the operations that it asked for while all was well, against the
scopes that its principal holds.
Limits: an operation that it needs once a year is not seen. Where the document names no scopes for
an operation, or the file no scopes for a principal, nothing is said.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["least_privilege"]


@judged(severity=Severity.MINOR, source="RFC 9700, 2.3")
def least_privilege(seen: Performance) -> Word:
    """Hold what was used against what is held."""
    used: dict[str, set[str]] = {}
    for entry in seen.entries:
        if entry.client in seen.scopes:
            used.setdefault(entry.client, set()).update(seen.needed.get(entry.operation, ()))
    if not any(used.values()):
        return idle("no scopes are known of what it asked for, or of what it holds")
    for client, scopes in used.items():
        spare = sorted(seen.scopes[client] - scopes)
        if spare:
            says = f"'{client}' holds {', '.join(spare)}, and never needed it."
            return broken(says, f"It holds {', '.join(sorted(scopes))}, and nothing else.")
    told = ", ".join(sorted(set().union(*used.values())))
    return held(f"It holds what it uses: {told}.")
