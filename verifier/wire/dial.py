"""A connection to an origin: its name looked up, its addresses tried in order."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from verifier.wire.address import Origin

__all__ = ["dial"]

P = TypeVar("P", bound=asyncio.BaseProtocol)


async def dial(
    factory: Callable[[], P], origin: Origin, context: ssl.SSLContext | None
) -> tuple[asyncio.Transport, P]:
    """
    Connect, and shake hands where the origin is secure.

    Raises:
        OSError: As it came from the last address tried (``socket.gaierror``: no address at all).
    """
    loop = asyncio.get_running_loop()
    trouble: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
    for address in await _addresses(loop, origin):
        try:
            return await loop.create_connection(
                factory,
                address,
                origin.port,
                ssl=context,
                server_hostname=origin.host if context else None,
            )
        except ssl.SSLError:
            raise
        except OSError as error:
            trouble = error
    raise trouble


async def _addresses(loop: asyncio.AbstractEventLoop, origin: Origin) -> list[str]:
    if _is_address(origin.host):
        return [origin.host]
    found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@lru_cache(maxsize=256)
def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
