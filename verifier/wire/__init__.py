"""HTTP/1.1 with the lid off, both directions."""

from verifier.wire.client import Client
from verifier.wire.incoming import Answer, Handler, Incoming
from verifier.wire.server import Server, serve, serve_in_thread
from verifier.wire.session import Bounds

__all__ = [
    "Answer",
    "Bounds",
    "Client",
    "Handler",
    "Incoming",
    "Server",
    "serve",
    "serve_in_thread",
]
