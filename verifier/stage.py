"""Where the vendor stands: a real address, a mock of our own, or only a document on a desk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from verifier import diffing, loading, mocking
from verifier.assignment import Assignment
from verifier.errors import UsageError
from verifier.model import (
    Api,
    Clock,
    Contract,
    Director,
    Environment,
    Reveal,
    SecretReference,
    Vendor,
)

__all__ = ["Stage", "stage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """
    The vendor with an address (or none), and the way to its secrets.

    Args:
        mode: ``desk``, ``mock`` or ``live``.
        clock: The vendor's time, where it is a mock's; None is the machine's.
        director: Whoever stands behind a mock.
    """

    vendor: Vendor
    reveal: Reveal
    mode: str
    clock: Clock | None = None
    director: Director | None = None


class _MockTime:
    """Implements the port ``Clock``: waiting moves the mock's time on instead of passing."""

    def __init__(self, mock: mocking.Mock) -> None:
        self._mock = mock

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._mock.clock.now()

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return self._mock.clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let the mock's time pass; what is due on the way happens, its webhooks included."""
        await asyncio.to_thread(self._mock.advance, max(0.0, seconds))


@contextmanager
def stage(assignment: Assignment, contract: Contract | None = None) -> Iterator[Stage]:
    """
    Load the vendor, and serve its mock while the block runs where one was asked for.

    Args:
        contract: Stands for the document, which is not read then.
    """
    if assignment.misbehave and not assignment.mock:
        raise UsageError("only a mock misbehaves on request", mend="Add --mock.")
    if assignment.mock and assignment.base_url:
        raise UsageError(
            "a mock has an address of its own", mend="Give either --mock or --base-url."
        )
    vendor = loading.load_vendor(assignment.where, contract=contract, **_overrides(assignment))
    if assignment.apis:
        vendor = replace(vendor, apis=dict(_further(assignment)))
    if vendor.pinned is not None:
        vendor = replace(vendor, changes=diffing.compare(vendor.pinned, vendor.contract))
    if assignment.mock:
        with _mocked(vendor, assignment) as served:
            yield served
    else:
        mode = "live" if vendor.live else "desk"
        yield Stage(vendor=vendor, reveal=loading.reveal, mode=mode)


@contextmanager
def _mocked(vendor: Vendor, assignment: Assignment) -> Iterator[Stage]:
    mock = mocking.Mock(
        vendor.contract,
        principals=vendor.principals or None,
        seed=assignment.seed,
        misbehaviours=assignment.misbehave,
        strict=False,
    )
    secrets = mock.vendor.secrets_by_reference()

    def reveal(reference: SecretReference) -> str:
        return secrets[reference]

    with mock, ExitStack() as further:
        yield Stage(
            vendor=replace(
                vendor,
                apis={
                    name: further.enter_context(_served(api, mock))
                    for name, api in vendor.apis.items()
                },
                base_url=mock.url,
                environment=Environment.MOCK,
                allow_writes=True,
                principals=mock.vendor.principals,
                limits=replace(vendor.limits, per_second=assignment.per_second or 0.0),
            ),
            reveal=reveal,
            mode="mock",
            clock=_MockTime(mock),
            director=mock,
        )


@contextmanager
def _served(api: Api, own: mocking.Mock) -> Iterator[Api]:
    """A further API's mock, which knows the principals that the vendor's knows."""
    mock = mocking.Mock(
        api.contract, principals=own.vendor.principals, clock=own.clock, strict=False
    )
    with mock:
        yield replace(api, base_url=mock.url)


def _further(assignment: Assignment) -> Iterator[tuple[str, Api]]:
    for name, document in assignment.apis.items():
        address = "" if assignment.mock else assignment.addresses.get(name, "")
        yield name, Api(contract=loading.load(document), base_url=address)


def _overrides(assignment: Assignment) -> dict[str, Any]:
    given = {
        "base_url": "" if assignment.mock else assignment.base_url,
        "principals": assignment.principals,
        "environment": assignment.environment,
        "allow_writes": assignment.allow_writes,
        "overlays": assignment.overlays,
    }
    chosen = {name: value for name, value in given.items() if value}
    pace = {
        "per_second": assignment.per_second,
        "timeout_seconds": assignment.timeout_seconds,
        "minutes": assignment.minutes,
    }
    chosen["pace"] = {name: value for name, value in pace.items() if value is not None}
    return chosen
