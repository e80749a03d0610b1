"""Forms in parts (RFC 7578), written with a boundary that follows from their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from verifier.encoding.faults import DecodeError
from verifier.encoding.scalars import json_bytes, text
from verifier.encoding.shape import Shape
from verifier.model import Media

__all__ = ["Part", "multipart", "read_parts"]

MOST_PARTS = 1000
_NAME = re.compile(r'[;\s]name="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
# Clients that escape nothing send a name that ends in a backslash so.
_BARE = re.compile(r'[;\s]name="([^"]*)"', re.IGNORECASE)
_FILE = re.compile(r"[;\s]filename\*?=", re.IGNORECASE)
_CALLED = re.compile(r'[;\s]filename="([^"]*)"', re.IGNORECASE)
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)


class Part(NamedTuple):
    """
    One part: its name, whether it is a file, its content type (or ``""``), its bytes, and what the
    file is called by whoever sent it (or ``""``).
    """

    name: str
    is_file: bool
    content_type: str
    content: bytes
    filename: str = ""


def multipart(value: Any, media: Media | None) -> tuple[str, bytes]:
    """
    A form as ``multipart/form-data``: its content type with the boundary, and the bytes.

    The boundary is a digest of the parts, so that equal drafts make equal requests.
    """
    members = value if isinstance(value, dict) else {"value": value}
    blocks = [_block(part) for part in _parts(members, media)]
    digest = hashlib.sha256(b"\0".join(blocks)).hexdigest()[:40]
    line = b"--" + digest.encode()
    body = b"".join(line + b"\r\n" + block + b"\r\n" for block in blocks) + line + b"--\r\n"
    return f"multipart/form-data; boundary={digest}", body


def _parts(members: Mapping[str, Any], media: Media | None) -> Iterator[Part]:
    shape = Shape.of(media.schema if media else None)
    for name, value in members.items():
        rules = media.encoding.get(name) if media else None
        declared = rules.get("contentType") if isinstance(rules, Mapping) else None
        kind = str(declared or "").partition(",")[0].strip()
        member = shape.member(str(name))
        if isinstance(value, list) and not kind:
            for item in value:
                yield _part(str(name), item, member.items(), "")
        else:
            yield _part(str(name), value, member, kind if "*" not in kind else "")


def _part(name: str, value: Any, shape: Shape, kind: str) -> Part:
    if isinstance(value, bytes) or shape.is_binary:
        content = (
            value if isinstance(value, bytes) else text(value).encode("utf-8", "surrogatepass")
        )
        return Part(name, True, kind or "application/octet-stream", content)
    if isinstance(value, (dict, list)):
        return Part(name, False, kind or "application/json", json_bytes(value))
    return Part(name, False, kind, text(value).encode("utf-8", "surrogatepass"))


def _block(part: Part) -> bytes:
    name = _quoted(part.name)
    head = f'Content-Disposition: form-data; name="{name}"'
    if part.is_file:
        head += f'; filename="{name}"'
    if part.content_type:
        head += f"\r\nContent-Type: {part.content_type}"
    return head.encode("utf-8", "surrogatepass") + b"\r\n\r\n" + part.content


def _quoted(name: str) -> str:
    # As browsers do (RFC 7578, 2 with the WHATWG rules): these three would break the header.
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """
    The parts of a form, at most a thousand.

    Raises:
        DecodeError: There is no boundary, or the body does not keep to it.
    """
    found = _BOUNDARY.search(content_type)
    if not found:
        raise DecodeError("body", "the content type names no boundary")
    line = b"--" + found.group(1).strip().encode("latin-1", "replace")
    pieces = (b"\r\n" + body).split(b"\r\n" + line)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise DecodeError("body", "the form does not end with its boundary")
    if len(pieces) > MOST_PARTS + 2:
        raise DecodeError("body", f"the form has more than {MOST_PARTS} parts")
    return [_read(piece.removeprefix(b"\r\n")) for piece in pieces[1:-1]]


def _read(piece: bytes) -> Part:
    head, _, content = piece.partition(b"\r\n\r\n")
    fields = {}
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    disposition = fields.get("content-disposition", "")
    found = _NAME.search(disposition) or _BARE.search(disposition)
    if not found:
        raise DecodeError("body", "a part of the form has no name")
    kind, called = fields.get("content-type", ""), _CALLED.search(disposition)
    is_file, filename = bool(_FILE.search(disposition)), called.group(1) if called else ""
    return Part(_plain(found.group(1)), is_file, kind, content, _plain(filename))


def _plain(name: str) -> str:
    """A name as it was before it was quoted."""
    for written, meant in (("%22", '"'), ("%0D", "\r"), ("%0A", "\n")):
        name = name.replace(written, meant)
    return name
