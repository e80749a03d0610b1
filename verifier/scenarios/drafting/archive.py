"""The entries of an HTTP Archive (HAR 1.2), as far as a draft asks for them."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson
from msgspec import Struct

from verifier.model import Headers

__all__ = ["Entry", "busiest_host", "entries_of"]


class Entry(Struct, frozen=True, kw_only=True):
    """
    A request that was made, and its answer.

    Args:
        path: Percent-encoded, from the host on.
        answer: JSON value of the answer; None where it is none.
    """

    method: str
    host: str
    path: str
    query: str
    headers: Headers
    body: bytes
    status: int
    answer_headers: Headers
    answer: Any


def entries_of(archive: Any, clean: Callable[[bytes], bytes]) -> tuple[Entry, ...]:
    """
    The entries in the order of the recording; what is malformed is left out.

    Args:
        clean: Takes secrets out.

    Raises:
        ValueError: It is no HTTP Archive.
    """
    log = archive.get("log") if isinstance(archive, Mapping) else None
    entries = log.get("entries") if isinstance(log, Mapping) else None
    if not isinstance(entries, list):
        raise ValueError("it has no log.entries")
    return tuple(found for entry in entries if (found := _entry(entry, clean)) is not None)


def busiest_host(entries: tuple[Entry, ...]) -> str:
    """The host that most entries went to."""
    found = Counter(entry.host for entry in entries).most_common(1)
    return found[0][0] if found else ""


def _entry(entry: Any, clean: Callable[[bytes], bytes]) -> Entry | None:
    request, response = _mapping(entry, "request"), _mapping(entry, "response")
    url = _split(request.get("url"))
    status, method = response.get("status"), request.get("method")
    if url is None or not isinstance(status, int) or not isinstance(method, str):
        return None
    posted = _mapping(request, "postData")
    text = posted.get("text")
    headers = tuple(_pairs(request.get("headers")))
    if isinstance(posted.get("mimeType"), str) and "content-type" not in dict(headers):
        headers = (*headers, ("content-type", posted["mimeType"]))
    return Entry(
        method=method.upper(),
        host=url.netloc,
        path=url.path or "/",
        query=clean(url.query.encode()).decode("utf-8", "replace"),
        headers=headers,
        body=clean(text.encode("utf-8", "replace")) if isinstance(text, str) else b"",
        status=status,
        answer_headers=tuple(_pairs(response.get("headers"))),
        answer=_json(_mapping(response, "content")),
    )


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    inner = value.get(name) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _split(url: Any) -> SplitResult | None:
    try:
        found = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        return None
    return found if found is not None and found.scheme in ("http", "https") else None


def _pairs(headers: Any) -> Iterator[tuple[str, str]]:
    for pair in headers if isinstance(headers, list) else ():
        name, value = (pair.get("name"), pair.get("value")) if isinstance(pair, Mapping) else (0, 0)
        # Chromium writes the pseudo headers of HTTP/2, which are no headers.
        if isinstance(name, str) and isinstance(value, str) and not name.startswith(":"):
            yield name.lower(), value


def _json(content: Mapping[str, Any]) -> Any:
    text = content.get("text")
    if not isinstance(text, str):
        return None
    try:
        raw = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
        return orjson.loads(raw)
    except (binascii.Error, ValueError):
        return None
