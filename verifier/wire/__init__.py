"""HTTP/1.1 with the lid off, both directions."""

from verifier.wire.client import Client
from verifier.wire.server import Answer, Incoming, Server, serve, serve_in_thread

__all__ = ["Answer", "Client", "Incoming", "Server", "serve", "serve_in_thread"]
