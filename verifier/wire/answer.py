"""An answer as it comes: bytes in, a Response once it is whole, or what is wrong with it."""

from __future__ import annotations

from functools import lru_cache

import httptools

from verifier.model import FailureKind, Response
from verifier.wire.body import MOST_BODY_BYTES, Body, Wrong

__all__ = ["AnswerParser", "field_of", "text"]

MOST_HEADER_BYTES = 256 * 1024
MOST_INTERIM_ANSWERS = 16
SWITCHING_PROTOCOLS = 101
LONGEST_MET = 200


class AnswerParser:
    """
    Parses one answer after another on a connection (RFC 9112, 6.3). ``reusable`` says, once an
    answer is whole, whether the connection may carry another.

    Interim answers (100, 103) are read and passed over, trailer fields are read and left out
    (RFC 9110, 6.5.1). Headers keep their order and case.

    Args:
        as_sent: Whether bodies are kept as they are on the wire, and whole, instead of decoded.
    """

    def __init__(self, *, as_sent: bool = False) -> None:
        self._as_sent = as_sent
        self._parser = httptools.HttpResponseParser(self)
        # What a recipient may forgive (RFC 9112, 2.2 and 7.1): a line that ends in LF alone, and
        # spaces after a chunk's size.
        self._parser.set_dangerous_leniencies(
            lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )
        self._headers: list[tuple[str, str]] = []
        self._reason = ""
        self._version = ""
        self.expect("")

    def expect(self, method: str) -> None:
        """Begin with the answer to a request of this method."""
        self._method = method
        self._interim = 0
        self._status = 0
        self._raw = 0
        self._body: Body | None = None
        self._ended: Response | Wrong | None = None
        self.reusable = False

    def feed(self, data: bytes) -> Response | Wrong | None:
        """
        Take bytes; gives the answer once it is whole, or what is wrong with it.

        Raises:
            httptools.HttpParserError: It is not HTTP.
        """
        self._raw += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            # What follows a whole answer is no part of it; it only spoils the connection.
            self.reusable = False
            if self._ended is None:
                raise
        if self._ended is None and self._raw > MOST_HEADER_BYTES < self._overhead:
            what = "headers" if self._body is None else "trailers"
            return Wrong(FailureKind.TOO_LARGE, f"its {what} have no end")
        return self._ended

    @property
    def _overhead(self) -> int:
        """Bytes that are neither body nor the framing that many small chunks honestly need."""
        return self._raw - (self._body.raw_bytes * 8 if self._body is not None else 0)

    @property
    def begun(self) -> bool:
        """Whether the headers are whole."""
        return self._body is not None

    @property
    def body_bytes(self) -> int:
        """How much of the body has come, as it is on the wire."""
        return self._body.raw_bytes if self._body is not None else 0

    @property
    def promised(self) -> int:
        """The Content-Length of the answer that has begun; -1 where there is none."""
        value = self._header("content-length") if self._body is not None else ""
        return int(value) if value.isdecimal() else -1

    def at_end(self) -> Response | Wrong | None:
        """The answer, where the end of the connection ends it (RFC 9112, 6.3, item 8)."""
        if self._ended is not None or self._body is None:
            return self._ended
        chunked = "chunked" in self._header("transfer-encoding").lower()
        if self._header("content-length") or chunked:
            return None
        self._conclude(self._body)
        return self._ended

    def _collected(self) -> Body:
        if self._as_sent:
            return Body(kept_bytes=MOST_BODY_BYTES)
        return Body(self._header("content-encoding"))

    def _header(self, name: str) -> str:
        size = len(name)
        for key, value in self._headers:
            if len(key) == size and key.lower() == name:
                return value
        return ""

    def _conclude(self, body: Body) -> None:
        whole = body.end()
        if isinstance(whole, Wrong):
            self._ended = whole
            return
        self._ended = Response(
            status=self._status,
            headers=tuple(self._headers),
            body=whole.kept,
            reason=self._reason,
            size_bytes=whole.size_bytes,
            digest=whole.digest,
            http_version=self._version,
        )

    # httptools

    def on_message_begin(self) -> None:
        """A (further) answer begins."""
        if self._ended is not None:
            self.reusable = False  # an answer that nobody asked for
            return
        self._headers, self._reason = [], ""

    def on_status(self, status: bytes) -> None:
        """Collect the reason phrase."""
        if self._ended is None:
            self._reason += status.decode("latin-1")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header as it came; what comes after the body is a trailer."""
        if self._body is None:
            self._headers.append(field_of(name, value))

    def on_headers_complete(self) -> None:
        """The head is whole."""
        if self._ended is not None:
            return
        if self._raw > MOST_HEADER_BYTES < sum(len(k) + len(v) for k, v in self._headers):
            self._ended = Wrong(FailureKind.TOO_LARGE, "its headers are too large")
            return
        status = self._parser.get_status_code()
        if status < 200 and status != SWITCHING_PROTOCOLS:
            self._interim += 1
            if self._interim > MOST_INTERIM_ANSWERS:
                says = f"it sent {self._interim} interim answers and no final one"
                self._ended = Wrong(FailureKind.GARBAGE, says)
            return
        self._status = status
        self._version = self._parser.get_http_version()
        if self._method == "HEAD":
            # The parser does not know, and would wait for the body that the length announces, so
            # this is the end (RFC 9112, 6.3, item 1). The connection is not used again: a server
            # that wrongly sends the body would have it taken for its next answer.
            self._body = Body()
            self._conclude(self._body)
        else:
            self._body = self._collected()

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body."""
        if self._ended is None and self._body is not None:
            self._ended = self._body.feed(body)

    def on_message_complete(self) -> None:
        """The answer is whole."""
        if self._ended is None and self._body is not None:
            switched = self._status == SWITCHING_PROTOCOLS
            self.reusable = not switched and self._parser.should_keep_alive()
            self._conclude(self._body)


def field_of(name: bytes, value: bytes) -> tuple[str, str]:
    """A header as it came, its name and its value; most are the same few again."""
    return _met(name, value) if len(value) <= LONGEST_MET else _read(name, value)


def text(value: bytes) -> str:
    """A header's value: UTF-8 where it is that, else the bytes one by one (RFC 9110, 5.5)."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _read(name: bytes, value: bytes) -> tuple[str, str]:
    return name.decode("latin-1"), text(value)


_met = lru_cache(maxsize=1024)(_read)
