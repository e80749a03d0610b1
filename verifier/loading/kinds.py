"""What a parsed file is: which OpenAPI, or what else it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from verifier.errors import DocumentError

__all__ = ["Kind", "is_document", "kind_of"]

NEWEST = (3, 2)
VERSION = re.compile(r"\s*(\d+)\.(\d+)")


class Kind(Struct, frozen=True, kw_only=True):
    """
    Which OpenAPI a document is written in.

    Args:
        declared: The version as its author wrote it, such as ``3.0.3``.
        dialect: ``2.0``, ``3.0``, ``3.1`` or ``3.2``.
        says: What is wrong with the declaration; empty where nothing is.
    """

    declared: str
    dialect: str
    says: str = ""

    @property
    def member(self) -> str:
        """The member that declares it."""
        return "swagger" if self.dialect == "2.0" else "openapi"


def is_document(root: Any) -> bool:
    """Whether a parsed file declares to be OpenAPI or Swagger."""
    return isinstance(root, Mapping) and ("openapi" in root or "swagger" in root)


def kind_of(root: Mapping[str, Any], location: str) -> Kind:
    """
    Which OpenAPI a document is.

    Raises:
        DocumentError: It is none that can be read; says what it looks like instead.
    """
    if "openapi" in root:
        return _openapi(root["openapi"], location)
    if "swagger" in root:
        return _swagger(root["swagger"], location)
    looks = _look(root)
    raise DocumentError(
        "The document has neither an 'openapi' nor a 'swagger' member"
        + (f"; it looks like {looks[0]}" if looks else ""),
        where=location,
        mend=looks[1] if looks else "Give the file that starts with 'openapi: 3.x.y'.",
    )


def _openapi(value: Any, location: str) -> Kind:
    found = VERSION.match(str(value))
    if found is None or isinstance(value, (dict, list)):
        raise DocumentError(
            f"'openapi' is {str(value)[:40]!r}, and no version can be read from that",
            where=location,
            mend="Write the version as text, such as openapi: '3.1.0'.",
        )
    version = int(found[1]), int(found[2])
    if version[0] != 3:
        raise DocumentError(
            f"The document is OpenAPI {str(value)[:40]}, and versions 2.0 to 3.2 can be read",
            where=location,
            mend="Ask the vendor for an OpenAPI 3 document.",
        )
    says = ""
    if not isinstance(value, str):
        says = f"'openapi' is the number {value}, and must be a text such as '3.0.3'"
    if version > NEWEST:
        says = f"OpenAPI {value} is newer than 3.2, and was read as 3.2"
        version = NEWEST
    return Kind(declared=str(value), dialect=f"3.{version[1]}", says=says)


def _swagger(value: Any, location: str) -> Kind:
    # 'swagger: 2.0' is a number in YAML, and half of all authors write it so.
    if str(value).strip() in ("2.0", "2", "2.0.0"):
        says = (
            "" if isinstance(value, str) else f"'swagger' is the number {value}, and must be a text"
        )
        return Kind(declared="2.0", dialect="2.0", says=says)
    raise DocumentError(
        f"The document is Swagger {str(value)[:40]}, and only 2.0 can be read",
        where=location,
        mend="Convert it to OpenAPI 3, or ask the vendor for a newer document.",
    )


Test = Callable[[Mapping[str, Any]], bool]


def _has(*names: str) -> Test:
    return lambda root: all(name in root for name in names)


def _postman(root: Mapping[str, Any]) -> bool:
    info = root.get("info")
    return isinstance(info, Mapping) and (
        "_postman_id" in info or "getpostman.com" in str(info.get("schema"))
    )


def _archive(root: Mapping[str, Any]) -> bool:
    log = root.get("log")
    return isinstance(log, Mapping) and "entries" in log


def _introspection(root: Mapping[str, Any]) -> bool:
    data = root.get("data", root)
    return isinstance(data, Mapping) and "__schema" in data


GIVE = "Give the OpenAPI document that it belongs to."
LOOKS: tuple[tuple[Test, str, str], ...] = (
    (_has("arazzo"), "an Arazzo document (workflows)", GIVE),
    (_has("asyncapi"), "an AsyncAPI document (messages)", "It describes messages, not requests."),
    (_has("overlay"), "an Overlay", "Give the document, and this file as its overlay."),
    (_has("swaggerVersion"), "a Swagger 1 document", "Convert it to OpenAPI 3."),
    (_postman, "a Postman collection", "Export it from Postman as OpenAPI 3."),
    (_has("_type", "resources"), "an Insomnia export", "Export it from Insomnia as OpenAPI 3."),
    (_archive, "a HAR file (recorded traffic)", GIVE),
    (_introspection, "a GraphQL schema", "GraphQL is not supported."),
    (_has("vendor"), "a vendor profile", "Load it as a vendor, or give the document it names."),
    (_has("apiVersion", "kind"), "a Kubernetes manifest", "Give the OpenAPI document."),
    (_has("$schema"), "a JSON Schema", GIVE),
    (_has("properties", "type"), "a JSON Schema", GIVE),
    (_has("paths"), "OpenAPI without its first line", "Add the line openapi: '3.0.3' at the top."),
    (_has("error"), "an error message of a server", "Check the address in a browser."),
    (_has("message"), "an error message of a server", "Check the address in a browser."),
)


def _look(root: Mapping[str, Any]) -> tuple[str, str] | None:
    for test, looks, mend in LOOKS:
        if test(root):
            return looks, mend
    return None
