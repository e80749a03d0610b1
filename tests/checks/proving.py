"""Run one check against a specimen, through the driver that live vendors see."""

from __future__ import annotations

import asyncio
import inspect

from verifier import planning
from verifier.checks.scoped import READ, WRITE
from verifier.checks.specimens import ITEMS
from verifier.diffing import compare
from verifier.generating import Cases
from verifier.loading import from_mapping
from verifier.model import (
    Check,
    Effect,
    Environment,
    Finding,
    Level,
    Limits,
    Outcome,
    Principal,
    SecretReference,
    Specimen,
    Vendor,
    Webhooks,
    picture_in,
)
from verifier.probing import probe
from verifier.probing.receivers.handler import HandlerReceiver
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook
from verifier.recording import Redaction

# Whom the specimens know: token, tenant and scopes.
EVERYTHING = frozenset({READ, WRITE})
WHO = {
    "owner": ("good", "one", EVERYTHING),
    "stranger": ("strange", "two", EVERYTHING),
    "reader": ("narrow", "one", frozenset({READ})),
    "nobody": ("bare", "one", frozenset()),
}


class StillClock:
    """A clock that passes time only when asked to sleep."""

    def __init__(self, start):
        self.time = start

    def now(self):
        return self.time

    def monotonic(self):
        return self.time

    async def sleep(self, seconds):
        self.time += seconds
        await asyncio.sleep(0)


def secret(reference: SecretReference) -> str:
    """A token by the name of its holder; one that used to be good is called as it is."""
    return WHO[reference.name][0] if reference.name in WHO else reference.name


def vendor_of(specimen: Specimen, *, live: bool) -> Vendor:
    contract = from_mapping(specimen.document or ITEMS)
    before = specimen.before
    return Vendor(
        name="specimen",
        contract=contract,
        changes=None if before is None else compare(from_mapping(before), contract),
        base_url="http://specimen.test" if live else "",
        environment=Environment.SANDBOX,
        allow_writes=True,
        allow_bursts=True,
        principals=tuple(
            Principal(
                name=name,
                kind="bearer",
                secrets={
                    "token": SecretReference("env", name),
                    "expired": SecretReference("env", f"{name}-expired"),
                    "revoked": SecretReference("env", f"{name}-revoked"),
                    "client_id": SecretReference("env", name),
                    "client_secret": SecretReference("env", "secret"),
                },
                token_url="/oauth/token",
                tenant=tenant,
                scopes=scopes,
            )
            for name, (_, tenant, scopes) in WHO.items()
        ),
        limits=Limits(requests=400, per_second=0, concurrency=1),
        webhooks=Webhooks(delivery_seconds=60.0, retry_seconds=600.0),
    )


def outcomes_of(
    check: Check, specimen: Specimen, clock, *, carried=HandlerTransport
) -> tuple[Outcome, ...]:
    live = check.effect is not Effect.NONE
    vendor = vendor_of(specimen, live=live)
    answer = specimen.answer
    answer = answer() if inspect.isclass(answer) else answer
    if hasattr(answer, "now"):
        answer.now = clock.now
    journal = Notebook()
    asyncio.run(
        probe(
            planning.plan(vendor, {check.id: check}, seed=7),
            vendor,
            checks={check.id: check},
            cases=Cases(vendor.contract, seed=7, fixtures={}),
            transport=carried(answer),
            receiver=HandlerReceiver(answer),
            journal=journal,
            redactor=Redaction(),
            reveal=secret,
            clock=clock,
        )
    )
    return journal.outcomes()


def findings_of(outcomes: tuple[Outcome, ...]) -> list[Finding]:
    """All but what is told to be drawn and accuses nobody."""
    return [
        finding
        for outcome in outcomes
        for finding in outcome.findings
        if finding.level is not Level.INFORMATION or picture_in(finding.detail) is None
    ]
