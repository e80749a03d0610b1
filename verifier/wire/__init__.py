"""HTTP/1.1 with the lid off, both directions."""

from verifier.wire.bounds import Bounds
from verifier.wire.client import Client
from verifier.wire.delivery import Delivered, Delivery, End, Part
from verifier.wire.incoming import Answer, Handler, Incoming
from verifier.wire.server import Server, serve, serve_in_thread

__all__ = [
    "Answer",
    "Bounds",
    "Client",
    "Delivered",
    "Delivery",
    "End",
    "Handler",
    "Incoming",
    "Part",
    "Server",
    "serve",
    "serve_in_thread",
]
