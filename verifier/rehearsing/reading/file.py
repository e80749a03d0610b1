"""From the file to an Integration; every mistake is told with its line and its mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from verifier.loading.setting import Setting, open_settings
from verifier.model import Alerts, Expectation, HookTarget, Integration, Program, Ready, Trigger
from verifier.rehearsing.reading.declaration import INTEGRATION

__all__ = ["integration_schema", "read_integration"]

WAYS = ("command", "serve", "call")


def integration_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``*.integration.yaml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "*.integration.yaml",
        "description": "An integration to be rehearsed: how it is started, what it must leave.",
        **INTEGRATION.schema(),
    }


def read_integration(path: Path) -> Integration:
    """
    Read a file.

    Raises:
        ConfigError: It cannot be used as written; says where and how to mend it.
    """
    setting = open_settings(path, beginning="integration: NAME")
    given = INTEGRATION.read(setting)
    members = setting.members()
    home = path.parent
    _check(members, given, home)
    hooks = given.get("webhooks")
    alerts = {"exit_code": "nonzero", **given.get("alerts", {})}
    return Integration(
        name=given["integration"],
        file=str(path),
        vendor=_vendor(members["vendor"], given["vendor"], home),
        program=_program(given["subject"], home),
        alerts=Alerts(**{**alerts, "exit_code": alerts["exit_code"].replace("none", "")}),
        receiver=HookTarget(**hooks) if hooks is not None else None,
        expect=_expectation(given.get("expect", {})),
        principals=given.get("principals", {}),
        skip=given.get("skip", {}),
    )


def _vendor(setting: Setting, written: str, home: Path) -> str:
    if "://" in written:
        return written
    if not (home / written).exists():
        setting.refuse(f"there is no '{written}' beside it", "Correct the path.")
    return str(home / written)


def _program(given: Mapping[str, Any], home: Path) -> Program:
    trigger = given.get("trigger", {})
    method, _, url = trigger.get("request", "").partition(" ")
    plain = {k: v for k, v in given.items() if k not in ("trigger", "ready", "workdir")}
    return Program(
        **plain,
        workdir=str(home / given.get("workdir", ".")),
        ready=Ready(**given.get("ready", {})),
        trigger=Trigger(method=method or "POST", url=url, command=trigger.get("command", ())),
    )


def _expectation(given: Mapping[str, Any]) -> Expectation:
    seed = {name: _seeded(items) for name, items in given.get("seed", {}).items()}
    return Expectation(**{**given, "seed": seed})


def _seeded(items: Any) -> tuple[Mapping[str, Any], ...]:
    return tuple({} for _ in range(items)) if isinstance(items, int) else tuple(items)


def _check(members: Mapping[str, Setting], given: Mapping[str, Any], home: Path) -> None:
    subject, inner = given["subject"], members["subject"].members()
    ways = [way for way in WAYS if subject.get(way)]
    if len(ways) != 1:
        members["subject"].refuse(
            f"'subject' needs exactly one of {', '.join(WAYS)}",
            "Say 'command: [python, sync.py]' for a program that does its work and ends.",
        )
    if ways == ["serve"]:
        _check_served(members["subject"], subject, given)
    if "workdir" in subject and not (home / subject["workdir"]).is_dir():
        inner["workdir"].refuse(f"there is no folder '{subject['workdir']}'", "Correct the path.")
    folder = home / subject.get("workdir", ".")
    expect = given.get("expect", {})
    expected = members["expect"].members() if "expect" in members else {}
    if expect.get("orders") and not (folder / expect["orders"]).is_file():
        expected["orders"].refuse(
            f"there is no file '{expect['orders']}' in {folder}", "It starts in the workdir."
        )
    if "effects" in expect:
        _check_effects(expected["effects"], expect)
    if "seed" in expect:
        _each(expected["seed"], expect["seed"], _is_seed, "a number of items, or a list of objects")
    for where, name in (("alerts", "log"), ("subject", "ready")):
        _check_expression(members, given, where, name)


def _check_served(setting: Setting, subject: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    if not subject.get("ready"):
        setting.refuse(
            "a program that serves needs 'ready'",
            "Say 'ready: {url: \"http://127.0.0.1:{port}/health\"}', or 'ready: {log: ...}'.",
        )
    if not subject.get("trigger") and "webhooks" not in given:
        setting.refuse(
            "a program that serves needs 'trigger', unless it receives webhooks",
            "Say 'trigger: {request: \"POST http://127.0.0.1:{port}/sync\"}'.",
        )


def _check_effects(setting: Setting, expect: Mapping[str, Any]) -> None:
    _each(setting, expect["effects"], _is_effect, "one-per-order, or a number")
    if "one-per-order" in expect["effects"].values() and not expect.get("orders"):
        setting.refuse(
            "'one-per-order' needs 'orders'", "Name the file with the records: 'orders: x.jsonl'."
        )


def _each(setting: Setting, values: Mapping[str, Any], fits: Callable[[Any], bool], w: str) -> None:
    for name, inner in setting.members().items():
        if not fits(values[name]):
            inner.wrong(w)


def _is_effect(value: Any) -> bool:
    return value == "one-per-order" or (type(value) is int and value >= 0)


def _is_seed(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, dict) for item in value)
    return type(value) is int and 0 <= value <= 1000


def _check_expression(
    members: Mapping[str, Setting], given: Mapping[str, Any], where: str, name: str
) -> None:
    inner = given.get(where, {}).get(name, "")
    text = inner.get("log", "") if isinstance(inner, dict) else inner
    try:
        re.compile(text)
    except re.error as error:
        members[where].members()[name].refuse(
            f"'{text}' is no regular expression: {error}", "Put a backslash before special signs."
        )
