"""The events of a vendor: those that the document names, or those that every change is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verifier.mocking.english import alike, singular, words
from verifier.mocking.state import Change
from verifier.model import Contract, Operation

__all__ = ["Event", "Events"]

VERBS: Mapping[str, str] = {"created": "created", "changed": "updated", "removed": "deleted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    Something that may happen.

    Args:
        name: As subscribers name it.
        hook: Its documented webhook; None where the document has none.
    """

    name: str
    hook: Operation | None = None


class Events:
    """Which events a change is."""

    def __init__(self, contract: Contract) -> None:
        hooks = [hook for hook in contract.webhooks if hook.kind == "webhook"]
        self._known = [(words(_name(hook)), Event(name=_name(hook), hook=hook)) for hook in hooks]

    def of(self, change: Change) -> Iterator[Event]:
        """The events that a change is; one of its own making where no webhook is documented."""
        noun = tuple(singular(part) for part in words(change.resource.rpartition(".")[2]))
        if not self._known:
            yield Event(name=f"{'_'.join(noun)}.{VERBS[change.act]}")
            return
        for parts, event in self._known:
            subject, verb = parts[:-1], parts[-1]
            same = tuple(singular(part) for part in subject)[-len(noun) :] == noun
            if same and _happened(verb, change):
                yield event


def _name(hook: Operation) -> str:
    """``invoice.paid`` of the key ``webhook invoice.paid POST``."""
    return hook.key.removeprefix("webhook ").rpartition(" ")[0].strip("/")


def _happened(verb: str, change: Change) -> bool:
    if alike(verb, VERBS[change.act]):
        return True
    if change.act == "removed":
        return False
    return any(isinstance(new, str) and alike(verb, new) for new in _moved(change))


def _moved(change: Change) -> Iterator[Any]:
    """The values that a change gave to members."""
    before = change.before.value if change.before is not None else {}
    for name, new in change.row.value.items():
        if before.get(name) != new:
            yield new
