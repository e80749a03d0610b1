"""The address of an API, as somebody types it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from verifier.errors import UsageError

__all__ = ["parse_address"]


def parse_address(text: str) -> str:
    """
    The address of an API, without a slash at its end; empty where none is given.

    Raises:
        UsageError: It is none.
    """
    if not text:
        return ""
    from verifier.loading.vendor_file import ADDRESS  # start-up time

    if not (re.fullmatch(ADDRESS, text) and _has_port(text)):
        # What may hold a password is not repeated.
        shown = "the base URL" if "@" in text else f"the base URL '{text}'"
        raise UsageError(f"{shown} is no address of an API", mend=_address_mend(text))
    return text.rstrip("/")


def _has_port(text: str) -> bool:
    """Whether the port, where one is named, can exist."""
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def _address_mend(text: str) -> str:
    if any(sign in text for sign in "@?#"):
        return "Leave out user names, passwords, '?' and '#'; credentials are principals."
    if re.fullmatch(r"[\w.-]+\.\w+(:\d+)?(/\S*)?", text):
        return f"Did you mean 'https://{text}'?"
    if re.fullmatch(r"localhost(:\d+)?(/\S*)?", text):
        return f"Did you mean 'http://{text}'?"
    return "Write it as https://api.example.com/v1, with a port up to 65535 where it needs one."
