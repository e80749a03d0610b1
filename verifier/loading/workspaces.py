"""The vendors of a workspace: the folders below ``specs`` that hold one."""

from __future__ import annotations

from pathlib import Path

__all__ = ["vendor_folders"]

NAMES = ("vendor.yaml", "vendor.yml", "openapi.*", "swagger.*", "*.openapi.*")


def vendor_folders(specs: Path) -> tuple[Path, ...]:
    """
    The folders of a workspace's vendors, in order of their names.

    Args:
        specs: The folder above them; what holds a vendor itself is no such folder.
    """
    if not specs.is_dir() or _holds_a_vendor(specs):
        return ()
    inner = sorted(path for path in specs.iterdir() if path.is_dir())
    return tuple(p for p in inner if not p.name.startswith(".") and _holds_a_vendor(p))


def _holds_a_vendor(folder: Path) -> bool:
    return any(next(folder.glob(name), None) is not None for name in NAMES)
