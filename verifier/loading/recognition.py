"""Runs every recogniser that stands in the folder of conventions; none is listed anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from verifier import walk
from verifier.loading import conventions
from verifier.loading.view import ContractView
from verifier.model import Convention

__all__ = ["recognise_conventions"]

Recogniser = Callable[[ContractView], Iterable[Convention]]


def recognise_conventions(view: ContractView) -> tuple[Convention, ...]:
    """Every habit that the document shows, in order of kind, the surest of each kind first."""
    found = [convention for recognise in _recognisers() for convention in recognise(view)]
    return tuple(sorted(found, key=lambda c: (c.kind, -c.confidence, c.style)))


@cache
def _recognisers() -> tuple[Recogniser, ...]:
    return tuple(module.recognise for module in walk.modules(conventions))
