"""A document's bytes as UTF-8, and a clear word where they are no document at all."""

from __future__ import annotations

import codecs
import re

from verifier.errors import DocumentError
from verifier.loading.bounds import LARGEST_DOCUMENT_BYTES

__all__ = ["check_encoding", "check_size", "clean"]

# UTF-32's marks begin with UTF-16's, so they are asked first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

ARCHIVES = (
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"PK\x03\x04", "a zip archive", "Unpack it, and give the document inside."),
    (b"%PDF", "a PDF", "Ask the vendor for the OpenAPI document."),
    (b"\x89PNG", "a picture", "Give the document itself."),
    (b"\x7fELF", "a program", "Give the document itself."),
)

WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
XML = re.compile(rb"\s*<(?:\?xml|!--|[A-Za-z][\w:.-]*[\s/>])", re.I)
PEEK_BYTES = 4096


def check_size(size_bytes: int, location: str) -> None:
    """
    Refuse what is too large to be a document.

    Raises:
        DocumentError: It exceeds the bound.
    """
    if size_bytes > LARGEST_DOCUMENT_BYTES:
        raise DocumentError(
            f"This is {size_bytes / 1024 / 1024:,.1f} MiB, and a document may have"
            f" {LARGEST_DOCUMENT_BYTES // 1024 // 1024} MiB",
            where=location,
            mend="Split it, or give the document without its bundled examples.",
        )


def clean(raw: bytes, location: str) -> bytes:
    """
    The text in UTF-8 without a byte order mark; that it *is* UTF-8 is left to who parses it.

    UTF-16 and UTF-32 are recognised by their mark, or by their zero bytes (RFC 4627, 3).

    Raises:
        DocumentError: It is empty, too large, a web page, or an archive.
    """
    check_size(len(raw), location)
    raw = _utf8(raw, location)
    if not raw or raw.isspace():
        raise DocumentError(
            "The file is empty", where=location, mend="Give a file with an OpenAPI document in it."
        )
    _refuse_other_kinds(raw, location)
    return raw


def check_encoding(raw: bytes, location: str, encoding: str = "utf-8") -> str:
    """
    The text of bytes in an encoding.

    Parsers refuse what is no UTF-8 by themselves; this finds the words for it afterwards.

    Raises:
        DocumentError: They are no text in it; says at which byte and line.
    """
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        _refuse_other_kinds(raw, location)
        raise DocumentError(
            f"Byte {error.start} (0x{raw[error.start]:02x}) is no {encoding} text,"
            " so this is no document or has another encoding",
            where=f"{location}:{raw.count(10, 0, error.start) + 1}",
            mend="Save the file as UTF-8; if it is an archive or a program, give the document.",
        ) from None


def _utf8(raw: bytes, location: str) -> bytes:
    encoding = _encoding(raw)
    if encoding is None:
        return raw
    text = check_encoding(raw, location, encoding).removeprefix("\ufeff")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(
            "The text holds half a character (a lone surrogate)",
            where=location,
            mend="Save the file as UTF-8.",
        ) from None


def _encoding(raw: bytes) -> str | None:
    """The encoding where it is not plain UTF-8."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return encoding
    zeros = tuple(index for index, byte in enumerate(raw[:4]) if byte == 0)
    return {
        (1, 3): "utf-16-le",
        (0, 2): "utf-16-be",
        (1, 2, 3): "utf-32-le",
        (0, 1, 2): "utf-32-be",
    }.get(zeros)


def _refuse_other_kinds(raw: bytes, location: str) -> None:
    for mark, kind, mend in ARCHIVES:
        if raw.startswith(mark):
            raise DocumentError(f"This is {kind}, not a document", where=location, mend=mend)
    head = raw[:PEEK_BYTES]
    if WEB_PAGE.match(head):
        raise DocumentError(
            "This looks like a web page, not a document",
            where=location,
            mend="Give the address of the raw document, such as .../openapi.json;"
            " the page often links it.",
        )
    if XML.match(head):
        raise DocumentError(
            "This is XML (a WSDL or WADL?), not an OpenAPI document",
            where=location,
            mend="Give the vendor's OpenAPI document in JSON or YAML.",
        )
