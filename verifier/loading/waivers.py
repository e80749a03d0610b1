"""Waivers that a user writes down, or has written down by a command."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from verifier.errors import ConfigError
from verifier.loading.declaration import Choice, Items, Member, Record, Text
from verifier.loading.setting import Setting, open_settings
from verifier.model import REASONS, Acceptance, Change, Waiver

__all__ = [
    "read_acceptances",
    "read_waivers",
    "waivers_schema",
    "write_acceptance",
    "write_waivers",
]

DAY = Text(pattern=r"\d{4}-\d{2}-\d{2}", wants="a day such as 2027-01-31")
FINGERPRINT = Text(pattern=r"[0-9a-f]{16}", wants="sixteen hexadecimal digits")
WAIVER = Record(
    {
        "fingerprint": Member(
            kind=FINGERPRINT,
            says="The one change that is accepted, as the comparison prints it.",
        ),
        "rule": Member(kind=Text(), says="Changes of this rule; * stands for anything."),
        "operation": Member(
            kind=Text(), says="Changes that reach only such operations: 'GET /items*'."
        ),
        "reason": Member(kind=Text(), says="Why it is accepted.", required=True),
        "until": Member(
            kind=DAY,
            says="The last day on which the waiver holds; for ever if left out.",
        ),
    }
)
ACCEPTANCE = Record(
    {
        "fingerprint": Member(
            kind=FINGERPRINT, says="The one finding that is accepted, as the gate prints it."
        ),
        "check": Member(kind=Text(), says="Findings of this check; * stands for anything."),
        "operation": Member(kind=Text(), says="Findings at such operations: 'GET /items*'."),
        "reason": Member(kind=Choice(REASONS), says="Why it is accepted.", required=True),
        "says": Member(kind=Text(), says="More about the reason: a ticket, a promise."),
        "owner": Member(kind=Text(), says="Who answers for it.", required=True),
        "until": Member(kind=DAY, says="The last day on which the waiver holds.", required=True),
    }
)
WAIVERS = Record(
    {
        "waivers": Member(kind=Items(WAIVER), says="Changes of the document that are accepted."),
        "findings": Member(
            kind=Items(ACCEPTANCE), says="Findings that are accepted, each for a time."
        ),
    }
)
HEAD = """\
# yaml-language-server: $schema=waivers.schema.json
# What is accepted, each for a reason: 'waivers' are changes of the document ('verifier diff'),
# 'findings' are those of an evaluation ('verifier gate').
"""


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """
    The waivers of changes in a file.

    Raises:
        ConfigError: It cannot be used as written.
    """
    return tuple(_waiver(one, where) for one, where in _listed(path, "waivers"))


def read_acceptances(path: Path) -> tuple[Acceptance, ...]:
    """
    The waivers of findings in a file.

    Raises:
        ConfigError: It cannot be used as written.
    """
    return tuple(_acceptance(one, where) for one, where in _listed(path, "findings"))


def _listed(path: Path, name: str) -> list[tuple[dict[str, Any], str]]:
    """The entries of a list, each with its file and line."""
    top = open_settings(path, beginning="findings: []")
    given = WAIVERS.read(top).get(name, ())
    lines = _lines(top, name)
    return [(one, f"{path}:{line}") for one, line in zip(given, lines, strict=True)]


def _lines(top: Setting, name: str) -> list[int]:
    for key, value in top.node.value:
        if key.value == name:
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _waiver(given: dict[str, Any], where: str) -> Waiver:
    _narrow(given, ("fingerprint", "rule", "operation"), where)
    return Waiver(
        reason=given["reason"],
        fingerprint=given.get("fingerprint", ""),
        rule=given.get("rule", ""),
        operation=given.get("operation", ""),
        until=_day(given["until"], where) if "until" in given else None,
        where=where,
    )


def _acceptance(given: dict[str, Any], where: str) -> Acceptance:
    _narrow(given, ("fingerprint", "check", "operation"), where)
    return Acceptance(**{**given, "until": _day(given["until"], where)}, where=where)


def _narrow(given: dict[str, Any], names: tuple[str, ...], where: str) -> None:
    if all(given.get(name, "*").strip("*") == "" for name in names):
        raise ConfigError(
            "this waiver accepts everything",
            where=where,
            mend=f"Say what it accepts: {', '.join(names[:-1])} or {names[-1]}.",
        )


def _day(text: str, where: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            f"'{text}' is no day", where=where, mend="Write it as 2027-01-31."
        ) from None


def write_waivers(path: Path, changes: list[Change], reason: str) -> int:
    """
    Add a waiver for each change to a file, one line of fact and one of reason for each.

    Returns:
        How many were added.

    Raises:
        ConfigError: The file cannot be written.
    """
    lines = [
        f'  - fingerprint: "{change.fingerprint}"  # {change.rule}: {_plain(change.says)}\n'
        f"    reason: {_quoted(reason)}\n"
        for change in changes
    ]
    _add(path, "waivers", lines)
    return len(lines)


def write_acceptance(path: Path, acceptance: Acceptance, *, about: str = "") -> None:
    """
    Add a waiver of findings to a file, which is made where there is none.

    Args:
        about: What it is about, for whoever reads the file.

    Raises:
        ConfigError: The file cannot be read as waivers, or not be written.
    """
    if path.exists():
        read_acceptances(path)
    given = acceptance.as_data()
    written = {name: given[name] for name in ACCEPTANCE.members if given[name]}
    lines = [f"{name}: {_quoted(value)}\n" for name, value in written.items()]
    comment = f"  # {_plain(about)}" if about else ""
    first = lines[0].replace("\n", f"{comment}\n", 1)
    _add(path, "findings", [f"  - {first}", *(f"    {line}" for line in lines[1:])])


def _add(path: Path, name: str, lines: Iterable[str]) -> None:
    """Put lines at the end of a list, and the list at the end of the file where there is none."""
    try:
        known = path.read_text("utf-8") if path.exists() else HEAD
        path.write_text(_with(known.rstrip("\n") + "\n", name, "".join(lines)), "utf-8")
    except OSError as error:
        raise ConfigError(
            f"the waivers cannot be written: {error.strerror}", where=str(path)
        ) from error


def _with(known: str, name: str, added: str) -> str:
    written = known.splitlines(keepends=True)
    tops = [number for number, line in enumerate(written) if line[:1] not in (" ", "#", "-", "\n")]
    start = next((n for n in tops if written[n].startswith(f"{name}:")), None)
    if start is None:
        return f"{known}{name}:\n{added}"
    written[start] = written[start].replace(f"{name}: []", f"{name}:")
    end = next((n for n in tops if n > start), len(written))
    return "".join([*written[:end], added, *written[end:]])


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:140]


def _quoted(text: str) -> str:
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$") + '"'


def waivers_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file of waivers."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "waivers",
        "description": "Changes of a vendor's document, and findings, that are accepted.",
        **WAIVERS.schema(),
    }
