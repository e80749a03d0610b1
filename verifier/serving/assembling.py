"""From a document, or a vendor's folder, to its mock."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from verifier import loading
from verifier.mocking import Mock, MovableClock, profile_names
from verifier.mocking.page import Page
from verifier.model import Contract, MockProfile, Vendor
from verifier.recording import Redaction

__all__ = ["Assembly", "assemble", "redaction_of"]


class Assembly(Struct, frozen=True, kw_only=True):
    """
    How a mock is made, so that it can be made again.

    Args:
        where: A document (file, folder, address), a vendor.yaml, or a folder with one.
        overlays: OpenAPI overlays to apply to the document first, in order.
        misbehave: Names of lasting defects.
        profile: The mock.yaml that says how it behaves; empty takes the one in the vendor's folder.
    """

    where: str
    overlays: tuple[str, ...] = ()
    seed: int = 0
    misbehave: tuple[str, ...] = ()
    profile: str = ""

    def vendor(self) -> Vendor:
        """Read everything anew."""
        return loading.load_vendor(self.where, overlays=self.overlays, skimmed=True)

    def behaviour(self, contract: Contract) -> MockProfile:
        """Read anew how it behaves."""
        return loading.load_mock_profile(
            self.where, contract, file=self.profile, names=profile_names
        )

    @property
    def files(self) -> tuple[Path, ...]:
        """What it is made from and is on this machine; a folder stands for what is in it."""
        named = (self.profile,) if self.profile else ()
        found = [Path(self.where), *map(Path, (*self.overlays, *named))]
        return tuple(path for path in found if path.exists())


def assemble(
    assembly: Assembly, *, clock: MovableClock | None = None, strict: bool = True
) -> tuple[Mock, Redaction]:
    """
    The mock, and what takes its secrets out of whatever is told.

    Raises:
        VerifierError: The document cannot be read, or there is no such misbehaviour.
    """
    vendor = assembly.vendor()
    mock = Mock(
        vendor.contract,
        principals=vendor.principals or None,
        seed=assembly.seed,
        misbehaviours=assembly.misbehave,
        profile=assembly.behaviour(vendor.contract),
        clock=clock,
        strict=strict,
    )
    redaction = redaction_of(mock.secrets)
    mock.fronts.append(Page(mock, redaction).answer)
    return mock, redaction


def redaction_of(secrets: dict[str, dict[str, str]]) -> Redaction:
    """What knows these secrets, by the names of their principals."""
    redaction = Redaction()
    for name, parts in secrets.items():
        for part, secret in parts.items():
            redaction.learn(f"{name}.{part}", secret)
    return redaction
