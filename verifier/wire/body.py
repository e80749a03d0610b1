"""A body as it comes: decoded, kept up to a size, counted and hashed beyond, and bounded."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from verifier.model import FailureKind

__all__ = ["KEPT_BODY_BYTES", "MOST_BODY_BYTES", "Body", "Whole", "Wrong"]

KEPT_BODY_BYTES = 8 * 1024 * 1024
MOST_BODY_BYTES = 64 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
GZIP = frozenset({"gzip", "x-gzip"})


class Whole(NamedTuple):
    """A body's kept part, the size of all of it, and the digest of all where a part is missing."""

    kept: bytes
    size_bytes: int
    digest: str


class Wrong(NamedTuple):
    """Why a body is no body."""

    kind: FailureKind
    says: str


TOO_LARGE = Wrong(FailureKind.TOO_LARGE, f"its body is larger than {MOST_BODY_BYTES:,} bytes")


class Body:
    """
    Collects one body. Up to ``KEPT_BODY_BYTES`` are kept; up to ``MOST_BODY_BYTES`` are counted and
    hashed; what is longer, on the wire or once decompressed, is wrong, so a bomb stops there.

    Args:
        encoding: The value of Content-Encoding. gzip and deflate are undone; any other coding (and
            more than one) is left as it came.
        kept_bytes: So much of it is kept.
    """

    __slots__ = (
        "_coding",
        "_digest",
        "_inflate",
        "_kept",
        "_most_kept",
        "_pieces",
        "_raw",
        "_size",
    )

    def __init__(self, encoding: str = "", kept_bytes: int = KEPT_BODY_BYTES) -> None:
        self._most_kept = kept_bytes
        self._coding = encoding.strip().lower()
        decodes = self._coding in GZIP or self._coding == "deflate"
        self._inflate = _Inflate(self._coding) if decodes else None
        self._pieces: list[bytes] = []
        self._kept = 0
        self._size = 0
        self._raw = 0
        self._digest: hashlib._Hash | None = None

    @property
    def raw_bytes(self) -> int:
        """How much has come on the wire."""
        return self._raw

    def feed(self, data: bytes) -> Wrong | None:
        """Take a part as it came on the wire; says what is wrong, once something is."""
        self._raw += len(data)
        if self._inflate is None:
            return self._keep(data)
        if self._raw > MOST_BODY_BYTES:
            return TOO_LARGE
        try:
            for piece in self._inflate.feed(data):
                wrong = self._keep(piece)
                if wrong is not None:
                    return wrong
        except zlib.error as error:
            says = f"its body is not the {self._coding} that Content-Encoding says ({error})"
            return Wrong(FailureKind.GARBAGE, says)
        return None

    def end(self) -> Whole | Wrong:
        """The body, now that it is whole."""
        if self._inflate is not None and self._raw and not self._inflate.whole:
            return Wrong(FailureKind.GARBAGE, f"its {self._coding} body ends too early")
        kept = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        digest = self._digest.hexdigest() if self._digest is not None else ""
        return Whole(kept, self._size, digest)

    def _keep(self, piece: bytes) -> Wrong | None:
        self._size += len(piece)
        if self._size <= self._most_kept:
            self._pieces.append(piece)
            self._kept = self._size
            return None
        if self._digest is None:
            self._digest = hashlib.sha256(b"".join(self._pieces))
        self._digest.update(piece)
        if self._kept < self._most_kept:
            self._pieces.append(piece[: self._most_kept - self._kept])
            self._kept = self._most_kept
        return TOO_LARGE if self._size > MOST_BODY_BYTES else None


class _Inflate:
    """gzip of any number of members (RFC 1952, 2.2), or deflate with or without its wrapper."""

    __slots__ = ("_begun", "_gzip", "_stream")

    def __init__(self, coding: str) -> None:
        self._gzip = coding in GZIP
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._begun = b""

    @property
    def whole(self) -> bool:
        return self._stream.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._choose(data)
        while data:
            if self._stream.eof:
                if not self._gzip or not data.strip(b"\0"):
                    return  # padding after the end is no part of the body
                self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
            piece = self._stream.decompress(data, PIECE_BYTES)
            data = self._stream.unconsumed_tail or self._stream.unused_data
            if piece:
                yield piece

    def _choose(self, data: bytes) -> bytes:
        """
        RFC 9110, 8.4.1.2: deflate has a zlib wrapper, and some servers send it without. The first
        two bytes tell (RFC 1950, 2.2), so they are waited for.
        """
        if self._gzip or len(self._begun) >= 2:
            return data
        known = len(self._begun)
        self._begun += data[: 2 - known]
        if len(self._begun) < 2:
            return b""
        wrapped = self._begun[0] & 0x0F == 8 and int.from_bytes(self._begun, "big") % 31 == 0
        if not wrapped:
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._begun[:known] + data
