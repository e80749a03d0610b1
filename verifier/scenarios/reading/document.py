"""An Arazzo document in, a Description and its flaws out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urldefrag

from verifier.errors import ConfigError
from verifier.model import Document, Place, UnresolvedReference
from verifier.model import Source as Origin
from verifier.scenarios.description import Description, Source, Workflow
from verifier.scenarios.flaws import Flaw, Grade, Report
from verifier.scenarios.reading.node import Node
from verifier.scenarios.reading.parts import Parts
from verifier.scenarios.reading.steps import FAILURE, SUCCESS, unique
from verifier.scenarios.reading.workflows import COMMON, read_workflow
from verifier.scenarios.values import Value

__all__ = ["Written", "read"]

VERSION = re.compile(r"(1\.[01])(?:\.\d+)?(?:-.+)?\Z")
FIELDS = ("arazzo", "info", "sourceDescriptions", "workflows", "components", "x-verifier")
INFO = ("title", "summary", "description", "version")
SOURCE = ("name", "url", "type")
COMPONENTS = ("inputs", "parameters", "successActions", "failureActions")
KEY = re.compile(r"[a-zA-Z0-9.\-_]+")
ID = re.compile(r"[A-Za-z0-9_\-]+")


class Written(Protocol):
    """A file as its author wrote it: its value, and where each part stands."""

    location: str
    root: Any
    format: str

    @property
    def digest(self) -> str:
        """SHA-256 of ``raw``, in hexadecimal."""

    @property
    def raw(self) -> bytes:
        """Its bytes."""

    def place(self, path: str) -> Place:
        """File and line of a JSON pointer."""


def read(written: Written, report: Report) -> Description:
    """
    Read an Arazzo document, 1.0 or 1.1.

    Args:
        report: Receives every flaw; reading goes on after one.

    Raises:
        ConfigError: It is no Arazzo document, or of a version that is not known.
    """
    root = written.root
    if not isinstance(root, Mapping) or "arazzo" not in root:
        raise ConfigError(
            "this is no Arazzo document: it has no 'arazzo'",
            where=written.location,
            mend="It begins with 'arazzo: 1.0.1'; an OpenAPI document is for 'verifier evaluate'.",
        )
    version = _version(written)
    document = _document(written)
    top = Node(root, "", version, report, written.place)
    known = FIELDS if version == "1.0" else (*FIELDS, "$self")
    found = top.members(known, "an Arazzo document")
    top.needs(found, ("info", "sourceDescriptions", "workflows"), "an Arazzo document")
    parts = Parts(found.get("components"))
    _components(found.get("components"), parts)
    info = found["info"].members(INFO, "info") if "info" in found else {}
    if "info" in found:
        found["info"].needs(info, ("title", "version"), "info")
        _texts(info)
    return Description(
        location=written.location,
        version=version,
        title=info["title"].text() if "title" in info else "",
        summary=info["summary"].text() if "summary" in info else "",
        self_uri=_self(found.get("$self")),
        sources=_sources(found.get("sourceDescriptions")),
        workflows=_workflows(found, parts, document),
        components=_values(found.get("components"), parts),
        document=document,
    )


def _version(written: Written) -> str:
    given = written.root["arazzo"]
    match = VERSION.match(given) if isinstance(given, str) else None
    if match is None:
        shown = f"'{given}'" if isinstance(given, str) else f"{given} (no text)"
        raise ConfigError(
            f"Arazzo {shown} is no version that is read here",
            where=str(written.place("/arazzo")),
            mend="Write 'arazzo: 1.0.1', or '1.1.0'.",
        )
    return match[1]


def _document(written: Written) -> Document:
    def read_further(file: str) -> Any:
        raise UnresolvedReference(f"{file}: a scenario's schemas refer to nothing outside of it")

    return Document(
        source=Origin(
            location=written.location,
            digest=written.digest,
            size_bytes=len(written.raw),
            format=written.format,
        ),
        root=written.root,
        dialect="3.1",
        read=read_further,
        find=lambda at: written.place(at.path),
    )


def _texts(info: Mapping[str, Node]) -> None:
    for name in ("version", "description"):
        if name in info:
            info[name].text()


def _self(node: Node | None) -> str:
    if node is None:
        return ""
    text = node.text()
    if urldefrag(text).fragment:
        node.flaw("'$self' holds no fragment", "Remove what follows '#'.")
    return text


def _sources(node: Node | None) -> tuple[Source, ...]:
    if node is None:
        return ()
    found = []
    for item in node.items(least=1):
        members = item.members(SOURCE, "a source description")
        if not item.needs(members, ("name", "url"), "a source description"):
            continue
        kinds = (
            ("openapi", "arazzo") if node.version == "1.0" else ("openapi", "arazzo", "asyncapi")
        )
        source = Source(
            name=members["name"].text(),
            url=members["url"].text(),
            kind=members["type"].choice(kinds) if "type" in members else "",
            at=item.at,
        )
        if not ID.fullmatch(source.name):
            members["name"].flaw(
                f"'{source.name}' is no name that an expression can hold",
                "Use letters, digits, '_' and '-'.",
            )
        found.append((item, source))
    unique([(item, source.name) for item, source in found], "sources")
    return tuple(source for _, source in found)


def _workflows(found: Mapping[str, Node], parts: Parts, document: Document) -> tuple[Workflow, ...]:
    if "workflows" not in found:
        return ()
    above = found.get("x-verifier")
    if above is not None:
        above.members((*COMMON, "vendor"), "x-verifier of the document")
    nodes = list(found["workflows"].items(least=1))
    quiet = _once(above)
    read = [(node, read_workflow(node, parts, document, quiet)) for node in nodes]
    made = [(node, workflow) for node, workflow in read if workflow is not None]
    unique([(node, workflow.id) for node, workflow in made], "workflows")
    for node, workflow in made:
        if "." in workflow.id:
            node.inner("workflowId", workflow.id).flaw(
                f"'{workflow.id}' holds a dot, which expressions read as something else",
                "Use letters, digits, '_' and '-'.",
                grade=Grade.NOTE,
            )
    return tuple(workflow for _, workflow in made)


def _once(above: Node | None) -> Node | None:
    """The document's extension, whose flaws are told once and not for every workflow."""

    def ignore(flaw: Flaw) -> None:
        return

    if above is None:
        return None
    return Node(above.value, above.at, above.version, ignore, above.place)


def _components(node: Node | None, parts: Parts) -> None:
    """Read every component, used or not: a flaw in one is told where it stands."""
    if node is None:
        return
    for kind, group in node.members(COMPONENTS, "components").items():
        for name, inner in group.pairs(kind):
            if not KEY.fullmatch(name):
                inner.flaw(f"'{name}' is no name of a component", "Use letters, digits, '.-_'.")
            if kind == "parameters":
                parts.parameter(inner)
            elif kind == "successActions":
                parts.action(inner, SUCCESS)
            elif kind == "failureActions":
                parts.action(inner, FAILURE)


def _values(node: Node | None, parts: Parts) -> dict[str, Value]:
    """The reusable parameters' values, for ``$components.parameters.NAME``."""
    quiet = _once(node)
    held = quiet.value.get("parameters") if quiet and isinstance(quiet.value, Mapping) else None
    if quiet is None or not isinstance(held, Mapping):
        return {}
    inner = quiet.inner("parameters", held)
    read = {str(k): parts.parameter(inner.inner(k, v)) for k, v in held.items()}
    return {f"parameters.{name}": p.value for name, p in read.items() if p is not None}
