"""Many things at a time, and none that goes on alone after another has failed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

__all__ = ["every"]

T = TypeVar("T")


async def every(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What comes of all; the first error ends the others, and is raised once they have ended."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
