"""What each kind of operation does to what is kept, one kind a file."""

from verifier.mocking.acting.acts import act

__all__ = ["act"]
