"""The sample vendor that comes with the package."""

from __future__ import annotations

from pathlib import Path

from verifier.errors import InternalError

__all__ = ["vendor"]

NAME = "acme-billing"


def vendor() -> Path:
    """The folder of the sample vendor, in a checkout or in an installed package."""
    package = Path(__file__).parent
    here = Path("specs") / NAME
    if here.is_dir() and here.resolve() == (package.parent / here).resolve():
        return here
    for folder in (package / "_specs" / NAME, package.parent / "specs" / NAME):
        if folder.is_dir():
            return folder
    raise InternalError("the sample vendor is missing from this installation")
