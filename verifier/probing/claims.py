"""What an errand touches at the vendor's, so that none disturbs another."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

from msgspec import Struct

from verifier.model import Check, Effect, Environment, Resource, Subject, Vendor

__all__ = ["ALONE", "Claim", "Claims", "Use"]

EVERYTHING = "*"


class Use(enum.Enum):
    """What is done with a resource: several may read, or several may add, or one may change."""

    READ = "read"
    ADD = "add"
    CHANGE = "change"


class Claim(Struct, frozen=True):
    """Resource to use; ``*`` is the vendor as a whole."""

    uses: Mapping[str, Use]

    def bears(self, others: Mapping[str, set[Use]]) -> bool:
        """Whether it goes together with all of these."""
        return not any(
            taken and (use is Use.CHANGE or taken != {use})
            for name, use in self.uses.items()
            for taken in (others.get(name, set()),)
        )


ALONE = Claim({EVERYTHING: Use.CHANGE})
NOTHING = Claim({})


class Claims:
    """
    Reads off a check and its subject what it will touch.

    What is changed nobody else uses meanwhile; what is needed for it may have to be added. A check
    of the vendor as a whole, one that watches what everything moves, and one that writes somewhere
    that was not recognised as a resource, is alone.
    """

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor
        self._resources = {resource.name: resource for resource in vendor.contract.resources}
        self._needed: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, tuple[str, ...]] = {}

    @property
    def most(self) -> int:
        """
        How many errands may be under way at once.

        Against a mock nothing is gained, and its clock is moved on by whoever waits.
        """
        mock = self._vendor.environment is Environment.MOCK
        return 1 if mock else max(1, self._vendor.limits.concurrency)

    def disturbed(self, claim: Claim) -> bool:
        """
        Whether what others do meanwhile might be seen by whoever holds a claim.

        Claims tell resources apart, but a vendor may not: an order changes a customer's balance.
        """
        return self.most > 1 and self._vendor.writable and claim not in (ALONE, NOTHING)

    def of(self, check: Check, key: str) -> Claim:
        """The claim of a check for a subject."""
        if check.effect is Effect.NONE:
            return NOTHING
        if check.alone or check.last or check.effect is Effect.BURST:
            return ALONE
        match check.subject:
            case Subject.RESOURCE:
                resource, changes = self._resources.get(key), self._vendor.writable
            case Subject.OPERATION | Subject.EXCHANGE:
                resource = self._vendor.contract.resource_of(key)
                asks_more = check.subject is Subject.OPERATION and check.effect is not Effect.READ
                changes = asks_more or not self._vendor.contract.operation(key).safe
            case _:
                resource, changes = None, self._vendor.writable
        if resource is not None:
            return self._around(resource, changes=changes)
        return ALONE if changes else Claim({EVERYTHING: Use.READ})

    def removing(self, name: str) -> Claim:
        """The claim of taking an item away: beside others of its kind, after what needs it."""
        resource = self._resources.get(name)
        if resource is None:
            return ALONE
        return Claim({**dict.fromkeys(self._needs(resource), Use.READ), name: Use.ADD})

    def _around(self, resource: Resource, *, changes: bool) -> Claim:
        need = Use.ADD if self._vendor.writable else Use.READ
        uses = dict.fromkeys(self._needs(resource), need)
        uses[resource.name] = Use.CHANGE if changes else Use.READ
        return Claim({EVERYTHING: Use.READ, **uses})

    def _needs(self, resource: Resource) -> tuple[str, ...]:
        """Every resource that may have to exist before one of this can be asked for."""
        if resource.name not in self._needed:
            self._needed[resource.name] = tuple(self._reached(resource))
        return self._needed[resource.name]

    def _reached(self, resource: Resource) -> Iterator[str]:
        seen, waiting = {resource.name}, [resource]
        while waiting:
            one = waiting.pop()
            for name in (one.parent, *(r.resource for r in one.references), *self._named(one)):
                if name in self._resources and name not in seen:
                    seen.add(name)
                    yield name
                    waiting.append(self._resources[name])

    def _named(self, resource: Resource) -> tuple[str, ...]:
        """Resources whose ids stand in the addresses, or in the queries, of this one's requests."""
        if resource.name not in self._known:
            self._known[resource.name] = tuple(self._found(resource))
        return self._known[resource.name]

    def _found(self, resource: Resource) -> Iterator[str]:
        operations = [self._vendor.contract.operation(key) for key in resource.operations]
        asked = {p.name for o in operations for p in o.parameters_in("query")} - {"id"}
        for other in self._resources.values():
            within = other.item and any(o.path.startswith(f"{other.item}/") for o in operations)
            if within or other.id_parameter in asked:
                yield other.name
