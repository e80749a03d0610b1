"""From scenario files to an order for each vendor whose scenarios are among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from msgspec import Struct

from verifier.cli.options import names
from verifier.errors import UsageError
from verifier.runs import playbill
from verifier.runs.assignment import Assignment

__all__ = ["Group", "assignments", "groups"]


class Group(Struct, frozen=True, kw_only=True):
    """
    The scenarios of one vendor.

    Args:
        where: The vendor.
        sources: Source name to the file that the user named for it.
        apis: Further documents, by their source's name.
    """

    where: str
    files: tuple[str, ...]
    sources: Mapping[str, str]
    apis: Mapping[str, str]


def groups(files: Iterable[str], vendor: str, given_sources: Iterable[str]) -> Iterator[Group]:
    """
    A group for each vendor.

    Args:
        vendor: The vendor of all of them; empty to find it from each file.
        given_sources: ``NAME=FILE``.
    """
    sources = dict(_pair(text, "--source", "NAME=FILE") for text in given_sources)
    opened = {file: playbill.open_scenario(file).description for file in files}
    found: dict[str, list[str]] = {}
    for file, description in opened.items():
        where = vendor or playbill.vendor_of(description, sources)
        found.setdefault(where, []).append(file)
    for where, group in found.items():
        apis = playbill.apis_of((opened[file] for file in group), where, sources)
        yield Group(where=where, files=tuple(group), sources=sources, apis=apis)


def assignments(files: Iterable[str], given: Mapping[str, Any]) -> list[Assignment]:
    """An order for each vendor, with all that the command line gave."""
    return [
        Assignment(
            where=group.where,
            scenarios=group.files,
            only=("scenario.*",),
            base_url=given["base_url"],
            principals=tuple(given["principals"]),
            environment=given["environment"] or "",
            allow_writes=given["allow_writes"],
            allow_bursts=given["allow_bursts"],
            webhook_url=given["webhook_url"],
            webhook_port=given["webhook_port"],
            overlays=tuple(given["overlays"]),
            mock=given["mock"],
            misbehave=names(given["misbehave"]),
            workflows=tuple(given["workflows"]),
            tags=tuple(given["tags"]),
            inputs=dict(_input(text) for text in given["inputs"]),
            sources=group.sources,
            apis=group.apis,
            addresses=dict(_pair(text, "--api", "NAME=URL") for text in given["addresses"]),
            lenient=given["lenient"],
            budget=given["budget"],
            per_second=given["rate"],
            seed=given["seed"],
            folder=given["output"],
            formats=tuple(given["formats"]),
        )
        for group in groups(files, given["vendor"], given["sources"])
    ]


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError(f"'{text}' is no {form}", mend=f"Write {option} {form}.")
    return name, value


def _input(text: str) -> tuple[str, Any]:
    name, value = _pair(text, "--input", "NAME=VALUE")
    try:
        return name, orjson.loads(value)
    except ValueError:
        return name, value
