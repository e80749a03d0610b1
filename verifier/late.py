"""Names of a package that are imported when they are first used: start-up time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from sys import modules
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from importlib.abc import SourceLoader

__all__ = ["late"]

IMPORT = re.compile(r"^    from (\S+) import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)


def late(package: str) -> Callable[[str], Any]:
    """
    The ``__getattr__`` of a package: its names are those that it imports for type checkers only.

    A name that is a module's as well must be imported at once: the module would hide it.

    Args:
        package: Its ``__name__``.
    """
    homes: dict[str, str] = {}

    def found(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if not homes:
            homes.update(_homes(package))
        if name not in homes:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        value = getattr(import_module(homes[name]), name)
        setattr(modules[package], name, value)
        return value

    return found


def _homes(package: str) -> Iterator[tuple[str, str]]:
    """Name to module, as the package's own source has it below ``if TYPE_CHECKING:``."""
    source = cast("SourceLoader", modules[package].__loader__).get_source(package)
    for statement in IMPORT.finditer(source or ""):
        for name in (statement[2] or statement[3]).replace(",", " ").split():
            yield name, statement[1]
