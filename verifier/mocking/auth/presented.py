"""Every credential that a request carries, each in one spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from msgspec import Struct

from verifier.model import SecurityScheme
from verifier.wire import Incoming

__all__ = ["Presented", "presented"]


class Presented(Struct, frozen=True):
    """
    One credential.

    Args:
        spelled: As the vault knows it: ``bearer:abc``, ``basic:dTpw``, ``key:abc``.
        scheme: Name of the scheme that it was carried by; empty for the Authorization field.
        place: Where it was: ``header``, ``query`` or ``cookie``.
    """

    spelled: str
    scheme: str
    place: str


def presented(incoming: Incoming, keys: Sequence[SecurityScheme]) -> list[Presented]:
    """
    The credentials in the Authorization field, and wherever an API key may be.

    Args:
        keys: The schemes of the document that are API keys.
    """
    field = incoming.header("authorization")
    found = list(_authorization(field)) if field else []
    if not keys and "?" not in incoming.target:
        return found
    pairs = _query(incoming.target, known=any(key.location == "query" for key in keys))
    cookies: dict[str, str] | None = None
    for scheme in keys:
        match scheme.location:
            case "query":
                given = pairs.get(scheme.parameter, "")
            case "cookie":
                cookies = cookies if cookies is not None else _cookies(incoming)
                given = cookies.get(scheme.parameter, "")
            case _:
                given = incoming.header(scheme.parameter) or ""
        if given:
            found.append(Presented(f"key:{given}", scheme.name, scheme.location))
            # A key in the Authorization field often has a word before it: ``Bot abc``.
            _, _, rest = given.partition(" ")
            if rest and scheme.parameter.lower() == "authorization":
                found.append(Presented(f"key:{rest.strip()}", scheme.name, scheme.location))
    if pairs.get("access_token"):
        found.append(Presented(f"bearer:{pairs['access_token']}", "", "query"))
    return found


@lru_cache(maxsize=256)
def _authorization(field: str) -> tuple[Presented, ...]:
    """What the field says: whether it is any good is another question, and asked every time."""
    word, _, value = field.partition(" ")
    return (Presented(f"{word.lower()}:{value.strip()}", "", "header"),) if value else ()


def _query(target: str, *, known: bool) -> Mapping[str, str]:
    """The pairs of a query, where one may be a credential: a key, or a token in plain sight."""
    if not known and "access_token" not in target and "%" not in target:
        return {}
    return dict(parse_qsl(target.partition("?")[2]))


def _cookies(incoming: Incoming) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in (incoming.header("cookie") or "").split(";"))
    return {name: unquote(value) for name, _, value in parts}
