"""GraphQL ``extensions``, as monday.com and Shopify fill them: warnings about what is given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.prose import read
from verifier.lifecycle.signs import Examples
from verifier.model import Signal

__all__ = ["EXAMPLES", "body"]

MOST = 20


def body(value: Any) -> Iterator[Signal]:
    """The messages of warnings that speak of an end."""
    found = value.get("extensions") if isinstance(value, Mapping) else None
    warnings = found.get("warnings") if isinstance(found, Mapping) else None
    for warning in warnings[:MOST] if isinstance(warnings, list) else ():
        message = warning.get("message") if isinstance(warning, Mapping) else warning
        if isinstance(message, str):
            yield from read(message)


EXAMPLES: Examples = (
    (
        "body",
        {"data": {}, "extensions": {"warnings": [{"message": "'a' is deprecated, use 'b'"}]}},
        [("deprecated", None)],
    ),
    ("body", {"extensions": {"cost": 1}}, []),
)
