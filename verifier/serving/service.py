"""A mock that listens until it is told to stop: with its control, and an eye on its document."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from verifier import loading
from verifier.errors import VerifierError
from verifier.mocking import Mock
from verifier.recording import Redaction
from verifier.serving.assembling import Assembly
from verifier.serving.stopping import until_asked
from verifier.serving.thrift import give_back
from verifier.serving.watching import Watch
from verifier.wire import Server, serve

__all__ = ["Addresses", "Service"]

READ_ON_SECONDS = 1.0  # the first requests go first
Reloaded = Callable[[tuple[Path, ...], VerifierError | None], None]
Surveyed = Callable[[Mapping[str, tuple[str, ...]]], None]


class Addresses(Struct, frozen=True, kw_only=True):
    """
    Where it is to be found; ``control`` and its token are empty where there is none.

    Args:
        everywhere: Whether other machines reach the mock too.
    """

    mock: str
    everywhere: bool = False
    control: str = ""
    token: str = ""


class Service(Struct, kw_only=True):
    """
    Runs a mock.

    Args:
        control_port: Of the control API, on this machine only; None is without, 0 a free one.
        token: Of the control API; empty makes one up.
        watched: How the mock was made, to make it again when a file changes; None does not look.
        ready: Called once it listens.
        reloaded: Called after a file was changed, with what is wrong with it, if anything is.
        surveyed: Called some time after that, with what of requests cannot be held against the
            document, by operation; None does not look, which takes a second on a large document.
    """

    mock: Mock
    redaction: Redaction
    host: str = "127.0.0.1"
    port: int = 0
    control_port: int | None = None
    token: str = ""
    watched: Assembly | None = None
    ready: Callable[[Addresses], None] = lambda addresses: None
    reloaded: Reloaded = lambda paths, error: None
    surveyed: Surveyed | None = None

    async def run(self, stopping: asyncio.Event | None = None) -> None:
        """
        Serve until the event is set, or the process is asked to end.

        Raises:
            UsageError: An address cannot be had, or there is no file to be watched.
        """
        stopping = stopping or until_asked()
        watch = Watch(self.watched.files) if self.watched is not None else None
        give_back(self.mock.contract)
        async with await self.mock.listen(self.host, self.port) as server:
            control = await self._controlled()
            self.ready(self._addresses(server, control))
            aside = [asyncio.create_task(work) for work in (self._read_on(), self._survey())]
            if watch is not None:
                aside.append(asyncio.create_task(self._look(watch)))
            try:
                await stopping.wait()
            finally:
                for task in aside:
                    task.cancel()
                if control is not None:
                    await control.close()

    async def _controlled(self) -> Server | None:
        if self.control_port is None:
            return None
        self.token = self.token or secrets.token_urlsafe(24)
        self.redaction.learn("control", self.token)
        from verifier.mocking.control import Control  # start-up time

        control = Control(self.mock, self.token, self.redaction)
        return await serve(control.answer, "127.0.0.1", self.control_port)

    def _addresses(self, server: Server, control: Server | None) -> Addresses:
        at = Addresses(mock=server.url, everywhere=server.everywhere)
        return at if control is None else replace(at, control=control.url, token=self.token)

    async def _read_on(self) -> None:
        """A document of several files is one edition: none is left to be read by a request."""
        await asyncio.sleep(READ_ON_SECONDS)
        await asyncio.to_thread(loading.read_on, self.mock.contract.document)

    async def _survey(self) -> None:
        """An operation at a time: whoever asks the mock meanwhile goes first."""
        if self.surveyed is None:
            return
        vendor, found = self.mock.vendor, dict[str, tuple[str, ...]]()
        for operation in vendor.contract.operations:
            gaps = vendor.enforcement.gaps(operation)
            if gaps:
                found[operation.key] = gaps
            await asyncio.sleep(0)
        self.surveyed(found)

    async def _look(self, watch: Watch) -> None:
        assert self.watched is not None  # noqa: S101  (there is no watch without it)
        while True:
            changed = await watch.changed()
            try:
                vendor = await asyncio.to_thread(self.watched.vendor)
                profile = self.watched.behaviour(vendor.contract)
                self.mock.adopt(vendor.contract, vendor.principals or None, profile)
                give_back(vendor.contract, again=True)
            except VerifierError as error:
                self.reloaded(changed, error)
            else:
                self.reloaded(changed, None)
                await self._read_on()
                await self._survey()
