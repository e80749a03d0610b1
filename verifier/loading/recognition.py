"""Runs every recogniser that stands in the folder of conventions; none is listed anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from verifier import walk
from verifier.loading import conventions
from verifier.loading.view import ContractView
from verifier.model import Convention

__all__ = ["recognise_at", "recognise_conventions"]

Recogniser = Callable[[ContractView], Iterable[Convention]]


def recognise_conventions(view: ContractView, kind: str = "") -> tuple[Convention, ...]:
    """
    Every habit that the document shows, in order of kind, the surest of each kind first.

    Args:
        kind: The only one that is asked for; empty for all.
    """
    asked = [find for name, find in _recognisers().items() if not kind or name == kind]
    found = [convention for recognise in asked for convention in recognise(view)]
    return tuple(sorted(found, key=lambda c: (c.kind, -c.confidence, c.style)))


def recognise_at(view: ContractView, kind: str, among: tuple[str, ...]) -> tuple[Convention, ...]:
    """
    Conventions of one kind, as some operations show them.

    Args:
        among: Their keys; empty for all. What rests on resources is not found at a few.
    """
    if among:
        wanted = frozenset(among)
        view = ContractView(
            view.document,
            operations=[o for o in view.operations if o.key in wanted],
            webhooks=[o for o in view.webhooks if o.key in wanted],
            schemes=view.schemes,
            servers=view.servers,
        )
    return recognise_conventions(view, kind)


@cache
def _recognisers() -> dict[str, Recogniser]:
    """By the kind that each recognises: the name of its file."""
    found = walk.modules(conventions)
    return {m.__name__.rpartition(".")[2].replace("_", "-"): m.recognise for m in found}
