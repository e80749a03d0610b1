"""All that mapping contracts are made of and judged by, explained one by one."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from itertools import groupby

import click

from verifier.mapping.analysis import Weight, analysis_rules
from verifier.mapping.analysis import rules as rule_folder
from verifier.mapping.edges import ORACLES, catalogue, family_of
from verifier.mapping.kinds import help_of as help_of_kind
from verifier.mapping.kinds import kinds
from verifier.mapping.operations import Nature, combinations, operations
from verifier.mapping.operations import help_of as help_of_operation

__all__ = ["as_markdown", "explain", "names"]

INTRODUCTION = """\
# What mapping contracts are made of

Written by `verifier map reference`; `verifier explain NAME` tells all about one entry, and
`verifier map schema` prints the format of the file.
"""
NATURES = {
    Nature.INVERTIBLE: "It can be undone.",
    Nature.NORMALISING: "It levels spellings: done twice it is as done once.",
    Nature.LOSSY: "It loses something, which goes into the ledger.",
}
WEIGHTS = {
    Weight.ERROR: "an error: it will go wrong",
    Weight.WARNING: "a warning: it may go wrong",
    Weight.NOTE: "a note",
}
EDGE = "edge-"


def names() -> tuple[str, ...]:
    """Of everything that can be explained."""
    return tuple(name for _, entries in _chapters() for name, _ in entries())


def explain(name: str) -> bool:
    """Tell all about one entry; False where there is none of that name."""
    for title, entries in _chapters():
        for known, text in entries():
            if known == name:
                click.echo(f"{name}\n{'=' * len(name)}\n\n{text}\n\n{title} of mapping contracts")
                return True
    return False


def as_markdown() -> Iterator[str]:
    """The whole reference, line by line."""
    yield INTRODUCTION
    for title, entries in _chapters():
        yield f"## {title}\n"
        for name, text in entries():
            yield f"### {name}\n\n{text}\n"


Entries = Iterator[tuple[str, str]]


def _chapters() -> Iterator[tuple[str, Callable[[], Entries]]]:
    yield "Meanings", _kinds
    yield "Operations", _operations
    yield "Combinations", _combinations
    yield "Findings of the analysis", _rules
    yield "Edge cases", _edges


def _kinds() -> Entries:
    for name, kind in kinds().items():
        text = help_of_kind(name)
        yield name, f"{text}\n\nExamples are masked." if kind.personal else text


def _operations() -> Entries:
    for name, operation in operations().items():
        yield name, f"{help_of_operation(name)}\n\n{NATURES[operation.nature]}"


def _combinations() -> Entries:
    for name in combinations():
        yield name, help_of_operation(name)


def _rules() -> Entries:
    for code, rule in analysis_rules():
        module = sys.modules[f"{rule_folder.__name__}.{code.replace('-', '_')}"]
        yield code, f"{inspect.getdoc(module)}\n\nIt is {WEIGHTS[rule.weight]}."


def _edges() -> Entries:
    for family, edges in groupby(catalogue(), key=lambda edge: family_of(edge.number)):
        for edge in edges:
            seen = f" Seen: {edge.seen}." if edge.seen else ""
            oracles = "; ".join(ORACLES[letter] for letter in edge.oracles)
            yield (
                f"{EDGE}{edge.number}",
                f"{edge.title[:1].upper()}{edge.title[1:]} ({family}). {edge.wrong}{seen}\n\n"
                f"It needs {edge.needs}. It is wrong unless: {oracles}.",
            )
