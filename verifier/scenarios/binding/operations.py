"""Which operation of which source a step means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from verifier.model import Contract, Operation, unescape
from verifier.scenarios.binding.script import Call
from verifier.scenarios.description import Target
from verifier.scenarios.flaws import Grade, alike, suggestion

__all__ = ["NotFound", "find_operation"]

QUALIFIED = re.compile(r"\$sourceDescriptions\.([A-Za-z0-9_\-]+)\.(.+)", re.DOTALL)
BY_PATH = re.compile(r"\{?\$sourceDescriptions\.([A-Za-z0-9_\-]+)\.url\}?#(.*)", re.DOTALL)


class NotFound(LookupError):  # noqa: N818
    """
    No operation is meant, or not clearly.

    Args:
        call: What is taken where one is lenient; None where nothing can be.
    """

    def __init__(
        self, says: str, mend: str, *, grade: Grade = Grade.WRONG, call: Call | None = None
    ) -> None:
        super().__init__(says)
        self.says, self.mend, self.grade, self.call = says, mend, grade, call


def find_operation(target: Target, apis: Mapping[str, Contract]) -> Call:
    """
    The operation that a step names by its id or its path.

    Args:
        apis: The sources that describe operations.

    Raises:
        NotFound: There is none; says which is nearest.
    """
    if target.kind == "operationPath":
        return _by_path(target.name, apis)
    qualified = QUALIFIED.fullmatch(target.name)
    if qualified:
        return _by_id(qualified[2], _source(qualified[1], apis), qualified[1])
    return _anywhere(target.name, apis)


def _source(name: str, apis: Mapping[str, Contract]) -> Contract:
    if name in apis:
        return apis[name]
    raise NotFound(
        f"there is no source of operations called '{name}'", suggestion(name, tuple(apis))
    )


def _by_id(id: str, contract: Contract, source: str) -> Call:
    for operation in contract.operations:
        if operation.id == id:
            return Call(source, operation)
    raise _unknown(id, {source: contract}, f"'{source}' has no operation '{id}'")


def _unknown(id: str, apis: Mapping[str, Contract], says: str) -> NotFound:
    """No such operation; one that differs in case and punctuation only may be meant."""
    known = tuple(o.id for contract in apis.values() for o in contract.operations if o.id)
    meant = [
        Call(name, operation)
        for name, contract in apis.items()
        for operation in contract.operations
        if operation.id and alike(operation.id, id)
    ]
    if len(meant) != 1:
        return NotFound(says, suggestion(id, known))
    return NotFound(
        says, f"Did you mean '{meant[0].operation.id}'?", grade=Grade.DOUBTFUL, call=meant[0]
    )


def _anywhere(id: str, apis: Mapping[str, Contract]) -> Call:
    found = [
        Call(name, operation)
        for name, contract in apis.items()
        for operation in contract.operations
        if operation.id == id
    ]
    if not found:
        only = f"'{next(iter(apis))}' has no operation '{id}'"
        raise _unknown(id, apis, only if len(apis) == 1 else f"no source has an operation '{id}'")
    if len(apis) == 1:
        return found[0]
    raise NotFound(
        f"there are several sources, and '{id}' does not say whose it is",
        f"Write '$sourceDescriptions.{found[0].source}.{id}'.",
        grade=Grade.DOUBTFUL if len(found) == 1 else Grade.WRONG,
        call=found[0] if len(found) == 1 else None,
    )


def _by_path(text: str, apis: Mapping[str, Contract]) -> Call:
    found = BY_PATH.fullmatch(text)
    if found is None:
        raise NotFound(
            f"'{text}' is no operation path",
            "Write '{$sourceDescriptions.NAME.url}#/paths/~1pets/get'.",
        )
    source, contract = found[1], _source(found[1], apis)
    tokens = [unescape(token) for token in found[2].split("/")[1:]]
    if len(tokens) < 2 or tokens[0] != "paths":
        raise NotFound(
            f"'#{found[2]}' does not lead to an operation",
            "Write '#/paths/' and the path with '~1' for '/', then the method.",
        )
    path = tokens[1]
    here = [operation for operation in contract.operations if operation.path == path]
    if not here:
        known = tuple(dict.fromkeys(operation.path for operation in contract.operations))
        raise NotFound(f"'{source}' has no path '{path}'", suggestion(path, known))
    return _method(tokens[2:], here, source)


def _method(tokens: list[str], here: list[Operation], source: str) -> Call:
    offered = tuple(operation.method.lower() for operation in here)
    for operation in here:
        if len(tokens) == 1 and operation.method.lower() == tokens[0].lower():
            return Call(source, operation)
    if tokens:
        name = "/".join(tokens)
        raise NotFound(f"'{here[0].path}' has no '{name}'", f"Known: {', '.join(offered)}.")
    raise NotFound(
        f"'{here[0].path}' is a path, and the method is missing",
        f"Add '/{offered[0]}'.",
        grade=Grade.DOUBTFUL if len(here) == 1 else Grade.WRONG,
        call=Call(source, here[0]) if len(here) == 1 else None,
    )
