"""Scripts in a file: a YAML or JSON list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verifier import loading
from verifier.errors import ConfigError

__all__ = ["read_scripts"]


def read_scripts(path: Path) -> tuple[Mapping[str, Any], ...]:
    """
    What a file of scripts says; whether it can be played is the mock's to judge.

    Raises:
        ConfigError: It cannot be read, or is no list of mappings.
    """
    found = loading.open_file(path, "The scripts").root
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise ConfigError(
            "it is no list of scripts",
            where=str(path),
            mend="Write '- operation: createInvoice' and below it 'fault: reset-after-commit'.",
        )
    return tuple(found)
