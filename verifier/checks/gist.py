"""What an error says, less what the request put into it: the same mistake is told the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson

from verifier.model import Exchange, Request, Response

__all__ = ["gist", "misses", "quotes"]

LONGEST_BODY = 4_000
SHORTEST_VALUE = 3
SHORTEST_POINTER = 6
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|«[^»]*»")
NUMBERED = re.compile(r"\S*\d\S*")
ABSENT = re.compile(
    r"\b(?:not (?:be )?found|(?:does not|doesn t|do not|don t) exist|no such|"
    r"id (?:is )?unknown|unknown (?:\w+ )?id)\b"
)
# What a request is made of; that one of these is not there is said of the request.
PART = re.compile(
    r"\b(?:argument|attribute|column|field|header|key|member|missing|option|param|parameter|"
    r"property|required)s?\b"
)
WORD = re.compile(r"[^\W\d_][\w-]*")


def gist(exchange: Exchange) -> str:
    """
    The words of an error, less numbers, quotations and values of the request.

    It is ``-`` where nothing else was said, and empty where nothing was said at all.
    """
    response = exchange.response
    if response is None:
        return ""
    told = " ".join(_leaves(response))
    if not told.strip():
        return ""
    for value in sorted(_values(exchange.request), key=len, reverse=True):
        told = told.replace(value, " ")
    told = NUMBERED.sub(" ", QUOTED.sub(" ", told))
    return " ".join(WORD.findall(told.lower())) or "-"


def misses(exchange: Exchange) -> bool:
    """Whether an error says that something which the request names is not there."""
    told = gist(exchange)
    return bool(ABSENT.search(told)) and not PART.search(told)


def quotes(exchange: Exchange) -> bool:
    """Whether an error repeats a value of the request, long enough to point at it."""
    response = exchange.response
    told = response.text[:LONGEST_BODY] if response else ""
    values = _values(exchange.request)
    return any(value in told for value in values if len(value) >= SHORTEST_POINTER)


def _leaves(response: Response) -> Iterator[str]:
    """The texts in an answer, whatever holds them; all of it where it is no JSON."""
    value = response.json_or_none()
    yield from [response.text[:LONGEST_BODY]] if value is None else _texts(value)


def _values(request: Request) -> set[str]:
    """The texts that a request holds, where one is long enough to be known again."""
    texts = {value for _, value in parse_qsl(request.query)}
    kind = request.header("content-type") or ""
    if "json" in kind:
        texts.update(_texts(_read(request.body)))
    elif "urlencoded" in kind:
        texts.update(value for _, value in parse_qsl(request.body.decode("utf-8", "replace")))
    return {text for text in texts if len(text) >= SHORTEST_VALUE}


def _read(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError:
        return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value[:LONGEST_BODY]
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
