"""
Every body comes in a content type that the document names, and parses as it.

Why it matters
    A client parses by the content type. An HTML page where JSON is promised crashes the parser, or
    worse, is taken for an empty result.

How it asks
    It looks at every answer to the valid and invalid requests drawn for an operation.

Limits
    Parameters of the type (``charset``) are not compared. An answer of an undocumented status is
    left to ``contract.status-documented``.
"""

from __future__ import annotations

from verifier.checks.contract import reading
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Observation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    check,
)


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.17 Response Object; RFC 9110, 8.3",
    catches="wrong-media-type",
    inputs=(Validity.VALID, Validity.BROKEN),
)
def media_type_documented(seen: Observation) -> Findings | None:
    read, response = reading(seen), seen.exchange.response
    if read is None or response is None or read.spec is None:
        return None
    kind = response.media_type or "no content type"
    promised = " or ".join(media.type for media in read.spec.media) or "no body"
    if not read.media_ok:
        wrong = f"It answered {response.status} as {kind}; the document promises {promised}."
        signature = f"media-type:{response.status}:{kind}"
        ask = f"Send {promised} as documented, or document {kind}."
    elif read.parse_error:
        wrong = f"The body of its {response.status} is not what its content type says ({kind})."
        signature = f"unparsable:{response.status}:{kind}"
        ask = "Send a body that is what its content type says."
    else:
        return ()
    return (
        Finding(
            says=wrong,
            signature=signature,
            operation=seen.operation.key,
            at=read.spec.at,
            evidence=(seen.exchange.id,),
            expected=promised,
            seen=read.parse_error or kind,
            ask=ask,
            build="Check the content type before parsing, and treat a surprise as a failure.",
        ),
    )


media_type_documented.healthy(Shelf)


@media_type_documented.broken
class Pages(Shelf):
    """Answers reads with a web page."""

    def read(self, request: Request, id: str) -> Response:
        """A page where JSON is promised."""
        return Response(status=200, headers=(("Content-Type", "text/html"),), body=b"<p>item</p>")


@media_type_documented.broken
class Torn(Shelf):
    """Sends half of a JSON document."""

    def list(self, request: Request) -> Response:
        """A body that ends in the middle."""
        return Response(
            status=200, headers=(("Content-Type", "application/json"),), body=b'{"data":['
        )
