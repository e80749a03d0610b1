"""One exchange of a drawn case, offered to every check that judges such exchanges."""

from __future__ import annotations

from msgspec import Struct

from verifier.model.case import Case
from verifier.model.contract import Operation
from verifier.model.evidence import Exchange

__all__ = ["Observation"]


class Observation(Struct, frozen=True, kw_only=True, eq=False):
    """
    What came of one case.

    The exchange was sent once and is shared by all checks of observations; where one of them
    reports it, the driver sends the case again from a clean state and asks again. Compared by
    identity, so that what is computed of it can be kept beside it.
    """

    operation: Operation
    case: Case
    exchange: Exchange
