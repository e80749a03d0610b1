"""Path templates held against the parameters that are declared for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.reader import Reader, Report
from verifier.model import Operation, Parameter, Pointer, Problem

__all__ = ["reconciled", "report_twins", "template_names"]

VARIABLE = re.compile(r"\{([^{}]+)\}")


def template_names(path: str) -> tuple[str, ...]:
    """The names in a path template, in order: ``/a/{b}/{c}.json`` has ``b`` and ``c``."""
    return tuple(VARIABLE.findall(path))


def reconciled(
    parameters: tuple[Parameter, ...], reader: Reader, path: str, at: Pointer
) -> tuple[Parameter, ...]:
    """
    An operation's parameters, those of the path exactly the ones of its template.

    One that nobody declared is added without a schema, so that the path can be filled; one that
    the template lacks can be sent nowhere and is left out. Both are problems (OpenAPI 3.1, 4.8.12).
    """
    names = dict.fromkeys(template_names(path))
    declared = {p.name for p in parameters if p.location == "path"}
    if declared == names.keys():
        return parameters
    for name in sorted(declared - names.keys()):
        reader.problem(
            f"the path parameter '{name}' does not occur in '{path}'",
            at,
            f"Put {{{name}}} into the path, or remove the parameter.",
        )
    missing = tuple(name for name in names if name not in declared)
    for name in missing:
        reader.problem(
            f"'{{{name}}}' stands in the path and is declared nowhere",
            at,
            f"Declare the path parameter '{name}'.",
        )
    kept = tuple(p for p in parameters if p.location != "path" or p.name in names)
    return kept + tuple(_plain(name, at) for name in missing)


def _plain(name: str, at: Pointer) -> Parameter:
    return Parameter(
        name=name,
        location="path",
        required=True,
        schema=None,
        at=at,
        style="simple",
        explode=False,
    )


def report_twins(operations: Iterable[Operation], report: Report) -> None:
    """Report paths that differ in the names of their parameters only, and ids that stand twice."""
    paths: dict[str, Operation] = {}
    ids: dict[str, Operation] = {}
    for operation in operations:
        shape = VARIABLE.sub("{}", operation.path)
        first = paths.setdefault(shape, operation)
        if first.path != operation.path:
            paths[shape] = operation
            report(_same_path(first, operation))
        if not operation.id:
            continue
        first = ids.setdefault(operation.id, operation)
        if first is not operation:
            report(_same_id(first, operation))


def _same_path(first: Operation, second: Operation) -> Problem:
    return Problem(
        says=f"'{second.path}' and '{first.path}' are the same path",
        at=second.at,
        mend="Give their parameters the same names and put the operations under one path.",
        operation=second.key,
    )


def _same_id(first: Operation, second: Operation) -> Problem:
    return Problem(
        says=f"the operationId '{second.id}' is taken: {first.key} has it too ({first.at})",
        at=second.at / "operationId",
        mend="Give each operation its own.",
        operation=second.key,
    )
