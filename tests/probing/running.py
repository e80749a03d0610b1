"""Run a check of one's own against a vendor of one's own, through the real driver."""

from __future__ import annotations

import asyncio

from tests.checks.proving import StillClock
from verifier.checks.specimens import ITEMS, Shelf
from verifier.checks.traces import traces_of
from verifier.generating import Cases
from verifier.loading import from_mapping
from verifier.model import (
    Check,
    Effect,
    Environment,
    Finding,
    Level,
    Limits,
    Plan,
    Planned,
    Principal,
    Question,
    SecretReference,
    Severity,
    Subject,
    Vendor,
)
from verifier.probing import probe
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook
from verifier.recording import Redaction

__all__ = ["OWNER", "StillClock", "a_check", "finding", "plan_of", "run", "vendor"]

OWNER = Principal(name="owner", kind="bearer", secrets={"token": SecretReference("env", "T")})


def vendor(document=ITEMS, **members):
    defaults = {
        "name": "items",
        "base_url": "http://vendor.test",
        "environment": Environment.SANDBOX,
        "allow_writes": True,
        "principals": (OWNER,),
        "limits": Limits(requests=100, per_second=0, concurrency=4),
    }
    return Vendor(contract=from_mapping(document), **(defaults | members))


def a_check(flow, *, subject=Subject.VENDOR, inputs=(), id="t.one", effect=Effect.WRITE):
    return Check(
        id=id,
        title="",
        doc="",
        question=Question.CONTRACT,
        severity=Severity.MAJOR,
        effect=effect,
        source="",
        flow=flow,
        subject=subject,
        wants_vendor=False,
        price=1,
        inputs=inputs,
    )


def finding(*ids, level=Level.FAIL):
    return Finding(says="wrong", signature="wrong", evidence=ids, level=level)


def plan_of(*items, budget=100, per_second=0.0, cases=None):
    """Items are (check id, subject)."""
    return Plan(
        items=tuple(Planned(check=c, subject=s, price=1) for c, s in items),
        omitted=(),
        cases=cases or {},
        budget=budget,
        per_second=per_second,
    )


def run(
    *checks,
    answer=None,
    transport=None,
    items=None,
    journal=None,
    clock=None,
    receiver=None,
    whom=None,
    secrets=None,
    **plan,
):
    """The journal of a run; ``items`` default to each check once, for the vendor."""
    whom = whom or vendor()
    journal = journal or Notebook()
    asyncio.run(
        probe(
            plan_of(*(items or [(c.id, "") for c in checks]), **plan),
            whom,
            checks={c.id: c for c in checks},
            cases=Cases(whom.contract, seed=3, fixtures=whom.fixtures, deep=False),
            transport=transport or HandlerTransport(answer or Shelf()),
            journal=journal,
            redactor=Redaction(),
            reveal=lambda ref: (secrets or {}).get(ref.name, "good"),
            receiver=receiver,
            clock=clock or StillClock(1_800_000_000.0),
            search=traces_of,
        )
    )
    return journal
