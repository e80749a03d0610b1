"""Scripts in a file: a YAML or JSON list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from verifier import loading
from verifier.errors import ConfigError, UsageError
from verifier.mocking import Mock

__all__ = ["play_scripts"]


def play_scripts(path: Path, mock: Mock) -> None:
    """
    Let a mock play what a file of scripts says.

    Raises:
        ConfigError: It cannot be read, is no list of mappings, or asks for what cannot be played.
    """
    sheet = loading.open_file(path, "The scripts", beginning="- {fault: status}")
    found = sheet.root
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise ConfigError(
            "it is no list of scripts",
            where=str(path),
            mend="Write '- operation: createInvoice' and below it 'fault: reset-after-commit'.",
        )
    for index, script in enumerate(found):
        try:
            mock.script(script)
        except UsageError as error:
            where = str(sheet.place(f"/{index}"))
            raise ConfigError(error.says, where=where, mend=error.mend) from None
