"""A request read back into values, typed by what the operation describes: the server's side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from verifier.encoding.faults import DecodeError
from verifier.encoding.media import kind_of, media_for
from verifier.encoding.parameters import Query, read_cookies, read_headers, read_path
from verifier.encoding.paths import match_raw
from verifier.encoding.payloads import read_payload
from verifier.encoding.shape import Shape
from verifier.model import Draft, Headers, Kept, Media, Operation, Parameter

__all__ = ["Decoder", "decode"]

FORM = "application/x-www-form-urlencoded"
# Requests without a body that an operation remembers: most clients ask the same few again.
MOST_MET, LONGEST_MET = 256, 200


def decode(
    operation: Operation, method: str, path: str, query: str, headers: Headers, body: bytes
) -> Draft:
    """
    The draft that a request stands for: the inverse of ``encode``.

    Texts become the integers, numbers, booleans, arrays and objects that their schemas name; what
    does not parse stays text, so that validation can say what is wrong with it.

    Args:
        path: Percent-encoded, relative to the base URL.
        query: Percent-encoded, without ``?``.

    Raises:
        DecodeError: The method or path is another operation's, the body is malformed, or its
            media type is not one that the operation takes.
    """
    if method != operation.method:
        raise DecodeError("path", f"{operation.path} is not asked with {method}", status=405)
    raw = match_raw(operation.path, path)
    if raw is None:
        raise DecodeError("path", f"{path} is not {operation.path}", status=404)
    return Decoder.of(operation).read(raw, query, headers, body)


class Decoder:
    """The reading of one operation's requests, prepared once."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        known: defaultdict[str, list[tuple[Parameter, Shape]]] = defaultdict(list)
        for parameter in operation.parameters:
            known[parameter.location].append((parameter, Shape.of(parameter.schema)))
        self._path = {parameter.name: (parameter, shape) for parameter, shape in known["path"]}
        self._query = Query(known["query"], known["querystring"])
        self._headers, self._cookies = known["header"], known["cookie"]
        self._met: dict[tuple[str, ...], Draft] = {}
        self._shapes: dict[str, Shape] = {}

    @classmethod
    def of(cls, operation: Operation) -> Decoder:
        """The decoder of an operation, kept for the next request."""
        return _DECODERS.of(operation)

    def read(self, path: Mapping[str, str], query: str, headers: Headers, body: bytes) -> Draft:
        """
        The draft of a request whose path was matched already; one that was met is the very same.

        Args:
            path: Variable to its text, still percent-encoded (``Route.path``).

        Raises:
            DecodeError: As ``decode``.
        """
        if body or self._headers or self._cookies or self.operation.body is not None:
            return self._read(path, query, headers, body)
        asked = (_content_type(headers), query, *path.values())
        known = self._met.get(asked)
        if known is None:
            known = self._read(path, query, headers, body)
            if len(self._met) >= MOST_MET:
                self._met.clear()
            if sum(map(len, asked)) <= LONGEST_MET:
                self._met[asked] = known
        return known

    def _read(self, path: Mapping[str, str], query: str, headers: Headers, body: bytes) -> Draft:
        content_type = _content_type(headers)
        media = self._media(content_type, body)
        value: Any = None
        has_body, raw = False, None
        if not body and media is not None:
            value, has_body = {}, True  # a form of no fields has no bytes
        elif body:
            value, has_body, raw = read_payload(content_type, body, media, self._shape(media))
        return Draft(
            path=read_path(self._path, path) if path else {},
            query=self._query.read(query) if query else {},
            headers=read_headers(self._headers, headers) if self._headers else {},
            cookies=read_cookies(self._cookies, headers) if self._cookies else {},
            body=value,
            has_body=has_body,
            media_type=content_type or (media.type if media and has_body else ""),
            raw_body=raw,
        )

    def _media(self, content_type: str, body: bytes) -> Media | None:
        offered = self.operation.body.media if self.operation.body else ()
        if not offered:
            return None
        if not body:
            return next(
                (m for m in offered if kind_of(m.type) == FORM == kind_of(content_type)), None
            )
        if not content_type:
            # RFC 9110, 8.3: a recipient may make something of a body that names no type.
            return offered[0]
        media = media_for(offered, content_type)
        if media is None:
            taken = ", ".join(m.type for m in offered)
            raise DecodeError("body", f"{content_type} is not taken here, but {taken}", status=415)
        return media

    def _shape(self, media: Media | None) -> Shape:
        if media is None:
            return Shape.of(None)
        if media.type not in self._shapes:
            self._shapes[media.type] = Shape.of(media.schema)
        return self._shapes[media.type]


def _content_type(headers: Headers) -> str:
    for name, value in headers:
        if len(name) == 12 and name.lower() == "content-type":
            return value
    return ""


_DECODERS = Kept(Decoder)
