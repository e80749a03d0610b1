"""Find what stands in a folder, and what others add through entry points; nothing is listed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

__all__ = ["module_named", "modules"]


def module_named(package: ModuleType, name: str, *, group: str = "") -> ModuleType | None:
    """
    The module of a name (the file's, with dashes) in a folder, its neighbours left alone; else
    one that entry points name. None where there is neither.
    """
    wanted = name.replace("-", "_")
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if info.name.rpartition(".")[2] == wanted and not info.ispkg:
            return importlib.import_module(info.name)
    found = modules(package, group=group) if group else ()
    return next((m for m in found if m.__name__.rpartition(".")[2] == wanted), None)


def modules(package: ModuleType, *, group: str = "") -> Iterator[ModuleType]:
    """
    Every module below a package, in order of name, then the modules that entry points name.

    Args:
        package: The folder to walk, its subfolders included.
        group: Entry-point group under which third parties add their own modules.
    """
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    for name in sorted(info.name for info in found if not info.ispkg):
        yield importlib.import_module(name)
    if group:
        from importlib.metadata import entry_points  # start-up time: 30 ms, and few need it

        for point in sorted(entry_points(group=group), key=lambda p: p.name):
            loaded = point.load()
            if isinstance(loaded, ModuleType):
                yield loaded
