"""What a value may be judged as, and what is wrong with it."""

from __future__ import annotations

import enum

from msgspec import Struct

from verifier.model import Pointer

__all__ = ["Direction", "Violation"]


class Direction(enum.Enum):
    """Who sends the value: ``readOnly`` members are not asked of us, ``writeOnly`` not of them."""

    REQUEST = "request"
    RESPONSE = "response"


class Violation(Struct, frozen=True, kw_only=True):
    """
    One thing in which a value is not what its schema says.

    Args:
        path: JSON pointer in the value; ``""`` is the value itself.
        says: One sentence without the path: ``should be a string, is a number: 42``.
        keyword: The schema keyword that was not kept (``type``, ``required`` ...).
        schema_at: The keyword's place in the document, where it could be traced.
        member: The member that is missing, where ``keyword`` is ``required``.
        part: For requests: ``path``, ``query``, ``header``, ``cookie`` or ``body``.
    """

    path: str
    says: str
    keyword: str
    schema_at: Pointer | None = None
    part: str = ""
    member: str = ""
