"""What expressions can see at one moment of a workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model import Draft, Exchange

__all__ = ["Done", "Message", "Scope", "Seen"]


class Seen(Struct, frozen=True):
    """
    A request and what came of it.

    Args:
        draft: The values of the request, before they were written down.
        exchange: The request as it was sent, and its answer.
    """

    draft: Draft
    exchange: Exchange


class Message(Struct, frozen=True, kw_only=True):
    """Something that was received: a webhook's delivery."""

    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None


class Done(Struct, frozen=True, kw_only=True):
    """A workflow that has ended: what was put in, and what came out."""

    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)


class Scope(Struct, frozen=True, kw_only=True):
    """
    Everything an expression may name.

    Args:
        steps: Step id to its outputs, for the steps that have run.
        workflows: Workflow id to what it took and gave, for those that have run.
        sources: Name to the fields of its source description.
        components: Kind and name to the reusable value (``parameters.page``).
        seen: The request in question; None where there is none.
        message: The delivery in question; None where there is none.
        self_uri: The document's own URI.
    """

    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    workflows: Mapping[str, Done] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    components: Mapping[str, Any] = field(default_factory=dict)
    seen: Seen | None = None
    message: Message | None = None
    self_uri: str = ""
