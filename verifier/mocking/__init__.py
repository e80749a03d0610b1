"""A contract in, a vendor out that behaves, or misbehaves on purpose."""

from verifier.mocking.doors import asgi, running, serve_mock
from verifier.mocking.hooks import known
from verifier.mocking.vendor import MockVendor

__all__ = ["MockVendor", "asgi", "known", "running", "serve_mock"]
