"""Libraries that only some contracts need, imported when one does."""

from __future__ import annotations

import importlib
from typing import Any

from verifier.errors import UsageError

__all__ = ["library"]


def library(name: str, *, needed_for: str, extra: str = "mapping") -> Any:
    """
    A module of an optional extra.

    Raises:
        UsageError: It is not installed; names the command that installs it.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(
            f"{needed_for} need the library '{name.partition('.')[0]}', which is not installed",
            mend=f"pip install 'vendor-verifier[{extra}]'",
        ) from None
