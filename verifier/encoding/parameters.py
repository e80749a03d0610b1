"""Parameters read from a path, a query, a header or a cookie: ``styles`` the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, unquote_plus

from verifier.encoding.brackets import split_name, unflatten
from verifier.encoding.faults import DecodeError
from verifier.encoding.media import kind_of
from verifier.encoding.scalars import json_value
from verifier.encoding.shape import Shape
from verifier.model import Headers, Parameter, Schema

__all__ = [
    "DELIMITERS",
    "Query",
    "pairs_of",
    "read_cookies",
    "read_header",
    "read_headers",
    "read_path",
]

Known = Sequence[tuple[Parameter, Shape]]
Pair = tuple[str, str]
Decode = Callable[[str], str]
MOST_PAIRS = 10_000
# Plain queries that an operation remembers: most clients ask with the same few again.
MOST_MET, LONGEST_MET = 64, 200
# As sent by strict and by lenient clients.
DELIMITERS = {"spaceDelimited": ("%20", "+"), "pipeDelimited": ("%7C", "%7c", "|")}


def pairs_of(query: str, part: str = "query") -> list[Pair]:
    """
    The pairs of a query or a form: name decoded, value as it stands.

    Raises:
        DecodeError: There are more than ten thousand.
    """
    pieces = query.split("&")
    if len(pieces) > MOST_PAIRS:
        raise DecodeError(part, f"more than {MOST_PAIRS} parameters")
    split = (piece.partition("=") for piece in pieces if piece)
    return [(unquote_plus(name), value) for name, _, value in split]


def read_path(
    known: Mapping[str, tuple[Parameter, Shape]], raw: Mapping[str, str]
) -> dict[str, Any]:
    """Path parameters by name; variables that nothing describes stay text."""
    values: dict[str, Any] = {}
    for name, text in raw.items():
        if name in known:
            values[name] = _segment(*known[name], text)
        else:
            values[name] = unquote(text)
    return values


def read_headers(known: Known, headers: Headers) -> dict[str, Any]:
    """The header parameters that were sent, by the document's spelling of their names."""
    values: dict[str, Any] = {}
    for parameter, shape in known:
        wanted = parameter.name.lower()
        found = [value for name, value in headers if name.lower() == wanted]
        if found:
            text = ", ".join(found)
            if parameter.content:
                values[parameter.name] = _json(parameter, text, "header")
            else:
                values[parameter.name] = _split(shape, text, parameter.explode, (",",), str.strip)
    return values


def read_header(schema: Schema, text: str, *, explode: bool = False) -> Any:
    """The value of a header field, read in the style ``simple`` by its schema."""
    return _split(Shape.of(schema), text, explode, (",",), str.strip)


def read_cookies(known: Known, headers: Headers) -> dict[str, Any]:
    """The cookie parameters that were sent."""
    if not known:
        return {}
    sent = [value for name, value in headers if name.lower() == "cookie"]
    split = (piece.strip().partition("=") for line in sent for piece in line.split(";"))
    pairs = [(unquote(name), value) for name, _, value in split if name]
    return _read_form(known, pairs, unquote)[0]


class Query:
    """
    How the queries of one operation are read.

    Args:
        whole: The parameter that is the whole query, where there is one.
    """

    def __init__(self, known: Known, whole: Known) -> None:
        self._known = known
        self._whole = whole
        named = [parameter.name for parameter, _ in known]
        # Those that are told by one pair of their own name, and share it with no other.
        self._plain = {
            parameter.name: (parameter, shape)
            for parameter, shape in known
            if parameter.style != "deepObject"
            and not _spreads(parameter, shape)
            and named.count(parameter.name) == 1
        }
        self._met: dict[str, dict[str, Any]] = {}

    def read(self, query: str) -> dict[str, Any]:
        """
        Query parameters by name; what nothing describes stays text, or a list of texts.

        Raises:
            DecodeError: A parameter that carries JSON does not parse.
        """
        if self._whole:
            parameter, shape = self._whole[0]
            return {parameter.name: _whole(parameter, shape, query)}
        known = self._met.get(query)
        if known is not None:
            return dict(known)
        pairs = pairs_of(query)
        values = self._once(pairs)
        if values is not None:
            if len(query) <= LONGEST_MET and len(self._met) < MOST_MET:
                self._met[query] = values
            return dict(values)
        values, left = _read_form(self._known, pairs, unquote_plus)
        for name, text in left:
            value = unquote_plus(text)
            if name in values:
                before = values[name]
                values[name] = [*before, value] if isinstance(before, list) else [before, value]
            else:
                values[name] = value
        return values

    def _once(self, pairs: list[Pair]) -> dict[str, Any] | None:
        """What they say where each name is a plain one and said once, as most are; else None."""
        values: dict[str, Any] = {}
        for pair in pairs:
            name = pair[0]
            known = self._plain.get(name)
            if known is None or name in values:
                return None
            values[name] = _form(*known, [pair], unquote_plus)
        return values


