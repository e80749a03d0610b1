"""
How versions of the API are told apart: in the path, a header, the query, or the media type.

Looks at path templates and servers, at parameters called after versions, and at content types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from verifier.loading.tally import keys_of, share, usual
from verifier.loading.view import ContractView
from verifier.model import Convention, Operation

__all__ = ["recognise"]

IN_PATH = re.compile(r"(?:^|/)(v\d+(?:[._]\d+)*(?:(?:alpha|beta|p)\d*)?|\d{4}-\d{2}-\d{2})(?=/|$)")
# As the last segment of a server's address a bare number will do: ``api.xro/2.0``, ``api/1.0``.
IN_SERVER = re.compile(rf"{IN_PATH.pattern}|/(\d{{1,2}}\.\d{{1,2}})/?$")
IN_MEDIA = re.compile(r"[.;]\s*(?:v(?:ersion)?[-=.]?\d[\w.-]*)", re.IGNORECASE)
HEADER = re.compile(r"(?:^|[-_])version$|^accept-version$", re.IGNORECASE)
QUERY = re.compile(r"^(?:api[-_]?version|version|v)$", re.IGNORECASE)
TOP_SEGMENTS = 4


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention a place in which a version stands."""
    yield from _in_paths(view)
    yield from _in_servers(view)
    yield from _in_parameters(view)
    yield from _in_media(view)


def _in_paths(view: ContractView) -> Iterator[Convention]:
    found: list[tuple[Operation, str]] = []
    for operation in view.operations:
        head = "/".join(operation.path.split("/", TOP_SEGMENTS + 1)[: TOP_SEGMENTS + 1])
        match = IN_PATH.search(head)
        if match:
            found.append((operation, match[1]))
    part = share(len(found), len(view.operations))
    if found and (part > 0.1 or len(found) > 20):
        versions = sorted({version for _, version in found})
        yield Convention(
            kind="versioning",
            style="path",
            operations=keys_of(operation for operation, _ in found),
            detail={"versions": versions, "usual": usual(version for _, version in found)},
            confidence=round(0.6 + 0.4 * part, 2),
            reason=f"{len(found)} of {len(view.operations)} paths carry {', '.join(versions[:4])}",
        )


def _in_servers(view: ContractView) -> Iterator[Convention]:
    for server in view.servers:
        match = IN_SERVER.search(_path(server))
        if match:
            version = match[1] or match[2]
            yield Convention(
                kind="versioning",
                style="path",
                operations=keys_of(view.operations),
                detail={"versions": [version], "usual": version, "server": server},
                confidence=0.95,
                reason=f"the server's address ends in {version}",
            )
            return


def _path(server: str) -> str:
    try:
        return urlsplit(server).path
    except ValueError:
        return ""


def _in_parameters(view: ContractView) -> Iterator[Convention]:
    for location, pattern in (("header", HEADER), ("query", QUERY)):
        found = [
            (operation, parameter)
            for name in view.parameter_names()
            if "version" in name or name == "v"
            for operation, parameter in view.parameters(name)
            if parameter.location == location and pattern.search(parameter.name)
        ]
        part = share(len(found), len(view.operations))
        plain = {p.name.lower() for _, p in found} <= {"version", "v"}
        # A few operations with a 'version' ask for the version of a thing, not of the API.
        if found and (part > 0.5 if plain else part > 0.1) and not (plain and len(found) < 3):
            name = usual(parameter.name for _, parameter in found)
            yield Convention(
                kind="versioning",
                style=location,
                operations=keys_of(operation for operation, _ in found),
                detail={"name": name, "required": all(p.required for _, p in found)},
                confidence=round(0.6 + 0.4 * part, 2),
                reason=f"{len(found)} operations take '{name}' in the {location}",
            )


def _in_media(view: ContractView) -> Iterator[Convention]:
    found = [
        (operation, media.type)
        for operation in view.operations
        for spec in operation.responses
        if spec.status.startswith("2")
        for media in spec.media
        if "json" in media.type.lower() and IN_MEDIA.search(media.type)
    ]
    if share(len(found), len(view.operations)) > 0.1:
        name = usual(media for _, media in found)
        yield Convention(
            kind="versioning",
            style="media-type",
            operations=keys_of(operation for operation, _ in found),
            detail={"media_type": name},
            confidence=0.85,
            reason=f"answers come as {name}",
        )
