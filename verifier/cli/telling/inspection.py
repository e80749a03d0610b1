"""An inspection as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

__all__ = ["show"]

MOST_RESOURCES = 40
MOST_PROBLEMS = 20


def show(found: Mapping[str, Any]) -> None:
    """Print an inspection for a person."""
    for line in _lines(found):
        click.echo(line)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['title']} {found['version']}".rstrip()
    told = [_many(found["operations"], "operation"), _many(found["webhooks"], "webhook")]
    yield f"OpenAPI {found['openapi']}, {', '.join(told)}"
    yield from _resources("Resources", found["resources"])
    if found["calls"]:
        yield from _resources("Reached by calls", found["calls"])
    yield from _security(found["security"])
    yield from _conventions(found["conventions"])
    yield from _problems(found["problems"])


def _many(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'s' * (count != 1)}"


def _resources(heading: str, resources: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"\n{heading} ({len(resources)})"
    for resource in resources[:MOST_RESOURCES]:
        able = [
            verb
            for verb in ("create", "read", "list", "update", "replace", "delete", "search")
            if resource.get(verb)
        ]
        able += [_many(len(resource["actions"]), "action")] if resource.get("actions") else []
        sure = f"{resource['confidence']:.0%}"
        yield f"  {resource['name']:<28} {sure:>4}  {', '.join(able)}"
    if len(resources) > MOST_RESOURCES:
        yield f"  ... and {len(resources) - MOST_RESOURCES} more (--json shows all)"


def _security(security: Mapping[str, Any]) -> Iterator[str]:
    schemes = security.get("schemes", [])
    yield f"\nSecurity ({_many(len(schemes), 'scheme')})"
    for scheme in schemes:
        scopes = len(scheme.get("scopes", ()))
        held = f", {_many(scopes, 'scope')}" if scopes else ""
        yield f"  {scheme['name']:<28} {scheme['type']}{held}"


def _conventions(conventions: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"\nConventions ({len(conventions)})"
    for convention in conventions:
        yield f"  {convention['kind']:<16} {convention['style']:<20} {convention['reason']}"


def _problems(problems: list[Mapping[str, Any]]) -> Iterator[str]:
    yield f"\nProblems ({len(problems)})"
    for problem in problems[:MOST_PROBLEMS]:
        line = problem.get("line")
        place = f"{problem['file']}:{line}" if line else problem["pointer"]
        yield f"  {place}: {problem['says']}"
        if problem.get("mend"):
            yield f"      {problem['mend']}"
    if len(problems) > MOST_PROBLEMS:
        yield f"  ... and {len(problems) - MOST_PROBLEMS} more (--json shows all)"
