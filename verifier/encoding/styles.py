"""
One parameter as text, by its style (OpenAPI 3.1.1, 4.8.12.2; RFC 6570).

    style           array [a, b]              object {k: v}
    simple          a,b                       k,v      exploded k=v
    label           .a,b     exploded .a.b    .k,v     exploded .k=v
    matrix          ;n=a,b   exploded ;n=a;n=b
    form            n=a,b    exploded n=a&n=b n=k,v    exploded k=v
    spaceDelimited  n=a%20b
    pipeDelimited   n=a%7Cb
    deepObject                                n[k]=v, nested further, arrays by index
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from verifier.encoding.brackets import flatten
from verifier.encoding.faults import EncodeError
from verifier.encoding.scalars import json_text, text
from verifier.model import Parameter

__all__ = ["escape", "escape_reserved", "query_pairs", "serialise"]

Escape = Callable[[str], str]
DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}
# Left as they are under allowReserved: what RFC 3986 lets stand in a query, less the five that
# would end the value or change its meaning (& = + # %).
RESERVED = ":/?@!$'()*,;"


def escape(value: str) -> str:
    """Percent-encode everything but unreserved characters (RFC 3986, 2.3)."""
    return quote(value, safe="", errors="surrogatepass")


def escape_reserved(value: str) -> str:
    """Percent-encode, reserved characters left alone (``allowReserved``)."""
    return quote(value, safe=RESERVED, errors="surrogatepass")


def serialise(parameter: Parameter, value: Any) -> str:
    """
    The text that stands for one parameter.

    Returns:
        path: what replaces ``{name}``; query: ``n=a&n=b``; header: the field's value;
        cookie: ``n=a; m=b``. Percent-encoded where the place asks for it.

    Raises:
        EncodeError: A header that would need a line break or a character beyond Latin-1.
    """
    if parameter.location == "path":
        return _segment(parameter, value)
    if parameter.location == "header":
        return _field(parameter, value)
    if parameter.location == "cookie":
        plain = parameter.style == "cookie"
        return "; ".join(_pair(p) for p in _form(parameter, value, str if plain else escape))
    return "&".join(_pair(p) for p in query_pairs(parameter, value))


def query_pairs(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """The ``name=value`` pairs of a query parameter, both percent-encoded."""
    encode = escape_reserved if parameter.allow_reserved else escape
    if (
        parameter.style == "deepObject"
        and isinstance(value, (dict, list))
        and not parameter.content
    ):
        return ((escape(k), encode(v)) for k, v in flatten(parameter.name, value))
    return _form(parameter, value, encode)


def _pair(pair: tuple[str, str]) -> str:
    return f"{pair[0]}={pair[1]}"


def _form(parameter: Parameter, value: Any, encode: Escape) -> Iterator[tuple[str, str]]:
    name = escape(parameter.name)
    if parameter.content:
        yield name, encode(json_text(value))
    elif isinstance(value, dict) and parameter.explode:
        yield from ((escape(str(k)), encode(text(v))) for k, v in value.items())
    elif isinstance(value, list) and parameter.explode:
        yield from ((name, encode(text(v))) for v in value)
    else:
        delimiter = DELIMITERS.get(parameter.style, ",")
        yield name, delimiter.join(_members(value, encode, explode=False))


def _members(value: Any, encode: Escape, *, explode: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            if explode:
                yield f"{encode(str(key))}={encode(text(member))}"
            else:
                yield encode(str(key))
                yield encode(text(member))
    elif isinstance(value, list):
        yield from (encode(text(member)) for member in value)
    else:
        yield encode(text(value))


def _segment(parameter: Parameter, value: Any) -> str:
    if parameter.content:
        return escape(json_text(value))
    members = _members(value, escape, explode=parameter.explode)
    if parameter.style == "label":
        return "." + ("." if parameter.explode else ",").join(members)
    if parameter.style != "matrix":
        return ",".join(members)
    name = escape(parameter.name)
    if parameter.explode and isinstance(value, dict):
        return "".join(f";{member}" for member in members)
    if parameter.explode:
        return "".join(f";{name}={member}" for member in members)
    return f";{name}={','.join(members)}"


def _field(parameter: Parameter, value: Any) -> str:
    if parameter.content:
        found = json_text(value).encode().decode("latin-1")
    else:
        found = ",".join(_members(value, str, explode=parameter.explode))
    if any(ord(c) > 255 or (ord(c) < 32 and c != "\t") or ord(c) == 127 for c in found):
        raise EncodeError(
            "header",
            f"header '{parameter.name}' cannot carry {found[:40]!r}: "
            "control characters and characters beyond Latin-1 have no place in a field "
            "(RFC 9110, 5.5)",
        )
    return found
