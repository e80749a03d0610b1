"""The sample vendor that comes with the package."""

from __future__ import annotations

from pathlib import Path

from verifier.errors import InternalError

__all__ = ["vendor"]

NAME = "acme-billing"


def vendor() -> Path:
    """The folder of the sample vendor, in an installed package or in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "_specs" / NAME, package.parent / "specs" / NAME):
        if folder.is_dir():
            return folder
    raise InternalError("the sample vendor is missing from this installation")
