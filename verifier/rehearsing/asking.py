"""One request to a program on this machine, answered within a patience or not at all."""

from __future__ import annotations

import http.client
import select
from urllib.parse import urlsplit

from msgspec import Struct

from verifier.model import Headers
from verifier.rehearsing.pulse import Patience

__all__ = ["Reply", "ask"]

LARGEST_BYTES = 1 << 20
LOOKS_EVERY_SECONDS = 0.25


class Reply(Struct, frozen=True, kw_only=True):
    """
    What was answered.

    Args:
        status: 0 where nothing was.
        late: Whether nothing was because the patience was over.
    """

    status: int = 0
    body: bytes = b""
    late: bool = False


def ask(
    method: str, url: str, patience: Patience, *, headers: Headers = (), body: bytes = b""
) -> Reply:
    """Send a request, and wait for its answer as long as the patience lasts."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "127.0.0.1", parts.port or 80, timeout=max(0.01, patience.seconds)
    )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body or None, dict(headers))
        if not _answers(connection, patience):
            return Reply(late=True)
        answer = connection.getresponse()
        return Reply(status=answer.status, body=answer.read(LARGEST_BYTES))
    except TimeoutError:
        return Reply(late=True)
    except (OSError, http.client.HTTPException):
        return Reply()
    finally:
        connection.close()


def _answers(connection: http.client.HTTPConnection, patience: Patience) -> bool:
    """Whether an answer begins before the patience is over."""
    while (left := patience.left) > 0:
        if select.select([connection.sock], [], [], min(left, LOOKS_EVERY_SECONDS))[0]:
            return True
    return False
