"""Every credential that a request carries, each in one spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from verifier.model import SecurityScheme
from verifier.wire import Incoming

__all__ = ["Presented", "presented"]


@dataclass(frozen=True, slots=True)
class Presented:
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


def presented(incoming: Incoming, schemes: Mapping[str, SecurityScheme]) -> list[Presented]:
    """The credentials in the Authorization field, and wherever an API key may be."""
    found = list(_authorization(incoming.header("authorization") or ""))
    pairs = _query(incoming.target)
    cookies: dict[str, str] | None = None
    for scheme in schemes.values():
        if scheme.type != "apiKey":
            continue
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


def _authorization(field: str) -> Iterator[Presented]:
    word, _, value = field.partition(" ")
    if value:
        yield Presented(f"{word.lower()}:{value.strip()}", "", "header")


def _query(target: str) -> dict[str, str]:
    _, _, query = target.partition("?")
    return dict(parse_qsl(query)) if query else {}


def _cookies(incoming: Incoming) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in (incoming.header("cookie") or "").split(";"))
    return {name: unquote(value) for name, _, value in parts}
