"""Two editions of a contract -> what changed, whom it breaks, and which operations it reaches."""

from verifier.diffing.comparison import diff

__all__ = ["diff"]
