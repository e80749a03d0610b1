"""One request to the mock, as far as it has been understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from verifier.mocking.auth.caller import Caller
from verifier.mocking.practice import Practice
from verifier.model import Call, Draft, Operation, Resource
from verifier.wire import Incoming

__all__ = ["Asked", "base_of", "named"]


class Asked(Struct, frozen=True, kw_only=True):
    """
    A request that was routed, let in and read.

    Args:
        practice: What the mock does for its operation.
        path: The path's variables, as texts; of a call the arguments that name things.
        serial: Counts the requests of this mock.
    """

    practice: Practice
    incoming: Incoming
    caller: Caller
    draft: Draft
    path: Mapping[str, str]
    serial: int

    @property
    def operation(self) -> Operation:
        """What is asked."""
        return self.practice.operation

    @property
    def resource(self) -> Resource | None:
        """What it is asked about."""
        return self.practice.resource

    @property
    def role(self) -> str:
        """What the operation does to its resource (``Practice.role``)."""
        return self.practice.role

    @property
    def body(self) -> Mapping[str, Any]:
        """The members of the body; empty where it is no object."""
        return self.draft.body if isinstance(self.draft.body, dict) else {}

    @property
    def id(self) -> str:
        """The id in the path; empty where there is none."""
        name = self.resource.id_parameter if self.resource else ""
        return self.path.get(name, "")

    @property
    def parents(self) -> dict[str, str]:
        """The path parameters other than the id."""
        own = self.resource.id_parameter if self.resource else ""
        return {k: v for k, v in self.path.items() if k != own}

    @property
    def own_path(self) -> dict[str, str]:
        """The variables of the kind's own path, as far as this path gives them."""
        return {k: self.path[v] for k, v in self.practice.places.items() if v in self.path}

    @property
    def parent_path(self) -> dict[str, str]:
        """The variables of the parent's path, as far as this path gives them."""
        return {k: self.path[v] for k, v in self.practice.parent_places.items() if v in self.path}

    @property
    def base(self) -> str:
        """The address that the mock was asked at, for links."""
        return base_of(self.incoming)

    @property
    def handle(self) -> str:
        """What the caller is called where a path asks for an owner."""
        return self.caller.name or "anonymous"


def named(call: Call | None, draft: Draft) -> Mapping[str, str]:
    """What a request names things by: in its path, or in the arguments of a call."""
    if call is None:
        return {name: str(value) for name, value in draft.path.items()} if draft.path else {}
    given = {**draft.query, **(draft.body if isinstance(draft.body, dict) else {})}
    wanted = (*call.arguments.values(), call.by)
    return {n: str(given[n]) for n in wanted if isinstance(given.get(n), (str, int, float))}


def base_of(incoming: Incoming) -> str:
    """The address that a request was sent to, for links; empty where it does not say."""
    host = incoming.header("host")
    return f"http://{host}" if host else ""
