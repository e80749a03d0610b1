"""Steps with bodies that the document allows, and before them those that make what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from verifier.model import (
    Case,
    CaseSource,
    Contract,
    Draft,
    Missing,
    Need,
    Resource,
    escape,
    fill,
)
from verifier.scenarios.drafting.answers import id_pointer, members_of_answer, succeeds
from verifier.scenarios.drafting.plots import Act, Condition, Plot, kebab

__all__ = ["Draftsman", "UndraftableError", "is_key", "with_fresh_keys"]

# A number that stands where each run puts another, told from all that a body may hold by itself.
MARK = 90817263
ONCE = "once"
DEEPEST = 5
MOST_ECHOED = 3
KEYS = re.compile(r"idempoten|request-id$|repeatability", re.IGNORECASE)


class UndraftableError(ValueError):
    """A step cannot be drafted; the message says why."""


class Draftsman:
    """
    Draws the steps of one workflow after the other.

    Args:
        cases: Where bodies come from.
    """

    def __init__(self, contract: Contract, cases: CaseSource) -> None:
        self._contract = contract
        self._cases = cases

    def made(self, plot: Plot, name: str, depth: int = 0) -> str:
        """
        The expression of the id of an item that is the plot's own; the steps that make it.

        Raises:
            UndraftableError: It cannot be made.
        """
        if name in plot.known:
            return plot.known[name]
        resource = self._resource(name)
        if not resource.create or depth > DEEPEST:
            raise UndraftableError(f"no item of '{name}' can be made")
        act = self.step(plot, resource.create, depth=depth)
        id = _id_expression(act, resource)
        # What is only needed is not looked at any closer.
        echoed = self._echoes(act, resource) if depth == 0 else []
        act = replace(
            act,
            criteria=(*act.criteria, *(_same(member) for member in echoed)),
            outputs={
                "id": id,
                **{_name(member): f"$response.body#{member}" for member in echoed},
            },
        )
        plot.acts.append(act)
        plot.known[name] = f"$steps.{act.id}.outputs.id"
        return plot.known[name]

    def step(self, plot: Plot, key: str, *, depth: int = 0, when: str = "") -> Act:
        """
        A step that calls an operation; what it needs is made before it. It is not yet in the plot.

        Args:
            when: Told in its id where the operation is called more than once.

        Raises:
            UndraftableError: No request can be made, or something that it needs cannot.
        """
        operation = self._contract.operation(key)
        case = self._cases.sample(operation, path={}, body={}, query={}, fresh=MARK)
        if isinstance(case, Missing):
            raise UndraftableError(case.reason)
        filled = fill(case, {need: self._needed(plot, need, depth) for need in case.needs})
        named = kebab(operation.id or f"{operation.method} {operation.path}")
        id = plot.free(f"{named}-{when}" if when else named)
        return Act(
            id=id,
            operation=operation,
            draft=_freshened(plot, id, filled),
            criteria=(succeeds(operation),),
        )

    def _needed(self, plot: Plot, need: Need, depth: int) -> str:
        if not need.resource:
            raise UndraftableError(f"nobody knows what '{need.name}' refers to")
        return self.made(plot, need.resource, depth + 1)

    def _resource(self, name: str) -> Resource:
        try:
            return self._contract.resource(name)
        except KeyError:
            raise UndraftableError(f"no resource '{name}' was recognised") from None

    def _echoes(self, act: Act, resource: Resource) -> list[str]:
        """Pointers of plain members that are sent, and are to be seen in the answer."""
        sent = act.draft.body
        if resource.envelope or not isinstance(sent, Mapping):
            return []
        shown = members_of_answer(act.operation, resource)
        plain = (f"/{name}" for name in sent if name in shown and _is_plain(sent[name]))
        return list(plain)[:MOST_ECHOED]


def _id_expression(act: Act, resource: Resource) -> str:
    """Where the id of what an act makes is told: in the answer, or by ourselves."""
    pointer = id_pointer(act.operation, resource)
    if pointer:
        return f"$response.body#{pointer}"
    sent = act.draft.body
    if resource.id_field and isinstance(sent, Mapping) and resource.id_field in sent:
        return f"$request.body#/{escape(resource.id_field)}"
    if resource.id_parameter in act.draft.path:
        return f"$request.path.{resource.id_parameter}"
    raise UndraftableError(f"the answer of {act.operation.key} tells no id")


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | bool)


def _same(pointer: str) -> Condition:
    return Condition(text=f"$response.body#{pointer} == $request.body#{pointer}")


def _name(pointer: str) -> str:
    return pointer.strip("/").replace("/", "-")


def _freshened(plot: Plot, step: str, case: Case) -> Draft:
    """The draft with an input where each run must put something of its own."""
    draft = case.draft
    changed = replace(
        draft,
        path=_marked(draft.path),
        query=_marked(draft.query),
        headers=_marked(draft.headers),
        body=_marked(draft.body),
    )
    if changed != draft:
        _add_fresh(plot, ONCE, {"type": "integer", "description": "New in each run.", "default": 1})
    return with_fresh_keys(plot, step, changed)


def with_fresh_keys(plot: Plot, step: str, draft: Draft) -> Draft:
    """The draft with an input for each idempotency key: none is used twice by mistake."""
    return replace(draft, headers={**draft.headers, **dict(_keys(plot, step, draft.headers))})


def is_key(name: str) -> bool:
    """Whether a header of this name is an idempotency key."""
    return KEYS.search(name) is not None


def _keys(plot: Plot, step: str, headers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        if is_key(name) and isinstance(value, str):
            input = f"key-of-{step}"
            _add_fresh(plot, input, {"type": "string", "default": value})
            yield name, f"$inputs.{input}"


def _add_fresh(plot: Plot, name: str, schema: dict[str, Any]) -> None:
    plot.inputs[name] = schema
    if name not in plot.fresh:
        plot.fresh.append(name)


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(str(MARK), f"{{$inputs.{ONCE}}}")
    if isinstance(value, list):
        return [_marked(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _marked(inner) for name, inner in value.items()}
    return value
