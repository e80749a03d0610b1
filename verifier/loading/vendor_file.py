"""The declaration of vendor.yaml: what may stand in it, and what each line is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from verifier.loading.declaration import (
    Anything,
    Choice,
    Flag,
    Items,
    MapOf,
    Maybe,
    Member,
    Number,
    Record,
    Secret,
    Text,
    Variants,
)

__all__ = ["VENDOR", "vendor_schema"]

ADDRESS = r"https?://[^\s/@?#]+[^\s@?#]*"
SECRET_HEADER = re.compile(
    r"authorization|cookie|password|passwd|secret|token|api[-_]?key|access[-_]?key|signature",
    re.IGNORECASE,
)


def _carries_a_secret(name: str) -> str:
    return f"the header '{name}' carries a secret" if SECRET_HEADER.search(name) else ""


HEADERS = MapOf(kind=Text(), forbids=_carries_a_secret)
ADDRESS_TEXT = Text(pattern=ADDRESS, wants="an address such as https://api.example.com/v1")


def _principal(secrets: Mapping[str, str]) -> Record:
    own = {name: Member(kind=Secret(), says=says, required=True) for name, says in secrets.items()}
    return Record({**own, **_HELD})


_HELD = {
    "scopes": Member(
        kind=Items(Text()), says="The scopes that it holds. Leave out if you do not know them."
    ),
    "tenant": Member(kind=Text(), says="Principals of one tenant see the same data."),
    "headers": Member(kind=HEADERS, says="Headers sent with each of its requests; no secrets."),
    **{
        name: Member(kind=Secret(), says=f"Reference to a token or key of its own that {how}.")
        for name, how in (("expired", "has expired"), ("revoked", "was revoked"))
    },
}
_TOKEN_URL = {
    "token_url": Member(
        kind=ADDRESS_TEXT,
        says="Where tokens come from. Needed unless the document names one on base_url's host.",
    ),
}
_CLIENT = {
    "client_id": "Reference to the client's id.",
    "client_secret": "Reference to the client's secret.",
}

PRINCIPALS = {
    "bearer": _principal({"token": "Reference to the token sent as 'Authorization: Bearer'."}),
    "api-key": Record(
        {
            **_principal({"key": "Reference to the key."}).members,
            "location": Member(
                kind=Choice(("header", "query", "cookie")),
                says="Where the key goes; the document's scheme says so if you do not.",
            ),
            "parameter": Member(
                kind=Text(), says="The header's, parameter's or cookie's name; likewise."
            ),
        }
    ),
    "basic": _principal(
        {"username": "Reference to the user name.", "password": "Reference to the password."}
    ),
    "oauth2-client-credentials": Record({**_principal(_CLIENT).members, **_TOKEN_URL}),
    "oauth2-refresh": Record(
        {
            **_principal({**_CLIENT, "refresh_token": "Reference to the refresh token."}).members,
            **_TOKEN_URL,
        }
    ),
}

_KEY = Text()
RESOURCE = Record(
    {
        "collection": Member(kind=_KEY, says="Path template of the collection."),
        "item": Member(kind=_KEY, says="Path template of one item."),
        **{
            name: Member(kind=_KEY, says=f"The operation that {says}: 'METHOD /path', or its id.")
            for name, says in (
                ("create", "creates one"),
                ("read", "reads one"),
                ("list", "lists them"),
                ("update", "changes some fields of one"),
                ("replace", "replaces one as a whole"),
                ("delete", "deletes one"),
                ("search", "searches them"),
            )
        },
        "actions": Member(kind=Items(_KEY), says="Operations that do something to one."),
        "id_field": Member(kind=Text(), says="Member of an item that holds its id."),
        "id_parameter": Member(kind=Text(), says="Path parameter that takes the id."),
        "parent": Member(kind=Text(), says="The resource that contains it."),
        "envelope": Member(kind=Text(), says="Member of an answer that wraps one item."),
        "list_member": Member(kind=Text(), says="Member of a list answer that holds the items."),
        "references": Member(
            kind=MapOf(kind=Text()), says="Field to the resource whose id it holds."
        ),
    }
)
CONVENTION = Record(
    {
        "style": Member(kind=Text(), says="The variant, such as cursor.", required=True),
        "operations": Member(kind=Items(_KEY), says="Where it holds; all operations if left out."),
        "detail": Member(
            kind=MapOf(kind=Anything()), says="What one needs to use it, such as names."
        ),
    }
)

VENDOR = Record(
    {
        "document": Member(
            kind=Text(), says="The OpenAPI document: path beside this file, or address."
        ),
        "name": Member(kind=Text(), says="Short name; the folder's if left out."),
        "base_url": Member(
            kind=ADDRESS_TEXT, says="Where the API answers. Without it nothing is asked."
        ),
        "environment": Member(
            kind=Choice(("sandbox", "production")),
            says="What stands behind base_url. Production is only read, whatever else is said.",
        ),
        "allow_writes": Member(
            kind=Flag(), says="Whether things may be created and changed at this base_url."
        ),
        "allow_bursts": Member(
            kind=Flag(), says="Whether limits may be provoked at this base_url."
        ),
        "webhooks": Member(
            kind=Record(
                {
                    "public_url": Member(
                        kind=ADDRESS_TEXT, says="An address that leads to us, through a tunnel say."
                    ),
                    "host": Member(kind=Text(), says="Where we listen; 127.0.0.1 if left out."),
                    "port": Member(
                        kind=Number(least=0, whole=True), says="Where we listen; 0 takes any."
                    ),
                    "certificate": Member(kind=Text(), says="PEM file to serve https with."),
                    "key": Member(kind=Text(), says="PEM file with its key."),
                    "secret": Member(
                        kind=Secret(), says="Reference to what deliveries are signed with."
                    ),
                    "registered": Member(
                        kind=Flag(), says="Whether public_url itself was registered by hand."
                    ),
                    "delivery_seconds": Member(
                        kind=Number(least=0), says="How long the vendor takes to deliver, at most."
                    ),
                    "retry_seconds": Member(
                        kind=Number(least=0),
                        says="How long it takes to try again what we refused, at most.",
                    ),
                }
            ),
            says="How the vendor reaches us to deliver events.",
        ),
        "principals": Member(
            kind=MapOf(
                kind=Variants(tag="kind", says="how it shows who it is", records=PRINCIPALS)
            ),
            says="The credentials that we hold; the first is used where a check does not choose.",
        ),
        "limits": Member(
            kind=Record(
                {
                    "requests": Member(
                        kind=Number(least=1, whole=True), says="The most requests of one run."
                    ),
                    "per_second": Member(
                        kind=Number(least=0), says="Requests a second; 0 is unlimited."
                    ),
                    "concurrency": Member(
                        kind=Number(least=1, whole=True), says="The most requests in flight."
                    ),
                    "timeout_seconds": Member(
                        kind=Number(least=0, above=True), says="How long to wait for an answer."
                    ),
                    "minutes": Member(
                        kind=Number(least=0, above=True), says="The longest that a run asks on."
                    ),
                }
            ),
            says="What we allow ourselves.",
        ),
        "headers": Member(kind=HEADERS, says="Headers sent with every request; no secrets."),
        "fixtures": Member(
            kind=MapOf(kind=Anything()),
            says="Known data: parameter or resource name to an id, operation to a body.",
        ),
        "may_change": Member(
            kind=Items(Text()),
            says="Fixtures that may be changed, and operations that change many at once.",
        ),
        "overlays": Member(
            kind=Items(Text()), says="OpenAPI overlays for the document, applied in order."
        ),
        "pinned": Member(
            kind=Text(),
            says="An earlier document to compare with: path beside this file, or address.",
        ),
        "resources": Member(
            kind=MapOf(kind=Maybe(RESOURCE)),
            says="Corrects what was inferred; null says that there is no such resource.",
        ),
        "conventions": Member(
            kind=MapOf(kind=Maybe(CONVENTION)),
            says="Corrects what was recognised; null says that there is no such convention.",
        ),
    }
)


def vendor_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of vendor.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vendor.yaml",
        "description": "Who is evaluated, where it answers, and which credentials we hold.",
        **VENDOR.schema(),
    }
