"""
The credential is never in an address, and never in what the program says.

Why it matters: addresses stand in the logs of everything between, and logs are read by many.
How it is seen: in every request's target, and in every line of standard output and error.
Limits: log files of the program's own are not read.
"""

from __future__ import annotations

from urllib.parse import quote

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["token_private"]


@judged(severity=Severity.MAJOR, source="RFC 6750, 2.3 and 5.3; RFC 9700, 4.3.2")
def token_private(seen: Performance) -> Word:
    """Look for every secret of the take."""
    for entry in seen.entries:
        for name, secret in seen.secrets.items():
            if secret in entry.target or quote(secret) in entry.target:
                says = f"{name} stood in the address of a request ({entry.method} {entry.path})."
                return broken(says, "It is sent in a header.", (entry,))
    leaked = sorted({name for run in seen.runs for name in run.leaked})
    if leaked:
        return broken(f"It said {leaked[0]}, where everybody can read it.", "It says no secret.")
    if not seen.entries:
        return idle("it asked the vendor nothing")
    return held("No secret stood in an address or in what it said.")
