"""
No credential has to be put into an address.

Why it matters
    Addresses end up in logs, in browser histories and in the Referer of the next page, and so does
    a key that is part of one.

How it asks
    It does not: it reads how the document wants keys to be carried.

Limits
    Whether the vendor also accepts a key in the address when its document asks for a header is not
    tried yet.
"""

from __future__ import annotations

from verifier.checks.specimens import ITEMS, document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


def _has_schemes(contract: Contract) -> str:
    return "" if contract.schemes else "the document describes no credentials"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.NONE,
    source="RFC 6750, 2.3; RFC 9700, 4.3.2",
    applies=_has_schemes,
)
def credential_not_in_url(contract: Contract) -> Findings:
    in_url = [s for s in contract.schemes.values() if s.type == "apiKey" and s.location == "query"]
    return tuple(
        Finding(
            says=f"The key '{scheme.parameter}' is carried in the address (scheme {scheme.name}).",
            signature=f"key-in-query:{scheme.name}",
            at=scheme.at,
            expected="a header",
            seen=f"?{scheme.parameter}=…",
            level=Level.FAIL if len(in_url) == len(contract.schemes) else Level.WARNING,
            ask="Accept the key in a header, and document that way.",
            build="Keep addresses out of logs, or take this parameter out of them.",
        )
        for scheme in in_url
    )


credential_not_in_url.healthy(document=document())
credential_not_in_url.broken(
    document={
        **ITEMS,
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "api_key"}}
        },
    }
)
