"""The files of a vendor's workspace that belong to it: scenarios, mapping contracts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

__all__ = ["found_beside"]

PROFILES = ("vendor.yaml", "vendor.yml")


def found_beside(where: str, patterns: Iterable[str]) -> tuple[str, ...]:
    """
    The files of some patterns that belong to a vendor: in its folder, in ``scenarios`` below it,
    or in the workspace's ``scenarios`` under the same name.
    """
    folder = Path(where)
    if "://" in where:
        return ()
    if not folder.is_dir():
        if folder.name not in PROFILES:
            return ()
        folder = folder.parent
    name = folder.resolve().name
    beside = (folder, folder / "scenarios", folder.resolve().parent.parent / "scenarios" / name)
    paths = (path for place in beside for pattern in patterns for path in place.glob(pattern))
    return tuple(dict.fromkeys(str(path) for path in sorted(paths)))
