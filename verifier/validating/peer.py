"""
The door to openapi-core: our nouns in, its errors out. It is imported when first asked.

It is opened once for each document, without checking the document (its default check takes 15 s on
GitHub's). It fetches nothing: every reference to another file is read through the document, which
keeps to what the user allowed.
"""

from __future__ import annotations

import warnings
import weakref
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from msgspec import Struct

from verifier.encoding import is_json, media_for
from verifier.model import Document, Operation, Response, UnresolvedReference

__all__ = ["errors_of"]

BASE = "http://document.invalid/"


class _Asked(Struct, frozen=True):
    """A request as openapi-core wants it; ``path`` is the template, which ``_Finder`` looks up."""

    method: str
    path: str
    parameters: Any
    host_url: str = ""
    content_type: str = ""
    body: bytes | None = None


class _Answered(Struct, frozen=True):
    """A response as openapi-core wants it."""

    status_code: int
    content_type: str
    headers: Any
    data: bytes | None


class _Finder:
    """Leads to the operation that is meant, whatever servers and look-alike paths say."""

    def __init__(self, spec: Any, base_url: str | None = None) -> None:
        self.spec = spec

    def find(self, method: str, name: str) -> tuple[Any, ...]:
        path = self.spec / "paths" / name
        return path, path / method, None, None, None


class _Files(dict[str, Callable[[str], Any]]):
    """A reader for every scheme of address: the document's own reading, and its rules."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        # Weak, because this is kept beside the document for as long as the document lives.
        self._document = weakref.ref(document)

    def __contains__(self, scheme: object) -> bool:
        return True

    def __missing__(self, scheme: str) -> Callable[[str], Any]:
        return self._read

    def _read(self, address: str) -> Any:
        document = self._document()
        if document is None:
            raise UnresolvedReference(f"{address} is not read: its document is gone")
        return document.read(address.removeprefix(BASE))


class _Readers(dict[str, Callable[..., Any]]):
    """Bodies of ``+json`` and of documented ranges (``*/*``), which it would leave as bytes."""

    def __contains__(self, kind: object) -> bool:
        return isinstance(kind, str) and (is_json(kind) or "*" in kind)

    def __missing__(self, kind: str) -> Callable[..., Any]:
        return _json_or_text


def _json_or_text(content: bytes, **_: str) -> Any:
    try:
        return orjson.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")


def errors_of(document: Document, operation: Operation, response: Response) -> list[Exception]:
    """
    Everything that openapi-core finds wrong with an answer.

    Raises:
        Exception: Whatever it stumbles over in the document.
    """
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers

    spec = operation.response(response.status)
    content_type = response.header("content-type") or ""
    media = media_for(spec.media, content_type) if spec else None
    if media is not None and "*" not in media.type:
        # It compares with the documented text, parameters and all; which one is meant is decided.
        content_type = media.type
    asked = _Asked(operation.method.lower(), operation.path, RequestParameters())
    answered = _Answered(
        response.status, content_type, Headers(list(response.headers)), response.body or None
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(_application(document).iter_response_errors(asked, answered))


def _application(document: Document) -> Any:
    found = _APPLICATIONS.get(document)
    if found is None:
        from jsonschema_path import SchemaPath
        from openapi_core import Config, OpenAPI

        root: Mapping[str, Any] = document.root
        spec = SchemaPath.from_dict(root, base_uri=BASE, handlers=_Files(document))
        finder: Any = _Finder  # it asks for a base class, of which it uses the two methods
        config = Config(
            spec_validator_cls=None,
            path_finder_cls=finder,
            extra_media_type_deserializers=_Readers(),
        )
        found = _APPLICATIONS[document] = OpenAPI(spec, config=config)
    return found


_APPLICATIONS: weakref.WeakKeyDictionary[Document, Any] = weakref.WeakKeyDictionary()
