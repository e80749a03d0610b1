"""
A request that is broken in one way is refused.

Why it matters
    What is accepted without a look is stored without a look. The mistake surfaces weeks later in
    another system, and the request that caused it has long been answered with "success".

How it asks
    Requests that are broken in exactly one named way: something required is missing, a type, range,
    length, format or enum is wrong, JSON is malformed, the media type is not accepted. Each was
    checked to be invalid. Any 2xx is reported.

Limits
    Members that the document forbids by ``additionalProperties: false`` and media types are a
    warning, since many vendors ignore them on purpose. A path that differs from another in its
    variable's name alone is not judged by that variable: it may be meant for the other one. Needs
    permission to write.
"""

from __future__ import annotations

import re

from verifier.checks.specimens import Shelf
from verifier.checks.websites import is_web_page
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Observation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    Vendor,
    check,
)

VARIABLE = re.compile(r"\{[^{}]*\}")
# Nothing where something optional may stand is hardly ever taken for something else.
NOTHING = "null-not-allowed"
LENIENT = ("extra-property", "wrong-media-type")


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.10 Operation Object; RFC 9110, 15.5.1 and 15.5.16",
    catches="accepts-invalid",
    inputs=(Validity.BROKEN,),
)
def invalid_input_refused(seen: Observation, vendor: Vendor) -> Findings | None:
    if not seen.exchange.succeeded:
        return () if 400 <= seen.exchange.status < 500 else None
    if is_web_page(seen.operation, seen.exchange):
        return None
    if _is_meant_for_a_twin(seen, vendor):
        return ()
    lenient = seen.case.aspect.startswith(LENIENT)
    wanted = "415" if seen.case.aspect.startswith("wrong-media-type") else "a 4xx"
    return (
        Finding(
            says=f"It answered {seen.exchange.status} to a request that its document forbids "
            f"({seen.case.says}).",
            signature=f"accepted:{seen.case.aspect}",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected=wanted,
            seen=f"{seen.exchange.status} to: {seen.case.says}",
            level=Level.WARNING if lenient else Level.FAIL,
            severity=Severity.MINOR if lenient or seen.case.aspect.startswith(NOTHING) else None,
            ask="Refuse it with a 4xx that names the field.",
            build="Validate before sending; an accepted request is not proof of a right one.",
        ),
    )


def _is_meant_for_a_twin(seen: Observation, vendor: Vendor) -> bool:
    """Whether what breaks a path fits one that differs in its variable's name alone."""
    if ":path/" not in seen.case.aspect:
        return False
    method, _, path = seen.operation.key.partition(" ")
    shape = VARIABLE.sub("{}", path)
    return any(
        other.method == method and other.path != path and VARIABLE.sub("{}", other.path) == shape
        for other in vendor.contract.operations
    )


invalid_input_refused.healthy(Shelf)


@invalid_input_refused.broken
class Swallows(Shelf):
    """Takes anything."""

    def create(self, request: Request) -> Response:
        """Store whatever came."""
        self.count += 1
        item = {"id": f"it_{self.count}", "name": "?", "created_at": "2026-01-01T00:00:00Z"}
        self.items[str(item["id"])] = item
        return self.json(201, item)
