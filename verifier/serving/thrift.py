"""What stays as long as a mock does is passed over, and what does not is given back."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

from verifier.model import Contract

__all__ = ["give_back"]

LARGE_BYTES = 1_000_000
# What requests leave behind is kept for a while, or goes with its last reference: circles are
# looked for seldom. What may lie about meanwhile are a few megabytes.
SELDOM = (20_000, 20, 20)


def give_back(contract: Contract, *, again: bool = False) -> None:
    """
    Let the collector pass over what stays as long as the mock does, and look seldom at the rest.

    Args:
        again: The mock is of another edition by now: the earlier one is freed, and the C library
            returns what it held (of GitHub's 13 MB a tenth of all memory; glibc only).
    """
    if again:
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    large = contract.document.source.size_bytes >= LARGE_BYTES
    if not (again and large and sys.platform.startswith("linux")):
        return
    with suppress(OSError, AttributeError):  # musl has no such function
        ctypes.CDLL(None).malloc_trim(0)
