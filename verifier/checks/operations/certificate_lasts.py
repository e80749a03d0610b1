"""
The certificate does not end within the next weeks.

Why it matters
    A certificate that ends stops every client at the same second. It is the outage that everybody
    could have known of a year before, and still one of the commonest.

How it asks
    It shakes hands once and reads the end of the certificate.

Limits
    Short-lived certificates that are renewed by a machine are rightly met a few weeks before their
    end: three weeks are a warning, three days a failure. A vendor on this machine is not judged.
"""

from __future__ import annotations

from verifier.checks.near import is_near
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Inspect,
    Level,
    Missing,
    Question,
    Severity,
    TlsFacts,
    Vendor,
    check,
)

SOON_DAYS, NOW_DAYS = 21.0, 3.0


@check(
    question=Question.OPERATIONS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 5280, 4.1.2.5; RFC 9325, 5",
    anonymous=True,
    applies=is_near,
)
def certificate_lasts(vendor: Vendor) -> Flow:
    facts = yield Inspect()
    if not facts.secure:
        yield Missing(reason="it shows no certificate", supply="an address that begins with https")
    left = facts.days_left
    if left >= SOON_DAYS or (not facts.version and not facts.trusted):
        return ()
    over = left < 0
    return (
        Finding(
            says="Its certificate has ended."
            if over
            else f"Its certificate ends in {left:.0f} days.",
            signature="certificate-ends",
            expected=f"an end more than {SOON_DAYS:.0f} days away",
            seen=f"{left:.1f} days",
            level=Level.FAIL if left < NOW_DAYS else Level.WARNING,
            ask="Who renews the certificate, how long before its end, and who notices if not?",
            build="An alert of our own three weeks before the end of the vendor's certificate.",
        ),
    )


class Lasting(Shelf):
    """Was renewed last month."""

    tls = TlsFacts(secure=True, version="TLSv1.3", trusted=True, days_left=60.0)


certificate_lasts.healthy(Lasting)


@certificate_lasts.broken
class Ending(Lasting):
    """Ends the day after tomorrow."""

    tls = TlsFacts(secure=True, version="TLSv1.3", trusted=True, days_left=2.0)


@certificate_lasts.broken
class Ended(Lasting):
    """Ended yesterday, and is not trusted for that."""

    tls = TlsFacts(secure=True, version="TLSv1.3", says="certificate has expired", days_left=-1.0)
