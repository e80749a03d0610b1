"""A document as overlays or a conversion left it, with the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.loading.origins import Origins, Spot
from verifier.loading.sheet import Sheet
from verifier.model import Problem

__all__ = ["Changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """
    The root of a document after changes.

    Args:
        root: As it is held.
        origins: From there to the author's files, or to ``before``.
        before: What was changed, where that had been changed itself.
        sheets: The files that the changes came from, by location.
        problems: What was wrong with the changes.
    """

    root: Any = field(repr=False)
    origins: Origins
    before: Changed | None = None
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def lead(self, path: str) -> Spot:
        """Where the node at a JSON pointer stands in its author's file."""
        spot = self.origins.lead(self.root, path)
        if self.before is not None and spot.sheet is self.before.origins.sheet:
            return self.before.lead(spot.path)
        return spot
