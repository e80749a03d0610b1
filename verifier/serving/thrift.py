"""Memory that reading a large document took is given back, for a mock stays and does not read."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

from verifier.model import Contract

__all__ = ["give_back"]

LARGE_BYTES = 1_000_000


def give_back(contract: Contract, *, again: bool = False) -> None:
    """
    Let the collector pass over what stays as long as the mock does, and the C library return what
    it holds unused (a tenth, of GitHub's 13 MB; glibc only).

    Args:
        again: It was given back before, and the mock is of another edition by now.
    """
    if again:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    if contract.document.source.size_bytes < LARGE_BYTES or not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):  # musl has no such function
        ctypes.CDLL(None).malloc_trim(0)
