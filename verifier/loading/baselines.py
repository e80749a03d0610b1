"""The baseline: what was known to fail when somebody last looked, in a file that is reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from verifier.errors import ConfigError
from verifier.model import Baseline, Failing, Severity

__all__ = ["baseline_schema", "read_baseline", "write_baseline"]

VERSION = 1
LARGEST_BYTES = 32 * 1024 * 1024
MEND = "Write it again with 'verifier gate ... --update-baseline'."
TEXTS = ("check", "operation", "signature", "says", "since")


def read_baseline(path: Path) -> Baseline:
    """
    The baseline in a file.

    Raises:
        ConfigError: It cannot be used as written.
    """
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else b""
        data = orjson.loads(raw)
        if data["version"] != VERSION:
            raise ConfigError(
                f"the baseline is of version {data['version']!r}, and we know {VERSION}",
                where=str(path),
                mend=MEND,
            )
        failures = [_failing(one) for one in data["failures"]]
        return Baseline(
            vendor=str(data["vendor"]),
            mode=str(data["mode"]),
            failures={one.fingerprint: one for one in failures},
            tested=frozenset(map(str, data["tested"])),
            where=str(path),
        )
    except OSError as error:
        raise ConfigError(
            f"the baseline cannot be read: {error.strerror}", where=str(path), mend=MEND
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError("this is no baseline", where=str(path), mend=MEND) from error


def _failing(data: Mapping[str, Any]) -> Failing:
    return Failing(
        fingerprint=str(data["fingerprint"]),
        severity=Severity[str(data["severity"]).upper()],
        **{name: str(data[name]) for name in TEXTS},
    )


def write_baseline(path: Path, baseline: Baseline) -> None:
    """
    Write a baseline so that two of them can be compared line by line.

    Raises:
        ConfigError: The file cannot be written.
    """
    ranked = sorted(
        baseline.failures.values(), key=lambda f: (f.check, f.operation, f.signature, f.fingerprint)
    )
    data = {
        "version": VERSION,
        "vendor": baseline.vendor,
        "mode": baseline.mode,
        "tested": sorted(baseline.tested),
        "failures": [_written(one) for one in ranked],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        path.write_bytes(orjson.dumps(data, option=option))
    except OSError as error:
        raise ConfigError(
            f"the baseline cannot be written: {error.strerror}", where=str(path)
        ) from error


def _written(failing: Failing) -> dict[str, str]:
    texts = {name: _plain(getattr(failing, name)) for name in TEXTS}
    return {
        "fingerprint": failing.fingerprint,
        "severity": failing.severity.name.lower(),
        **texts,
    }


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def baseline_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a baseline."""
    text = {"type": "string"}
    members = {
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "severity": {"enum": [severity.name.lower() for severity in Severity]},
        **dict.fromkeys(TEXTS, text),
    }
    failing = {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }
    top = {
        "version": {"const": VERSION},
        "vendor": text,
        "mode": {"enum": ["desk", "mock", "live"]},
        "tested": {"type": "array", "items": text},
        "failures": {"type": "array", "items": failing},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "baseline",
        "description": "What was known to fail when somebody last looked.",
        "type": "object",
        "properties": top,
        "required": list(top),
        "additionalProperties": False,
    }
