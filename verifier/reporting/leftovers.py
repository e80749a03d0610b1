"""What a run left at the vendor's, and what it may have left: where, why, and what to type."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator

from verifier.catalogue import Catalogue
from verifier.model import Intent, LedgerEntry, Request, Run
from verifier.reporting.proofs import Replay
from verifier.reporting.view import Left

__all__ = ["left", "perhaps"]

MOST_TEXTS = 2
LONGEST_TEXT = 60


def left(run: Run, replay: Replay) -> Iterator[Left]:
    """What the run created and did not remove; a mock took it with it when it went."""
    grouped: dict[tuple[str, str], list[LedgerEntry]] = defaultdict(list)
    for entry in run.ledger if run.facts.mode == "live" else ():
        if entry.state != "removed":
            grouped[entry.resource, entry.reason].append(entry)
    for (resource, reason), held in grouped.items():
        commands = (replay.removal(entry) for entry in held)
        paths = tuple(entry.path for entry in held)
        yield Left(resource, reason, paths, tuple(filter(None, commands)))


def perhaps(run: Run, say: Catalogue) -> Iterator[Left]:
    """What was sent to be created, and nobody knows what came of it; the commands look for it."""
    replay = Replay(run)
    grouped: dict[tuple[str, str], list[Intent]] = defaultdict(list)
    for intent in run.intents if run.facts.mode == "live" else ():
        grouped[intent.resource, intent.reason].append(intent)
    for (resource, reason), held in grouped.items():
        commands = dict.fromkeys(filter(None, (_listing(run, replay, intent) for intent in held)))
        paths = tuple(_line(intent, say) for intent in held)
        yield Left(resource, reason or say("perhaps.ended"), paths, tuple(commands))


def _listing(run: Run, replay: Replay, intent: Intent) -> str:
    """The command that shows where it would stand; empty where the document knows no list."""
    named = (r for r in run.contract.resources if r.name == intent.resource)
    resource = next((r for r in named if r.create and r.list), None)
    sent = intent.request
    if resource is None or run.contract.operation(resource.create).path != resource.collection:
        return ""
    request = Request(method="GET", path=sent.path, operation=resource.list, identity=sent.identity)
    return replay.sending(request)


def _line(intent: Intent, say: Catalogue) -> str:
    """When which request was sent, and what to look for in the answer to a list."""
    at = time.strftime("%H:%M:%S", time.gmtime(intent.at))
    line = f"{at} UTC  {intent.request.method} {intent.request.path}"
    texts = ", ".join(_texts(intent))
    told = [texts] if texts else []
    told += [say("perhaps.maybe", path=path) for path in intent.maybe]
    return "  ".join((line, *told))


def _texts(intent: Intent) -> list[str]:
    """The texts of a body by which its item is told from others: those with a number first."""
    texts = [
        f"{name}: {text}" for name, text in intent.sent.items() if isinstance(text, str) and text
    ]
    texts.sort(key=lambda text: not any(c.isdigit() for c in text))
    return [text[:LONGEST_TEXT] for text in texts[:MOST_TEXTS]]
