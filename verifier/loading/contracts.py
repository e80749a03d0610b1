"""A parsed document understood: operations, schemes, resources, conventions, problems."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orjson

from verifier.loading.calls import infer_calls
from verifier.loading.dangling import leads_on, report_dangling
from verifier.loading.operations import read_operations, read_webhooks
from verifier.loading.reader import Reader
from verifier.loading.recognition import recognise_at, recognise_conventions
from verifier.loading.resources import infer_resources
from verifier.loading.security import read_schemes
from verifier.loading.servers import read_servers
from verifier.loading.templates import report_twins
from verifier.loading.view import ContractView
from verifier.model import (
    Contract,
    Document,
    Place,
    Pointer,
    Problem,
    Source,
    UnresolvedReference,
    deferred,
)

__all__ = ["from_mapping", "skim", "understand"]


def from_mapping(document: Mapping[str, Any], *, location: str = "document") -> Contract:
    """
    A contract from a document that is already data (a program's, or a specimen's).

    Args:
        location: What messages call it.
    """
    raw, root = _copied(document)
    return understand(
        Document(
            source=Source(
                location=location,
                digest=hashlib.sha256(raw).hexdigest(),
                size_bytes=len(raw),
                format="json",
            ),
            root=root,
            dialect=".".join(str(document.get("openapi", "3.1")).split(".")[:2]),
            read=_no_further_files,
            find=lambda at: Place(file=at.file or location, pointer=at.path),
        )
    )


def _copied(document: Mapping[str, Any]) -> tuple[bytes, Any]:
    """The document as bytes and as data of its own; integers beyond 64 bits stay whole."""
    try:
        raw = orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS)
        return raw, orjson.loads(raw)
    except TypeError:
        raw = json.dumps(document).encode()
        return raw, json.loads(raw)


def understand(document: Document, *, resources: bool = True) -> Contract:
    """
    Everything that the document says, as nouns; never raises for what is wrong with it.

    Args:
        resources: Whether resources are inferred, and the conventions that rest on them; whoever
            needs none of them spares a third of the time.
    """
    problems: list[Problem] = []
    reader = Reader(document, problems.append)
    info = reader.members(document.root, "info", Pointer())
    view = _viewed(reader, resources=resources)
    report_twins((*view.operations, *view.webhooks), problems.append)
    report_dangling(document, problems.append, frozenset(problem.at for problem in problems))
    return Contract(
        **_known(view, info),
        openapi=_said(document.root.get("openapi")),
        resources=view.resources,
        calls=view.calls,
        conventions=recognise_conventions(view),
        problems=tuple(dict.fromkeys(problems)),
    )


def skim(
    document: Document,
    openapi: str,
    around: Callable[[tuple[Problem, ...]], tuple[Problem, ...]],
    *,
    resources: bool,
) -> Contract:
    """
    The same, and what it holds is read when somebody asks for it.

    Whoever compares two editions, or serves one, looks into few of the operations of a large
    document at a time.

    Args:
        openapi: The version that the document declares.
        around: Puts problems of the document's files beside its own.
    """
    reader = Reader(document, lambda problem: None, later=True)
    view = _viewed(reader, resources=resources)

    def problems() -> tuple[Problem, ...]:
        return around(understand(document, resources=False).problems)

    def lost() -> tuple[Problem, ...]:
        return () if leads_on(document) else tuple(p for p in problems() if p.lost)

    late: dict[str, Callable[[], Any]] = {
        "resources": lambda: view.resources,
        "calls": lambda: view.calls,
        "conventions": lambda: recognise_conventions(view),
        "problems": problems,
        "lost": lost,
    }
    info = reader.members(document.root, "info", Pointer())
    return deferred(Contract, lambda name: late[name](), **_known(view, info), openapi=openapi)


def _viewed(reader: Reader, *, resources: bool) -> ContractView:
    return ContractView(
        reader.document,
        operations=read_operations(reader),
        webhooks=read_webhooks(reader),
        schemes=read_schemes(reader),
        servers=read_servers(reader),
        infer=infer_resources if resources else None,
        infer_calls=infer_calls if resources else None,
    )


def _known(view: ContractView, info: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a contract as soon as its operations are."""
    return {
        "title": _said(info.get("title")) or view.document.source.location,
        "version": _said(info.get("version")),
        "document": view.document,
        "operations": view.operations,
        "webhooks": view.webhooks,
        "schemes": view.schemes,
        "servers": view.servers,
        "recognise": partial(recognise_at, view),
    }


def _said(value: Any) -> str:
    """A text, or a number where a text was meant (a version, mostly)."""
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def _no_further_files(file: str) -> Any:
    raise UnresolvedReference(f"{file} is another file, and this document stands alone")
