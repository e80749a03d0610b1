"""
A refusal of invalid input says what was wrong with which member.

Why it matters
    "Invalid request" sends an engineer through forty fields with a debugger. The name of one turns
    an afternoon into a minute, and lets our own software show the mistake to whoever can mend it.

How it asks
    It reads the refusals of requests that were broken in one member or parameter on purpose, and
    looks for its name in the answer.

Limits
    The name may stand anywhere in the answer, in a pointer or in a sentence; that of another member
    counts, too, for what is wrong first is often told alone. So does a value that is repeated.
    Bodies that are not what they say they are (malformed, of another type) have no member to be
    named.
"""

from __future__ import annotations

import re

from verifier.checks.gist import quotes
from verifier.checks.members import body_members
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Observation,
    Operation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    Vendor,
    check,
)

# What an error calls its own members says nothing of ours.
KEY = re.compile(r'"[^"]*"\s*:')
REFUSED = frozenset({400, 422})
LONGEST_BODY = 100_000


@check(
    question=Question.FAILURE,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="RFC 9457, 3 (errors with pointers); the document's own error schema",
    catches="error-names-nothing",
    inputs=(Validity.BROKEN,),
)
def errors_name_the_field(seen: Observation, vendor: Vendor) -> Findings | None:
    response = seen.exchange.response
    name = _broken(seen.case.aspect)
    if response is None or response.status not in REFUSED or not name:
        return None
    told = response.text[:LONGEST_BODY]
    if _plain(name) in _plain(told) or _names_another(seen.operation, told):
        return ()
    if quotes(seen.exchange):
        return ()
    shape = vendor.contract.convention("errors")
    promised = shape is not None and bool(shape.detail.get("fields"))
    return (
        Finding(
            says="A refusal of invalid input does not say which member was wrong.",
            signature="field-not-named",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected=f"'{name}' in the answer ({seen.case.says})",
            seen=response.text[:120],
            level=Level.FAIL if promised else Level.WARNING,
            ask="Point at every member that is wrong, with a pointer and a code.",
            build="Validate against the document before sending, and log the whole request.",
        ),
    )


def _broken(aspect: str) -> str:
    """The last name of the place that was broken; empty where it is the whole body."""
    kind, _, place = aspect.partition(":")
    if kind == "extra-property" or not place.startswith(("body", "query")):
        return ""
    parts = [part for part in re.split(r"[/.]", place) if part and not part.isdigit()]
    return parts[-1] if len(parts) > 1 and parts[-1] not in ("*", "-") else ""


def _names_another(operation: Operation, told: str) -> bool:
    """Whether another member is pointed at: one fault may well hide another."""
    known = {*body_members(operation), *(p.name for p in operation.parameters)}
    values = KEY.sub("", told)
    return not known.isdisjoint(re.findall(r"[\w-]{3,}", values))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


@errors_name_the_field.healthy
class Precise(Shelf):
    """Names what it was given, and what it lacks."""

    def parse(
        self, request: Request, required: tuple[str, ...] = ()
    ) -> tuple[dict[str, object], Response | None]:
        """All names of the body beside those that are required."""
        given, wrong = super().parse(request, required)
        told = f"{request.body.decode(errors='replace')} {' '.join(required)}"
        return given, wrong and self.problem(wrong.status, f"Something is wrong in {told}")


@errors_name_the_field.healthy
class Quoting(Shelf):
    """Repeats what it does not take, without a name."""

    def parse(
        self, request: Request, required: tuple[str, ...] = ()
    ) -> tuple[dict[str, object], Response | None]:
        """What was given, in quotes."""
        given, wrong = super().parse(request, required)
        values = "".join(f"'{value}'" for value in given.values())
        return given, wrong and self.problem(wrong.status, f"{values} ('name' of 'due', 'note')")


errors_name_the_field.broken(Shelf)
