"""A body read back into a value, by its media type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from verifier.encoding.bodies import LINES
from verifier.encoding.brackets import split_name, unflatten
from verifier.encoding.faults import DecodeError
from verifier.encoding.media import is_json, kind_of
from verifier.encoding.multipart import Part, read_parts
from verifier.encoding.parameters import DELIMITERS, pairs_of
from verifier.encoding.scalars import json_value
from verifier.encoding.shape import Shape
from verifier.model import Media

__all__ = ["read_payload"]


def read_payload(
    content_type: str, body: bytes, media: Media | None, shape: Shape
) -> tuple[Any, bool, bytes | None]:
    """
    The value of a body.

    Returns:
        The value, whether there is one, and the bytes themselves where no value can be made of
        them (a media type that is only carried, such as XML or an image).

    Raises:
        DecodeError: It is not what its media type says.
    """
    kind = kind_of(content_type or (media.type if media else ""))
    if is_json(kind) or kind in ("", "*/*", "application/*"):
        return _json(body), True, None
    if kind in LINES:
        return [_json(line) for line in body.splitlines() if line.strip()], True, None
    if kind == "application/x-www-form-urlencoded":
        return _form(body, media, shape), True, None
    if kind == "multipart/form-data":
        return _multipart(content_type, body, shape), True, None
    if kind.startswith("text/") or kind == "application/octet-stream":
        try:
            return shape.cast(body.decode()), True, None
        except UnicodeDecodeError:
            return None, False, body
    return None, False, body


def _json(text: bytes) -> Any:
    try:
        return json_value(text)
    except ValueError as error:
        raise DecodeError("body", f"the body is not JSON: {error}") from None


def _form(body: bytes, media: Media | None, shape: Shape) -> Any:
    try:
        pairs = pairs_of(body.decode(), "body")
    except UnicodeDecodeError:
        raise DecodeError("body", "the form is not UTF-8") from None
    gathered: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, text in pairs:
        top, keys = split_name(name)
        gathered.setdefault(top, []).append((keys, text))
    return {
        name: _field(leaves, shape.member(name), _delimiters(media, name))
        for name, leaves in gathered.items()
    }


def _delimiters(media: Media | None, name: str) -> tuple[str, ...]:
    """What separates the members of a property that its encoding says is not exploded."""
    rules = media.encoding.get(name) if media else None
    if not isinstance(rules, Mapping) or rules.get("explode") is not False:
        return ()
    style = rules.get("style", "form")
    return DELIMITERS.get(style, (",",)) if style != "deepObject" else ()


def _field(
    leaves: list[tuple[tuple[str, ...], str]], shape: Shape, delimiters: tuple[str, ...]
) -> Any:
    if any(keys for keys, _ in leaves):
        return shape.cast_all(unflatten((keys, unquote_plus(text)) for keys, text in leaves))
    texts = [text for _, text in leaves]
    if "array" in shape.types:
        for delimiter in delimiters:
            texts = [piece for text in texts for piece in text.split(delimiter)]
    texts = [unquote_plus(text) for text in texts]
    return _repeated(texts, shape)


def _repeated(texts: list[str], shape: Shape) -> Any:
    """What a name stands for that was said once or several times."""
    plain = shape.types & {"string", "integer", "number", "boolean"}
    listed = "array" in shape.types
    if len(texts) == 1 and shape.types & {"array", "object"} and texts[0][:1] in ("[", "{"):
        whole = _structured(texts[0])
        if isinstance(whole, list) or (isinstance(whole, dict) and "object" in shape.types):
            return whole
    if len(texts) > 1 or (listed and not plain):
        inner = shape.items() if listed else shape
        return [_member(text, inner) for text in texts]
    return shape.cast(texts[0])


def _member(text: str, shape: Shape) -> Any:
    """One of several: as JSON where it is an object, and may be one (OpenAPI 3.0.4, 4.8.15.1)."""
    if text[:1] == "{" and ("object" in shape.types or not shape.types):
        whole = _structured(text)
        return text if whole is None else whole
    return shape.cast(text)


def _structured(text: str) -> Any:
    try:
        return json_value(text)
    except ValueError:
        return None


def _multipart(content_type: str, body: bytes, shape: Shape) -> Any:
    gathered: dict[str, list[Part]] = {}
    for part in read_parts(content_type, body):
        gathered.setdefault(part.name, []).append(part)
    value: dict[str, Any] = {}
    for name, parts in gathered.items():
        member = shape.member(name)
        if all(not is_json(part.content_type) for part in parts):
            texts = [part.content.decode("utf-8", "replace") for part in parts]
            value[name] = _repeated(texts, member)
        else:
            found = [_json(part.content) for part in parts]
            several = len(found) > 1 or ("array" in member.types and not isinstance(found[0], list))
            value[name] = found if several else found[0]
    return value
