"""A directed mock of the sample vendor, and clients of it."""

from __future__ import annotations

import httpx

import verifier
from tests.places import ROOT

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"
NEW = {"name": "Ada", "email": "ada@example.com"}
START = 1_800_000_000.0
# No test waits so long: it is how long a machine that does other things may take.
PATIENCE_SECONDS = 30.0


def client_of(mock, as_="full", *, transport=None, **more):
    """An httpx client that knows a principal's token."""
    token = mock.secrets[as_]["token"]
    where = "http://mock.test" if transport is not None else mock.url
    given = {"timeout": PATIENCE_SECONDS, **more}
    return httpx.Client(
        base_url=where, headers={"Authorization": f"Bearer {token}"}, transport=transport, **given
    )


def in_process(mock, as_="full", **more):
    """A client without a socket, whose waits take no time."""
    return client_of(mock, as_, transport=mock.transport(instant=True), **more)


def frozen(contract, **more):
    """A mock whose clock stands still, and which does not mind unconsumed scripts."""
    return verifier.mock(contract, start=START, frozen=True, **{"strict": False, **more})
