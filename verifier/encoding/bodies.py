"""
Bodies: a value as bytes of a media type.

    application/json, +json         JSON
    application/x-ndjson, jsonl     a line for each member
    application/x-www-form-urlencoded   ``a=1&b[c]=2``: brackets unless ``encoding`` says otherwise
    multipart/form-data             a part for each property; files for ``format: binary``
    text/*, application/octet-stream    text as it is
    XML                             only as text that is already XML; else refused, with the reason
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.encoding.brackets import flatten
from verifier.encoding.faults import EncodeError
from verifier.encoding.media import is_json, kind_of, media_for
from verifier.encoding.multipart import multipart
from verifier.encoding.scalars import json_bytes, json_text, text
from verifier.encoding.styles import escape, escape_reserved, query_pairs
from verifier.model import Draft, Media, Operation, Parameter, Pointer

__all__ = ["encode_body", "form_text", "media_of"]

LINES = frozenset(
    {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-seq"}
)


def encode_body(operation: Operation, draft: Draft) -> tuple[str, bytes]:
    """
    The content type and the bytes of a draft's body; two empties where it has none.

    Raises:
        EncodeError: The media type is one that is not made here.
    """
    media = media_of(operation, draft.media_type)
    named = draft.media_type or (media.type if media else "")
    if draft.raw_body is not None:
        return _concrete(named, draft.body), draft.raw_body
    if not draft.has_body:
        return "", b""
    return _write(_concrete(named, draft.body), draft.body, media)


def media_of(operation: Operation, media_type: str) -> Media | None:
    """The documented media that a draft means: the one it names, else JSON, else the first."""
    offered = operation.body.media if operation.body else ()
    if media_type:
        return media_for(offered, media_type)
    return next((m for m in offered if is_json(m.type)), offered[0] if offered else None)


def _concrete(named: str, value: Any) -> str:
    kind = kind_of(named)
    if kind and "*" not in kind:
        return named
    if kind.startswith("text/") or (isinstance(value, str) and kind and kind != "application/*"):
        return "text/plain"
    return "application/octet-stream" if isinstance(value, bytes) else "application/json"


def _write(content_type: str, value: Any, media: Media | None) -> tuple[str, bytes]:
    kind = kind_of(content_type)
    encoding = media.encoding if media else {}
    if isinstance(value, bytes):
        return content_type, value
    if is_json(kind):
        return content_type, json_bytes(value)
    if kind == "application/x-www-form-urlencoded":
        return content_type, form_text(value, encoding).encode()
    if kind == "multipart/form-data":
        return multipart(value, media)
    if kind in LINES and isinstance(value, list):
        return content_type, b"".join(json_bytes(member) + b"\n" for member in value)
    if not isinstance(value, str) and (kind.endswith(("/xml", "+xml"))):
        raise EncodeError(
            "body",
            f"a body of {kind} is not made from values here",
            mend="Give the operation's body as text under fixtures.",
        )
    return content_type, text(value).encode("utf-8", "surrogatepass")


def form_text(value: Any, encoding: Mapping[str, Any]) -> str:
    """
    A value as ``application/x-www-form-urlencoded``.

    Args:
        encoding: Property name to its encoding object; without one, arrays of plain values repeat
            the name (``a=1&a=2``) and whatever nests is bracketed.
    """
    if not isinstance(value, dict):
        return escape(text(value))
    pairs = (
        pair
        for name, member in value.items()
        for pair in _form_pairs(str(name), member, encoding.get(name))
    )
    return "&".join(f"{name}={member}" for name, member in pairs)


def _form_pairs(name: str, value: Any, encoding: Any) -> Iterator[tuple[str, str]]:
    rules = encoding if isinstance(encoding, Mapping) else {}
    encode = escape_reserved if rules.get("allowReserved") is True else escape
    style = rules.get("style")
    if is_json(str(rules.get("contentType", ""))) and isinstance(value, (dict, list)):
        return iter([(escape(name), encode(json_text(value)))])
    if style == "deepObject" or (style is None and _nests(value)):
        return ((escape(key), encode(leaf)) for key, leaf in flatten(name, value))
    explode = rules.get("explode")
    parameter = Parameter(
        name=name,
        location="query",
        required=False,
        schema=None,
        at=Pointer(),
        style=str(style or "form"),
        explode=explode if isinstance(explode, bool) else style in (None, "form"),
        allow_reserved=rules.get("allowReserved") is True,
    )
    return query_pairs(parameter, value)


def _nests(value: Any) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and any(isinstance(member, (dict, list)) for member in value)
