"""A vendor made of its document: routes, lets in, validates, keeps, answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Lock

from msgspec.structs import replace

from verifier.mocking.acting.expanding import Expanding
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import base_of
from verifier.mocking.auth import Endpoints, Gate, token_path
from verifier.mocking.bodies import Bodies
from verifier.mocking.enforcement import Enforcement
from verifier.mocking.errors import Errors
from verifier.mocking.habits import habits_of
from verifier.mocking.headers import Headings
from verifier.mocking.hooks import Hooks
from verifier.mocking.ids import Ids
from verifier.mocking.kinds import Kind
from verifier.mocking.limits import Telling
from verifier.mocking.making import Making
from verifier.mocking.overrides import Overrides
from verifier.mocking.pipeline import Pipeline, Stage
from verifier.mocking.practice import Practices
from verifier.mocking.refusal import Refusal
from verifier.mocking.seeds import Seeds
from verifier.mocking.stages.act import Act
from verifier.mocking.stages.admit import Admit
from verifier.mocking.stages.announce import Announce
from verifier.mocking.stages.complete import Complete
from verifier.mocking.stages.limit import Limit
from verifier.mocking.stages.read import Read
from verifier.mocking.stages.recall import Recall
from verifier.mocking.stages.represent import Represent
from verifier.mocking.stages.route import Route
from verifier.mocking.stages.validate import Validate
from verifier.mocking.state import Row, State
from verifier.mocking.telling import Teller
from verifier.mocking.turn import Turn
from verifier.mocking.webhooks import Newsroom, Outbox
from verifier.mocking.webhooks.seal import Seal
from verifier.mocking.webhooks.subscriptions import Subscriptions
from verifier.model import Contract, MockProfile, Principal, SecretReference, Seed
from verifier.wire import Answer, Delivery, Incoming

__all__ = ["MockVendor"]

UNSAID = MockProfile()


class MockVendor:
    """
    A stateful vendor without a line of handler code.

    Args:
        principals: Whom it knows; None makes up ``full``, ``reader`` and ``other`` (of another
            tenant). Their secrets are the mock's own, in ``secrets``.
        seed: Same seed and same requests, same answers.
        misbehaviours: Names of the defects to show.
        profile: How it is to behave where the document leaves it open.
        hooks: Further objects with functions of the hooks' names (``verifier.mocking.hooks``).
        now: The clock: seconds since the epoch.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        principals: Sequence[Principal] | None = None,
        seed: int = 0,
        misbehaviours: Sequence[str] = (),
        profile: MockProfile = UNSAID,
        hooks: Sequence[object] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        self.contract = contract
        self.state = State(now)
        self._gate = Gate.open(contract, principals, seed, token_path(contract))
        self.vault = self._gate.vault
        self.endpoints = Endpoints(contract, self.vault, profile.token_seconds)
        self.profile = profile
        self._now = now
        self._lock = Lock()
        self._serial = 0
        self.practices = Practices(contract)
        self.enforcement = Enforcement()
        self._bodies = Bodies(seed)
        self.overrides = Overrides(profile.operations, self._bodies)
        self._errors = Errors(contract, Bodies(seed, least=True))
        chosen = Hooks(misbehaviours, hooks, self)
        self._gate.forgives = partial(chosen.any, "forgives")
        self._gate.suffices = partial(chosen.any, "suffices")
        self.habits = habits_of(contract, profile)
        for change in chosen.of("habits"):
            self.habits = change(self.habits)
        self._telling = Telling(self.habits.limit_dialects)
        self._headings = Headings(contract, self._telling, self.enforcement, seed)
        self.seal = Seal.of(contract, self.habits.hooks, self.habits.like, seed)
        self.outbox = Outbox(self.habits.hooks, seed, chosen.of)
        self._pipeline = Pipeline(self._stages(chosen, seed), chosen.of)
        self._seeds.plant()

    def _stages(self, hooks: Hooks, seed: int) -> dict[str, Stage]:
        contract, bodies = self.contract, self._bodies
        practices, recall = self.practices, Recall(self.habits)
        self.keys = recall.keys
        self.making = making = Making(bodies, Ids(self.habits.ids, seed, self._now), practices)
        self._seeds = Seeds(
            state=self.state,
            making=making,
            now=self._now,
            written=tuple(self._written()),
            tenants=frozenset(p.tenant for p in self._gate.principals),
            number=self.profile.made_up,
        )
        shop = Shop(
            contract=contract,
            state=self.state,
            practices=practices,
            making=making,
            seeds=self._seeds,
            hooks=hooks,
            now=self._now,
        )
        teller = Teller(bodies)
        expanding = Expanding(practices.kinds, self.state, teller)
        self.newsroom = Newsroom(
            contract=contract,
            state=self.state,
            practices=practices,
            bodies=bodies,
            outbox=self.outbox,
            seal=self.seal,
            subscriptions=Subscriptions(contract, self.state, self.profile.endpoints),
            seed=seed,
        )
        return {
            "route": Route(
                contract.operations, self.endpoints, hooks, any_form=self.profile.any_form
            ),
            "admit": Admit(self._gate, hooks),
            "limit": Limit(self.habits, self._telling),
            "read": Read(practices),
            "validate": Validate(hooks, any_form=self.profile.any_form),
            "recall": recall,
            "act": Act(shop, self.overrides, hooks),
            "represent": Represent(
                bodies,
                self._errors,
                teller,
                expanding,
                hooks,
                relative_pages=self.habits.relative_pages,
            ),
            "remember": recall.remember,
            "announce": Announce(self.state, self.newsroom),
            "complete": Complete(self._headings, hooks),
        }

    def _written(self) -> Iterator[tuple[Kind, Seed]]:
        """What is there from the beginning, with the kind that keeps it."""
        for seed in self.profile.seeds:
            kind = self.practices.kinds.named(seed.resource)
            if kind is not None:
                yield kind, seed

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Whom it knows; the secrets are references that ``secrets_by_reference`` resolves."""
        return self._gate.principals

    @property
    def secrets(self) -> dict[str, dict[str, str]]:
        """Principal to the parts of its credential."""
        return self._gate.secrets

    def secrets_by_reference(self) -> dict[SecretReference, str]:
        """What each reference of ``principals`` stands for."""
        return {
            reference: self._gate.secrets[principal.name][name]
            for principal in self._gate.principals
            for name, reference in principal.secrets.items()
        }

    def rows(self, resource: str) -> list[Row]:
        """Everything that is kept for a resource, over all tenants."""
        kind = self.practices.kinds.named(resource)
        return self.state.everyones(kind.name) if kind is not None else []

    def answer(self, incoming: Incoming) -> Answer:
        """Answer one request; no input or output happens here."""
        return self.take(incoming)[1]

    def take(self, incoming: Incoming, now: float | None = None) -> tuple[Turn, Answer]:
        """
        Answer one request, and say what became of it on the way; one at a time.

        Args:
            now: When it came, by the vendor's clock; None asks that.
        """
        with self._lock:
            self._serial += 1
            if self._seeds.unlinked:
                self._seeds.link(base_of(incoming))
            turn = Turn(
                incoming=incoming,
                serial=self._serial,
                now=self._now() if now is None else now,
                changed=self.state.changed,
            )
            self._pipeline.run(turn)
        answer = turn.answer or Answer(status=500)
        if not turn.takes_seconds:
            return turn, answer
        delivery = answer.delivery or Delivery()
        waits = delivery.wait_seconds + turn.takes_seconds
        return turn, replace(answer, delivery=replace(delivery, wait_seconds=waits))

    def say(self, turn: Turn, refusal: Refusal) -> Answer:
        """A refusal as this vendor words it, whatever was decided before."""
        answer = self._errors.say(turn.operation, refusal)
        return self._headings.complete(turn, answer)
