"""
The credential is sent to the vendor's own host alone.

Why it matters: a redirect, or a link in a list, is enough to have it sent to whoever wrote it.
How it is seen: the program is led to another host, by 307 or by the link to the next page; what
comes there has none of its secrets in it.
Limits: one host, over HTTP. What else is in the request, such as an order, is not judged.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["key_stays_home"]


@judged(severity=Severity.MAJOR, source="RFC 9110, 15.4; RFC 9700, 4.9.1")
def key_stays_home(seen: Performance) -> Word:
    """Look for every secret in what came to the stranger."""
    told = b"".join(seen.strangers)
    for name, secret in sorted(seen.secrets.items()):
        if secret.encode() in told:
            says = f"It was led to another host, and sent {name} there."
            return broken(says, "No credential to a host that was not configured.", seen.faulty)
    if not seen.strangers:
        return held("It was led to another host, and did not go.", seen.faulty)
    return held("It went to another host, without its credential.", seen.faulty)
