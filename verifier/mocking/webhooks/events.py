"""The events of a vendor: those that the document names, or those that every change is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from verifier.mocking.english import alike, singular, words
from verifier.mocking.state import Change
from verifier.model import Contract, Operation

__all__ = ["Event", "Events"]

LONGEST_STATE = 40
VERBS: Mapping[str, str] = {"created": "created", "changed": "updated", "removed": "deleted"}


class Event(Struct, frozen=True, kw_only=True):
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
        self._about: dict[str, list[tuple[str, Event]]] = {}

    def of(self, change: Change) -> Iterator[Event]:
        """The events that a change is; one of its own making where no webhook is documented."""
        if not self._known:
            yield Event(name=f"{'_'.join(_noun(change.resource))}.{VERBS[change.act]}")
            return
        known = self._about.get(change.resource)
        if known is None:
            known = self._about[change.resource] = list(self._named(_noun(change.resource)))
        if known:
            reached = set(_moved(change)) if change.act != "removed" else set()
            yield from (event for verb, event in known if _happened(verb, change, reached))

    def _named(self, noun: tuple[str, ...]) -> Iterator[tuple[str, Event]]:
        """The events of a thing, each with what then happened to it."""
        for parts, event in self._known:
            subject = tuple(singular(part) for part in parts[:-1])
            if subject[-len(noun) :] == noun:
                yield parts[-1], event


def _noun(resource: str) -> tuple[str, ...]:
    return tuple(singular(part) for part in words(resource.rpartition(".")[2]))


def _name(hook: Operation) -> str:
    """``invoice.paid`` of the key ``webhook invoice.paid POST``."""
    return hook.key.removeprefix("webhook ").rpartition(" ")[0].strip("/")


def _happened(verb: str, change: Change, reached: Iterable[str]) -> bool:
    return alike(verb, VERBS[change.act]) or any(alike(verb, new) for new in reached)


def _moved(change: Change) -> Iterator[str]:
    """The words that a change gave to members: a state is one of them."""
    before = change.before.value if change.before is not None else {}
    for name, new in change.row.value.items():
        if isinstance(new, str) and len(new) <= LONGEST_STATE and before.get(name) != new:
            yield new
