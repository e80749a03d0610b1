"""How a vendor speaks of one thing, and what an integration must do because of it."""

from __future__ import annotations

import enum

from msgspec import Struct

__all__ = ["Axis", "Dialect", "Knowledge"]


class Knowledge(enum.Enum):
    """What a statement rests on; what was seen goes before what is written."""

    OBSERVED = "observed"
    DOCUMENTED = "documented"
    UNKNOWN = "unknown"


class Axis(Struct, frozen=True, kw_only=True):
    """
    One thing in which vendors differ.

    Args:
        name: ``carrier``, ``mismatch``, ``in-flight`` ...
        value: For programs: ``header Idempotency-Key``, ``422``; empty where it is not known.
        evidence: Ids of exchanges or deliveries.
    """

    name: str
    value: str = ""
    knowledge: Knowledge = Knowledge.UNKNOWN
    evidence: tuple[str, ...] = ()


class Dialect(Struct, frozen=True, kw_only=True):
    """
    A vendor's way with one thing.

    Args:
        kind: ``idempotency``, ``limits``, ``pagination``, ``webhooks`` or ``errors``.
        style: The variant in a word; empty where there is none.
        duties: What an integration must do, in the order to build it.
    """

    kind: str
    style: str = ""
    axes: tuple[Axis, ...] = ()
    duties: tuple[str, ...] = ()
