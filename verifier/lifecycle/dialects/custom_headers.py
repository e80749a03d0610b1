"""
Headers of vendors' own: PayPal, Zapier, Clearbit, IBM, Shopify, Azure.

    PayPal-Deprecated, Deprecated              a mark, sometimes with a day
    X-API-Deprecation-Date, -Info              a day, and words (Zapier)
    X-API-Warn                                 words (Clearbit)
    X-Shopify-API-Deprecated-Reason            an address
    azure-deprecating                          ``text (date) (url);...``
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verifier.lifecycle.prose import read
from verifier.lifecycle.signs import Examples, deprecated, ends, first
from verifier.model import Signal

__all__ = ["EXAMPLES", "headers"]

MARKS = ("paypal-deprecated", "deprecated", "x-deprecated", "x-api-deprecated")
AZURE = re.compile(r"([^;()]+)\(([^)]*)\)(?:\s*\(([^)]*)\))?")


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """Whatever of them is sent."""
    for name in MARKS:
        for value in found.get(name, ()):
            if value.strip().lower() not in ("false", "0", ""):
                plain = value.strip().lower() in ("true", "1")
                yield deprecated(None if plain else value, said=f"{name}: {value}")
    dates = found.get("x-api-deprecation-date", [])
    info = first(found.get("x-api-deprecation-info", []))
    if dates or info:
        yield deprecated(first(dates) or None, said=info)
    for value in found.get("x-api-warn", ()):
        yield from read(value)
    for value in found.get("x-shopify-api-deprecated-reason", ()):
        yield deprecated(link=value, said="X-Shopify-API-Deprecated-Reason")
    for value in found.get("azure-deprecating", ()):
        for match in AZURE.finditer(value[:4000]):
            yield ends(match[2], said=match[1], link=match[3] or "")


EXAMPLES: Examples = (
    ("headers", {"paypal-deprecated": ["true"]}, [("deprecated", None)]),
    (
        "headers",
        {"x-api-deprecation-date": ["2027-01-31"], "x-api-deprecation-info": ["use /v2"]},
        [("deprecated", "2027-01-31")],
    ),
    ("headers", {"x-api-warn": ["This endpoint is deprecated"]}, [("deprecated", None)]),
    (
        "headers",
        {"x-shopify-api-deprecated-reason": ["https://shopify.dev/x"]},
        [("deprecated", None)],
    ),
    (
        "headers",
        {"azure-deprecating": ["VM images (2027-06-01) (https://a.test);Disks (2028-01-01)"]},
        [("ends", "2027-06-01"), ("ends", "2028-01-01")],
    ),
    ("headers", {"content-type": ["text/html"]}, []),
)
