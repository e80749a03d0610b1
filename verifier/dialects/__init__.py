"""How a vendor speaks: read from its document and from what was asked and answered in a run."""

from verifier.dialects.listening import Listener

__all__ = ["Listener"]
