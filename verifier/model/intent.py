"""A creation of which nobody knows yet whether it took place, and what is found of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from msgspec import Struct

from verifier.model.evidence import Request

__all__ = ["Intent", "Traces"]


class Intent(Struct, frozen=True, kw_only=True):
    """
    A creation, written down before it is sent, until it is known what came of it.

    Args:
        number: Its own in the run.
        resource: Name of what it would create.
        request: As it may be kept: its credential by name.
        created_by: Id of the check that asked for it.
        at: When it was sent, in seconds since the epoch.
        reason: What came instead of an answer that settles it; empty where the run ended first.
        maybe: Where what it created may stand, relative to the base URL.
    """

    number: int
    resource: str
    request: Request
    created_by: str
    at: float
    reason: str = ""
    maybe: tuple[str, ...] = ()

    @property
    def sent(self) -> Mapping[str, Any]:
        """The members of its body, JSON or a form; none where it is neither."""
        body = self.request.body
        try:
            held = orjson.loads(body)
        except orjson.JSONDecodeError:
            return dict(parse_qsl(body.decode("utf-8", "replace")))
        return held if isinstance(held, dict) else {}


class Traces(Struct, frozen=True, kw_only=True):
    """
    Ids of the items that an intent may have created.

    Args:
        ours: They agree with all that was sent, and were created in the moment that it was sent.
        alike: They agree, and nothing shows when they were created.
        whole: Whether all items were looked at: what is missing then does not exist.
    """

    ours: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    whole: bool = False
