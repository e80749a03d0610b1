"""How a connection ends on which an answer was not whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from verifier.wire import End

__all__ = ["ENDS", "Then"]

Then = Literal["close", "reset", "hang"]
ENDS = MappingProxyType({"close": End.CLOSE, "reset": End.RESET, "hang": End.SILENCE})
