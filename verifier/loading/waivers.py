"""Waivers that a user writes down, or has written down by a command."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from verifier.errors import ConfigError
from verifier.loading.declaration import Items, Member, Record, Text
from verifier.loading.setting import Setting, open_settings
from verifier.model import Change, Waiver

__all__ = ["read_waivers", "waivers_schema", "write_waivers"]

DAY = r"\d{4}-\d{2}-\d{2}"
WAIVER = Record(
    {
        "fingerprint": Member(
            kind=Text(pattern=r"[0-9a-f]{16}", wants="sixteen hexadecimal digits"),
            says="The one change that is accepted, as the comparison prints it.",
        ),
        "rule": Member(kind=Text(), says="Changes of this rule; * stands for anything."),
        "operation": Member(
            kind=Text(), says="Changes that reach only such operations: 'GET /items*'."
        ),
        "reason": Member(kind=Text(), says="Why it is accepted.", required=True),
        "until": Member(
            kind=Text(pattern=DAY, wants="a day such as 2027-01-31"),
            says="The last day on which the waiver holds; for ever if left out.",
        ),
    }
)
WAIVERS = Record({"waivers": Member(kind=Items(WAIVER), says="What is accepted.", required=True)})
HEAD = """\
# yaml-language-server: $schema=waivers.schema.json
# Changes that are accepted, each for a reason. Written by 'verifier diff --accept'.
waivers:
"""


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """
    The waivers of a file.

    Raises:
        ConfigError: It cannot be used as written.
    """
    top = open_settings(path)
    given = WAIVERS.read(top)
    lines = _lines(top)
    return tuple(
        _waiver(one, f"{path}:{line}") for one, line in zip(given["waivers"], lines, strict=True)
    )


def _lines(top: Setting) -> list[int]:
    for key, value in top.node.value:
        if key.value == "waivers":
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _waiver(given: dict[str, Any], where: str) -> Waiver:
    if not given.keys() & {"fingerprint", "rule", "operation"}:
        raise ConfigError(
            "this waiver accepts everything",
            where=where,
            mend="Say what it accepts: fingerprint, rule or operation.",
        )
    until = None
    if "until" in given:
        try:
            until = datetime.date.fromisoformat(given["until"])
        except ValueError:
            raise ConfigError(
                f"'{given['until']}' is no day", where=where, mend="Write it as 2027-01-31."
            ) from None
    return Waiver(
        reason=given["reason"],
        fingerprint=given.get("fingerprint", ""),
        rule=given.get("rule", ""),
        operation=given.get("operation", ""),
        until=until,
        where=where,
    )


def write_waivers(path: Path, changes: list[Change], reason: str) -> int:
    """
    Add a waiver for each change to a file, one line of fact and one of reason for each.

    Returns:
        How many were added.

    Raises:
        ConfigError: The file cannot be written.
    """
    lines = [
        f"  - fingerprint: {change.fingerprint}  # {change.rule}: {_plain(change.says)}\n"
        f"    reason: {_quoted(reason)}\n"
        for change in changes
    ]
    try:
        known = path.read_text("utf-8") if path.exists() else HEAD
        path.write_text(known.rstrip("\n") + "\n" + "".join(lines), "utf-8")
    except OSError as error:
        raise ConfigError(
            f"the waivers cannot be written: {error.strerror}", where=str(path)
        ) from error
    return len(lines)


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:140]


def _quoted(text: str) -> str:
    return '"' + _plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$") + '"'


def waivers_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file of waivers."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "waivers",
        "description": "Changes of a vendor's document that are accepted, each for a reason.",
        **WAIVERS.schema(),
    }
