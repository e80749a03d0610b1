"""Another host, which is no vendor: whoever comes there is heard, and told nothing of use."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field

__all__ = ["Stranger", "strange"]

# By name, so that it is another host to clients that do not look at ports.
HOST = "localhost"
MOST_BYTES = 1 << 16
MOST_HEARD = 64
PATIENCE_SECONDS = 2.0
PAGE = b"<!doctype html><title>Welcome</title><p>Sign in to use this network."
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)
)


class Stranger(Struct):
    """
    What came to it.

    Args:
        url: Its address; empty where there is none.
        heard: Requests as they came, cut off at 64 KiB; the first 64 of them.
    """

    url: str = ""
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def strange(wanted: bool) -> Iterator[Stranger]:
    """A stranger on this machine while the block runs, where one is wanted."""
    stranger = Stranger()
    if not wanted:
        yield stranger
        return

    class Door(socketserver.StreamRequestHandler):
        timeout = PATIENCE_SECONDS

        def handle(self) -> None:
            try:
                told = self._read()
            except (OSError, ValueError):
                return
            if told and len(stranger.heard) < MOST_HEARD:
                stranger.heard.append(told)
            self.wfile.write(ANSWER)

        def _read(self) -> bytes:
            head, length = b"", 0
            while len(head) < MOST_BYTES and (line := self.rfile.readline(MOST_BYTES)).strip():
                head += line
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            return head + self.rfile.read(min(length, MOST_BYTES))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door) as server:
        server.daemon_threads = True
        stranger.url = f"http://{HOST}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield stranger
        finally:
            server.shutdown()
            thread.join()
