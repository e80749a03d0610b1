"""Whether a vendor runs on this machine, where nobody stands on the way."""

from __future__ import annotations

from urllib.parse import urlsplit

from verifier.model import Environment, Vendor

__all__ = ["is_near"]

HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_near(vendor: Vendor) -> str:
    """Why nothing can be said of its connection; empty where something can."""
    if not vendor.live:
        return ""
    mock = vendor.environment is Environment.MOCK
    near = mock or urlsplit(vendor.base_url).hostname in HERE
    return "it runs on this machine, where nobody stands on the way" if near else ""
