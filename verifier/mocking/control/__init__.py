"""A mock's control over HTTP: the verbs of ``Mock``, on a port of their own, behind a token."""

from verifier.mocking.control.api import Control

__all__ = ["Control"]
