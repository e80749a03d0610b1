"""The declaration of mock.yaml: what may stand in it, and what each line is for."""

from __future__ import annotations

from typing import Any

from verifier.loading.declaration import (
    Anything,
    Choice,
    Flag,
    Items,
    MapOf,
    Member,
    Number,
    Record,
    Text,
)

__all__ = ["MOCK", "mock_schema"]

OPERATION = "'METHOD /path', or its operationId"
_WHOM = Items(Choice(("principal", "tenant", "operation")))
_STATUS = Number(least=200, whole=True)

LIMIT = Record(
    {
        "name": Member(kind=Text(), says="What the policy is called in headers."),
        "quota": Member(kind=Number(least=1, whole=True), says="Units in a window.", required=True),
        "window_seconds": Member(
            kind=Number(least=0, above=True),
            says="Seconds until they are given back.",
            required=True,
        ),
        "kind": Member(
            kind=Choice(("window", "bucket")),
            says="Given back all at once when a window ends, or little by little.",
        ),
        "per": Member(kind=_WHOM, says="Whose they are; of all together if empty."),
        "costs": Member(
            kind=MapOf(kind=Number(least=0, whole=True)),
            says=f"Operation ({OPERATION}) to the units that it costs; others cost one.",
        ),
        "operations": Member(
            kind=Items(Text()), says=f"What it counts ({OPERATION}); everything if left out."
        ),
    }
)
IDEMPOTENCY = Record(
    {
        "carrier": Member(kind=Choice(("header", "query", "body")), says="Where the key is."),
        "name": Member(kind=Text(), says="Its name there."),
        "methods": Member(
            kind=Items(Text()), says="Which methods take one, where the document does not say."
        ),
        "required": Member(kind=Flag(), says="Whether a request without one is refused (400)."),
        "longest": Member(kind=Number(least=1, whole=True), says="Characters that it may have."),
        "scope": Member(kind=_WHOM, says="Within what it is unique."),
        "lifetime_seconds": Member(
            kind=Number(least=0), says="How long it is remembered; 0 is for ever."
        ),
        "stored": Member(
            kind=Choice(("executed", "success", "not-429-5xx", "not-4xx")),
            says="Which first answers are given again.",
        ),
        "mismatch": Member(
            kind=Choice(("refuse", "replay")), says="What another request under a key gets."
        ),
        "mismatch_status": Member(kind=_STATUS, says="How that is refused."),
        "mismatch_code": Member(kind=Text(), says="The error's code."),
        "in_flight": Member(
            kind=Choice(("refuse", "wait")), says="What a request gets while the first is going on."
        ),
        "in_flight_status": Member(kind=_STATUS, says="How that is refused."),
        "in_flight_code": Member(kind=Text(), says="The error's code."),
        "marker": Member(
            kind=Text(), says="Header of a repeated answer, such as 'Idempotent-Replayed: true'."
        ),
        "marked": Member(kind=Choice(("replays", "all")), says="Which answers carry it."),
        "replay_status": Member(
            kind=Number(least=0, whole=True), says="Status of a repeated success; 0 is the first's."
        ),
    }
)
WEBHOOKS = Record(
    {
        "signature": Member(
            kind=Choice(("standard", "stripe", "github", "shopify", "hmac-sha256", "none")),
            says="How they are signed; as the document shows it if left out.",
        ),
        "header": Member(kind=Text(), says="The signature's header."),
        "secret": Member(kind=Text(), says="What they are signed with; made up if left out."),
        "schedule_seconds": Member(
            kind=Items(Number(least=0)),
            says="The wait before each attempt: after the event, then after the one before.",
        ),
        "jitter": Member(kind=Number(least=0), says="By what share a wait is lengthened at most."),
        "timeout_seconds": Member(
            kind=Number(least=0, above=True), says="How long a receiver may take."
        ),
        "hosts": Member(
            kind=Items(Text()), says="Hosts beside this machine that events are sent to."
        ),
        "endpoints": Member(
            kind=Items(
                Record(
                    {
                        "url": Member(kind=Text(), says="Where events are sent.", required=True),
                        "events": Member(kind=Items(Text()), says="Which; all if left out."),
                        "secret": Member(kind=Text(), says="What they are signed with."),
                        "tenant": Member(kind=Text(), says="Whose; everybody's if left out."),
                    }
                )
            ),
            says="Receivers that need no subscription.",
        ),
    }
)
SEED = Record(
    {
        "value": Member(
            kind=MapOf(kind=Anything()), says="Members of the thing; the others are made up."
        ),
        "path": Member(kind=MapOf(kind=Text()), says="Variables of its path, but for its own id."),
        "tenant": Member(kind=Text(), says="Whose it is; everybody's if left out."),
    }
)
RULE = Record(
    {
        "status": Member(kind=_STATUS, says="What valid requests are answered with."),
        "headers": Member(kind=MapOf(kind=Text()), says="Headers of that answer."),
        "body": Member(kind=Anything(), says="Its body, as JSON."),
        "takes_seconds": Member(kind=Number(least=0), says="How long dealing with one takes."),
    }
)
MOCK = Record(
    {
        "like": Member(kind=Text(), says="A well-known vendor whose habits it has."),
        "idempotency": Member(kind=IDEMPOTENCY, says="How it takes idempotency keys."),
        "limits": Member(kind=Items(LIMIT), says="How often callers may ask."),
        "known_limits": Member(
            kind=Flag(), says="Whether the limits of the well-known vendor hold."
        ),
        "limit_headers": Member(
            kind=Items(Text()), says="Dialects in which limits are told, such as draft-11."
        ),
        "limited_status": Member(kind=_STATUS, says="Status of what is over a limit; 429."),
        "webhooks": Member(kind=WEBHOOKS, says="How it tells of events."),
        "token_seconds": Member(
            kind=Number(least=0, above=True), says="How long an OAuth 2 token is good."
        ),
        "any_form": Member(
            kind=Flag(),
            says="Whether GET or POST, and a query, a form or JSON, are one to it.",
        ),
        "seeds": Member(
            kind=MapOf(kind=Items(SEED)),
            says="Resource to the things that are there from the beginning.",
        ),
        "made_up": Member(
            kind=Number(least=0, whole=True),
            says="How many things are made up where nobody can make any; 3.",
        ),
        "operations": Member(
            kind=MapOf(kind=RULE),
            says=f"Operation ({OPERATION}) to how it behaves, whatever the document says.",
        ),
    }
)


def mock_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of mock.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mock.yaml",
        "description": "How the mock of a vendor behaves where its document leaves it open.",
        **MOCK.schema(),
    }
