"""What, when, from where, with which permissions: the circumstances of a run, as a list."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from verifier.catalogue import Catalogue
from verifier.model import Run

__all__ = ["facts", "moment"]


def moment(seconds: float, say: Catalogue, form: str = "run.moment") -> str:
    """A point in time as a person reads it (``run.moment``, or ``run.day`` alone): UTC."""
    return time.strftime(say(form), time.gmtime(seconds))


def facts(run: Run, say: Catalogue, *, cleaning: int = 0) -> Iterator[tuple[str, str]]:
    """
    Name to value, in the order to read them.

    Args:
        cleaning: How many of the requests removed what the run had created; no budget counts them.
    """
    known, settings = run.facts, run.facts.settings
    yield say("run.vendor"), f"{known.title} ({known.vendor})"
    yield say("run.document"), known.document
    yield say("run.version"), run.contract.version or say("run.none")
    yield say("run.digest"), known.digest
    yield say("run.address"), known.base_url or say("run.no-address")
    yield say("run.kind"), f"{say(f'mode.{known.mode}')} ({known.environment})"
    if known.misbehaviours:
        yield say("run.misbehaviours"), ", ".join(known.misbehaviours)
    yield say("run.begun"), moment(known.started, say)
    yield say("run.took"), _took(run, say)
    yield say("run.sent"), _sent(run, say, cleaning)
    yield (
        say("run.writing"),
        say("run.allowed" if settings.get("allow_writes") else "run.forbidden"),
    )
    names = [str(name) for name in settings.get("principals") or ()]
    yield say("run.principals"), ", ".join(names) or say("run.none")
    if run.ledger:
        states = Counter(entry.state for entry in run.ledger)
        removed = states.pop("removed", 0)
        yield say("run.created"), say("run.ledger", removed=removed, left=states.total())
    yield say("run.redacted"), say("run.redaction")
    yield say("run.seed"), str(known.seed)
    yield say("run.tool"), known.tool_version
    yield say("run.id"), known.id


def _sent(run: Run, say: Catalogue, cleaning: int) -> str:
    asked, budget = len(run.exchange_ids) - cleaning, run.facts.settings.get("budget")
    text = say("run.of-budget", asked=asked, budget=budget) if budget else say.number(asked)
    return say("run.and-cleaning", asked=text, n=cleaning) if cleaning else text


def _took(run: Run, say: Catalogue) -> str:
    known = run.facts
    if not known.finished:
        return say("run.not-finished")
    took = say("run.seconds", seconds=say.number(known.finished - known.started, 1))
    return say("run.interrupted", took=took) if known.interrupted else took
