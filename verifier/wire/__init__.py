"""HTTP/1.1 with the lid off, both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.late import late
from verifier.wire.bounds import Bounds
from verifier.wire.delivery import Delivered, Delivery, End, Part
from verifier.wire.incoming import Answer, Handler, Incoming
from verifier.wire.server import Server, serve, serve_in_thread

if TYPE_CHECKING:
    from verifier.wire.client import Client

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

__getattr__ = late(__name__)
