"""A proxy that listens until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from verifier.model import Environment, Journal, Vendor
from verifier.serving.proxy.proxy import Passed, Proxy
from verifier.serving.proxy.relay import Relay
from verifier.serving.stopping import until_asked
from verifier.wire import Client, serve

__all__ = ["serve_proxy"]


async def serve_proxy(
    vendor: Vendor,
    base_url: str,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    journal: Journal | None = None,
    passed: Callable[[Passed], None] = lambda passed: None,
    ready: Callable[[str], None] = lambda address: None,
    stopping: asyncio.Event | None = None,
    verify: bool | str = True,
) -> Proxy:
    """
    Stand in front of a vendor until the event is set, or the process is asked to end.

    Args:
        base_url: Of the vendor.
        ready: Called with the proxy's own address, once it listens.
        verify: As for ``Client``.

    Raises:
        UsageError: An address cannot be had, or is none.
    """
    stopping = stopping or until_asked()
    relay = Relay(base_url, Client(as_sent=True, verify=verify))
    proxy = Proxy(
        vendor.contract,
        relay,
        journal=journal,
        read_only=vendor.environment is Environment.PRODUCTION,
        passed=passed,
    )
    working = asyncio.create_task(proxy.work())
    try:
        async with await serve(proxy.answer, host, port) as server:
            ready(server.url)
            await stopping.wait()
        await proxy.finish()
    finally:
        working.cancel()
        await relay.close()
    return proxy