def _whole(parameter: Parameter, shape: Shape, query: str) -> Any:
    if kind_of(parameter.content) != "application/x-www-form-urlencoded":
        return _json(parameter, unquote_plus(query), "query")
    leaves: dict[str, Any] = {}
    for name, text in pairs_of(query):
        leaves.setdefault(name, []).append(unquote_plus(text))
    flat = {n: v if "array" in shape.member(n).types else v[-1] for n, v in leaves.items()}
    return shape.cast_all(flat)


def _read_form(
    known: Known, pairs: list[Pair], decode: Decode
) -> tuple[dict[str, Any], list[Pair]]:
    values: dict[str, Any] = {}
    names = {parameter.name for parameter, _ in known}
    left = pairs
    for parameter, shape in known:
        mine, left = _claim(parameter, shape, left, names)
        if mine:
            values[parameter.name] = _form(parameter, shape, mine, decode)
    return values, left


def _claim(
    parameter: Parameter, shape: Shape, pairs: list[Pair], names: set[str]
) -> tuple[list[Pair], list[Pair]]:
    if parameter.style == "deepObject":

        def wanted(name: str) -> bool:
            return split_name(name)[0] == parameter.name
    elif _spreads(parameter, shape):
        members = set(shape.properties) - names | {parameter.name}

        def wanted(name: str) -> bool:
            return name in members
    else:
        bracketed = f"{parameter.name}[]"
        also = "" if bracketed in names else bracketed

        def wanted(name: str) -> bool:
            return name in (parameter.name, also)

    mine = [pair for pair in pairs if wanted(pair[0])]
    return (mine, [pair for pair in pairs if not wanted(pair[0])]) if mine else (mine, pairs)


def _spreads(parameter: Parameter, shape: Shape) -> bool:
    exploded = parameter.style == "form" and parameter.explode and not parameter.content
    return exploded and "object" in shape.types


def _form(parameter: Parameter, shape: Shape, mine: list[Pair], decode: Decode) -> Any:
    if parameter.content:
        return _json(parameter, decode(mine[-1][1]), parameter.location)
    if parameter.style == "deepObject":
        leaves = [(split_name(name)[1], decode(text)) for name, text in mine]
        if all(not keys for keys, _ in leaves):
            return _listed(shape, [text for _, text in leaves])
        return shape.cast_all(unflatten(leaves))
    if _spreads(parameter, shape) and any(name != parameter.name for name, _ in mine):
        return {name: shape.member(name).cast(decode(text)) for name, text in mine}
    if parameter.explode or len(mine) > 1:
        return _listed(shape, [decode(text) for _, text in mine])
    delimiters = DELIMITERS.get(parameter.style, (",",))
    return _split(shape, mine[0][1], False, delimiters, decode)


def _listed(shape: Shape, texts: list[str]) -> Any:
    if "array" in shape.types and (len(texts) > 1 or not shape.types & _PLAIN):
        return [shape.items().cast(text) for text in texts]
    return shape.cast(texts[0]) if len(texts) == 1 else [shape.cast(text) for text in texts]


_PLAIN = frozenset({"string", "integer", "number", "boolean"})


def _segment(parameter: Parameter, shape: Shape, text: str) -> Any:
    if parameter.content:
        return _json(parameter, unquote(text), "path")
    explode, delimiters = parameter.explode, (",",)
    if parameter.style == "label":
        text = text.removeprefix(".")
        delimiters = (".",) if explode else (",",)
    elif parameter.style == "matrix":
        if explode and not shape.types & {"object"}:
            text = text.replace(f";{parameter.name}=", ";")
        text = text.removeprefix(";")
        text = text if explode else text.removeprefix(f"{parameter.name}=")
        delimiters = (";",) if explode else (",",)
    return _split(shape, text, explode, delimiters, unquote)


def _split(
    shape: Shape, text: str, explode: bool, delimiters: Iterable[str], decode: Decode
) -> Any:
    plain = bool(shape.types & _PLAIN) or not shape.types
    pieces = [text]
    for delimiter in delimiters:
        pieces = [part for piece in pieces for part in piece.split(delimiter)]
    if "object" in shape.types and (not plain or len(pieces) > 1):
        return _object(shape, pieces, explode, decode)
    if "array" in shape.types and (not plain or len(pieces) > 1):
        return [shape.items().cast(decode(piece)) for piece in pieces]
    return shape.cast(decode(text))


def _object(shape: Shape, pieces: list[str], explode: bool, decode: Decode) -> Any:
    if explode:
        split = [piece.partition("=") for piece in pieces]
        pairs = [(decode(name), decode(value)) for name, _, value in split]
    else:
        texts = [decode(piece) for piece in pieces]
        if len(texts) % 2:
            return ",".join(texts)
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
    return {name: shape.member(name).cast(value) for name, value in pairs}


def _json(parameter: Parameter, text: str, part: str) -> Any:
    try:
        return json_value(text)
    except ValueError as error:
        raise DecodeError(part, f"'{parameter.name}' is not JSON: {error}") from None
