"""
A client can say which version of the API it was written for.

Why it matters
    Without a version in the path, a header or the media type, a change reaches every client at
    once, and nobody can stay on what works.

How it asks
    It does not: it looks for a version in paths, servers, parameters and media types.

Limits
    A vendor may promise never to break anything instead; that is a claim, and not seen here.
"""

from __future__ import annotations

from verifier.checks.specimens import document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


@check(
    question=Question.CHANGE,
    severity=Severity.MINOR,
    effect=Effect.NONE,
    source="common practice; Google AIP-185",
)
def version_explicit(contract: Contract) -> Findings:
    if contract.convention("versioning"):
        return ()
    return (
        Finding(
            says="No version can be seen in the paths, headers or media types.",
            signature="no-version",
            expected="a version that a client names",
            seen="none",
            level=Level.WARNING,
            ask="How does a client stay on the version that it was written for?",
            build="Watch the document for changes, since nothing else will announce them.",
        ),
    )


version_explicit.healthy(document=document(servers=[{"url": "https://api.example.com/v1"}]))
version_explicit.broken(document=document())
