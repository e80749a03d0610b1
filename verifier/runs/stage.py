"""Where the vendor stands: a real address, a mock of our own, or only a document on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier import diffing, loading, mocking
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
    Webhooks,
)
from verifier.runs.assignment import Assignment

__all__ = ["Stage", "stage"]


class Stage(Struct, frozen=True, kw_only=True):
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
        profile=loading.load_mock_profile(
            assignment.where, vendor.contract, names=mocking.profile_names
        ),
        strict=False,
    )
    sealed = SecretReference("mock", "webhooks")
    secrets = {**mock.vendor.secrets_by_reference(), sealed: mock.vendor.seal.secret}

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
                webhooks=Webhooks(secret=sealed, delivery_seconds=60.0, retry_seconds=3600.0),
                principals=mock.vendor.principals,
                limits=replace(vendor.limits, per_second=assignment.per_second or 0.0),
            ),
            reveal=reveal,
            mode="mock",
            clock=mocking.LeapingClock(mock),
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
        "allow_bursts": assignment.allow_bursts,
        "overlays": assignment.overlays,
    }
    chosen = {name: value for name, value in given.items() if value}
    pace = {
        "per_second": assignment.per_second,
        "timeout_seconds": assignment.timeout_seconds,
        "minutes": assignment.minutes,
    }
    hooks = {"public_url": assignment.webhook_url, "port": assignment.webhook_port}
    chosen["webhooks"] = {name: value for name, value in hooks.items() if value}
    chosen["pace"] = {name: value for name, value in pace.items() if value is not None}
    return chosen
