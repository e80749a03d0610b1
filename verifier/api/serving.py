"""A vendor to code against, made from its document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from verifier import loading, mocking, serving
from verifier.mocking import Mock
from verifier.model import Contract

__all__ = ["mock"]


def mock(
    where: str | Path | Contract,
    *,
    seed: int = 0,
    misbehave: Sequence[str] = (),
    overlays: Sequence[str | Path] = (),
    profile: str | Path = "",
    start: float | None = None,
    frozen: bool = False,
    strict: bool = True,
) -> Mock:
    """
    A vendor made from its document: it keeps what it is given, knows its principals, and fails on
    request.

        with verifier.mock("openapi.yaml") as mock:
            mock.fail("createInvoice", times=2, status=503)
            ...                                     # your client, pointed at mock.url
            assert len(mock.ledger.effects("createInvoice")) == 1

    Without ``with`` there is no socket: ``httpx.Client(transport=mock.transport())``, or the ASGI
    application ``mock.asgi``.

    Args:
        where: A document (file, folder, address), a vendor.yaml, a folder with one, or a contract.
        seed: Same seed, same requests, same answers.
        misbehave: Names of lasting defects.
        overlays: OpenAPI overlays to apply to the document first, in order.
        profile: The mock.yaml that says how it behaves; empty takes the one in the vendor's folder.
        start: Where its clock begins, in seconds since the epoch; None is now.
        frozen: Whether its clock stands still but for ``advance``.
        strict: Whether leaving the block while a script was not consumed raises UsageError.

    Returns:
        The mock; ``secrets`` are its principals' credentials.

    Raises:
        verifier.errors.VerifierError: As ``load``; or there is no such misbehaviour.
    """
    clock = mocking.MovableClock(start, frozen=frozen)
    if isinstance(where, Contract):
        behaviour = loading.load_mock_profile("", where, file=profile, names=mocking.profile_names)
        return Mock(
            where,
            seed=seed,
            misbehaviours=misbehave,
            profile=behaviour,
            clock=clock,
            strict=strict,
        )
    assembly = serving.Assembly(
        where=str(where),
        overlays=tuple(str(overlay) for overlay in overlays),
        seed=seed,
        misbehave=tuple(misbehave),
        profile=str(profile),
    )
    return serving.assemble(assembly, clock=clock, strict=strict)[0]
