"""The sample vendor that comes with the package."""

from __future__ import annotations

from pathlib import Path

from verifier.errors import InternalError

__all__ = ["scenarios", "vendor"]

NAME = "acme-billing"


def vendor() -> Path:
    """The folder of the sample vendor, in a checkout or in an installed package."""
    return _folder("specs")


def scenarios() -> tuple[Path, ...]:
    """Its scenarios."""
    return tuple(sorted(_folder("scenarios").glob("*.arazzo.yaml")))


def _folder(kind: str) -> Path:
    package = Path(__file__).parent.parent
    here = Path(kind) / NAME
    if here.is_dir() and here.resolve() == (package.parent / here).resolve():
        return here
    for folder in (package / f"_{kind}" / NAME, package.parent / kind / NAME):
        if folder.is_dir():
            return folder
    raise InternalError(f"the {kind} of the sample vendor are missing from this installation")
