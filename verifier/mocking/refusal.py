"""Why something was not done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from verifier.model import Headers
from verifier.validating import Violation

__all__ = ["Refusal"]


class Refusal(Struct, frozen=True, kw_only=True):
    """
    A request that is turned down; it becomes an error in the document's shape.

    Args:
        code: For machines, such as ``not_found``.
        says: For people, one sentence.
        headers: What the status asks for: a challenge, ``Allow``, ``Retry-After``.
        violations: What is wrong with which part of the request.
        about: Further words for what it is about, where the path does not say.
        exact: Whether it is this status and no other, documented or not.
    """

    status: int
    code: str
    says: str
    headers: Headers = ()
    violations: Sequence[Violation] = ()
    about: str = ""
    exact: bool = False
