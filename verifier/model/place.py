"""Where something stands: a node of a document, and the line on which a person finds it."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Place", "Pointer", "escape", "unescape"]


def escape(token: str) -> str:
    """Write one reference token of a JSON pointer (RFC 6901, 3)."""
    return token.replace("~", "~0").replace("/", "~1") if "/" in token or "~" in token else token


def unescape(token: str) -> str:
    """Read one reference token of a JSON pointer (RFC 6901, 4)."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


class Pointer(Struct, frozen=True):
    """
    The address of a node: a file of the document and a JSON pointer in it.

    Args:
        file: Path relative to the entry document's folder with ``/``; ``""`` is the entry document.
        path: JSON pointer (RFC 6901) in that file *as we hold it*: a Swagger 2 document is held in
            its converted form, and ``Document.place`` leads back to what the author wrote.
    """

    file: str = ""
    path: str = ""

    def __truediv__(self, token: str | int) -> Pointer:
        return Pointer(self.file, f"{self.path}/{escape(str(token))}")

    def __str__(self) -> str:
        return f"{self.file}#{self.path}"


class Place(Struct, frozen=True, kw_only=True):
    """
    The same node as its author finds it.

    Args:
        file: Path or URL as the user gave it (or derived from it, for further files).
        pointer: JSON pointer in the author's own document.
        line: From 1; 0 where it could not be found.
        column: From 1; 0 where it could not be found.
    """

    file: str
    pointer: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else f"{self.file}#{self.pointer}"
