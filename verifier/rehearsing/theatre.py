"""Everything that the takes of one integration share: the vendor, its principals, the records."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from verifier import loading
from verifier.errors import ConfigError, nearest
from verifier.mocking import Mock
from verifier.model import Contract, Integration, MockProfile, Principal
from verifier.rehearsing.contained import Bounds
from verifier.rehearsing.orders import Order, key_of, read_orders
from verifier.rehearsing.pulse import Pulse
from verifier.rehearsing.words import filled

__all__ = ["Theatre", "open_theatre"]

HARMLESS = ("PATH", "LANG", "LC_ALL", "TZ", "USER", "LOGNAME", "SYSTEMROOT", "SHELL")
UNSAID = MockProfile()


class Theatre(Struct, frozen=True, kw_only=True):
    """
    Where an integration is rehearsed.

    Args:
        principals: Whom the mock knows; None lets it make some up.
        bounds: What a program may take.
        usual: How many requests a job takes while all is well; 0 until that is known.
        pulse: By which time is measured in all takes.
    """

    integration: Integration
    contract: Contract
    principals: tuple[Principal, ...] | None
    orders: tuple[Order, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    seed: int = 0
    usual: int = 0
    pulse: Pulse = field(default_factory=Pulse)

    def mock(self, profile: MockProfile = UNSAID, misbehave: Sequence[str] = ()) -> Mock:
        """A vendor of its own, with what it has from the beginning."""
        receiver = self.integration.receiver
        if receiver is not None:
            hooks = {"signature": receiver.signature, "secret": receiver.secret}
            profile = replace(profile, webhooks={k: v for k, v in hooks.items() if v})
        mock = Mock(
            self.contract,
            principals=self.principals,
            profile=profile,
            misbehaviours=misbehave,
            seed=self.seed,
            strict=False,
        )
        for resource, items in self.integration.expect.seed.items():
            mock.seed(resource, items)
        return mock

    @property
    def key(self) -> str:
        """The member that tells one record from another."""
        own = self.integration.expect.key
        return own or (key_of(self.orders[0].data) if self.orders else "")

    @property
    def tells_limits(self) -> bool:
        """Whether the vendor's document says that answers tell how many requests are left."""
        found = self.contract.convention("limits")
        return found is not None and "ratelimit" in found.style

    @property
    def needed(self) -> dict[str, frozenset[str]]:
        """Operation key to the scopes that its first way in takes."""
        return {
            operation.key: frozenset(
                scope for scopes in operation.security[0].schemes.values() for scope in scopes
            )
            for operation in self.contract.operations
            if operation.security
        }

    def values(self, mock: Mock, url: str, port: int, work: Path, hook: str) -> dict[str, str]:
        """Word to what it stands for in one take."""
        secrets = {
            f"vendor.{part}.{name}": secret
            for name, parts in mock.secrets.items()
            for part, secret in parts.items()
        }
        for client in mock.vendor.vault.clients.values():
            secrets[f"vendor.client_id.{client.caller.name}"] = client.id
            secrets[f"vendor.client_secret.{client.caller.name}"] = client.secret
        return {
            "vendor.url": url,
            "vendor.token_url": url + mock.vendor.endpoints.paths.token,
            **secrets,
            "port": str(port),
            "python": sys.executable,
            "work": str(work),
            "hook.secret": hook,
        }

    def environment(self, values: Mapping[str, str]) -> dict[str, str]:
        """All variables that the program gets: a harmless few of ours, and what its file names."""
        program, where = self.integration.program, self.integration.file
        names = (*HARMLESS, *program.inherit)
        ours = {name: os.environ[name] for name in names if name in os.environ}
        own = {name: filled(text, values, where) for name, text in program.env.items()}
        return {
            **ours,
            "HOME": values["work"],
            "TMPDIR": values["work"],
            "NO_PROXY": "127.0.0.1,localhost",
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            **own,
        }


def open_theatre(integration: Integration, *, seed: int = 0) -> Theatre:
    """
    Load what an integration needs.

    Raises:
        VerifierError: The vendor or the records cannot be read, or the file names what is not
            there.
    """
    vendor = loading.load_vendor(integration.vendor)
    made = tuple(
        Principal(name=name, kind="bearer", scopes=frozenset(scopes))
        for name, scopes in integration.principals.items()
    )
    orders: tuple[Order, ...] = ()
    expect = integration.expect
    if expect.orders:
        orders = read_orders(Path(integration.program.workdir) / expect.orders, expect.key)
    theatre = Theatre(
        integration=integration,
        contract=vendor.contract,
        principals=made or vendor.principals or None,
        orders=orders,
        seed=seed,
    )
    _check_names(theatre)
    with_words = theatre.values(theatre.mock(), "", 0, Path(), "")
    theatre.environment(with_words)
    return theatre


def _check_names(theatre: Theatre) -> None:
    """Every operation and resource that the file names is one of the vendor's."""
    expect, where = theatre.integration.expect, theatre.integration.file
    operations = [name for o in theatre.contract.operations for name in (o.id, o.key) if name]
    resources = [resource.name for resource in theatre.contract.resources]
    named = [(name, "operation", operations) for name in expect.effects]
    named += [(name, "resource", resources) for name in (*expect.copies, *expect.seed)]
    for name, kind, known in named:
        if name not in known:
            mend = nearest(name, known, f"There are {', '.join(known[:12])} ...")
            raise ConfigError(f"the vendor has no {kind} '{name}'", where=where, mend=mend)
