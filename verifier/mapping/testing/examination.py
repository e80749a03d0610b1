"""A test under way: asks, judges, and gathers what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.mapping.edges import Applied, Ground, RawJson, apply
from verifier.mapping.executing import Execution
from verifier.mapping.testing.asking import Answer, Ask, Door, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.tally import Tally
from verifier.mapping.testing.violation import Violation

__all__ = ["Examination", "GivenUp", "Options", "Seen"]

MOST_KEPT = 4
MOST_FAULTS = 200


class GivenUp(Exception):  # noqa: N818  (an end of the test, not an error of ours)
    """The implementation can be asked no more."""


class Options(Struct, frozen=True, kw_only=True):
    """
    How a test is done.

    Args:
        seed: Same seed, same records.
        random: How many random records.
        phases: Which phases; all if empty.
        rounds: Whether relations, laws, batches and environments are tried, too.
        shrink: Whether examples are made smaller.
        edges: Only these edge cases, by number; all, and everything else, if empty.
    """

    seed: int = 0
    random: int = 500
    phases: tuple[str, ...] = ()
    rounds: bool = True
    shrink: bool = True
    edges: tuple[int, ...] = ()


class Seen(Struct):
    """
    Everything of one kind that was found at one field.

    Args:
        oracles: Letter of each oracle that has seen it to the phases in which it did.
    """

    violation: Violation
    oracles: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    edges: Counter[int] = field(default_factory=Counter)
    relations: set[str] = field(default_factory=set)
    count: int = 0
    cases: list[tuple[Case, Violation, Any]] = field(default_factory=list)


class Examination:
    """
    Holds what a test needs: the reference, the way to the implementation, what was seen so far.

    Args:
        court: The reference and the rules of judging.
        ground: Where records come from.
        door: The way to the implementation.
        watch: Called with phase and number of questions, now and then.
    """

    def __init__(
        self,
        court: Court,
        ground: Ground,
        door: Door,
        options: Options,
        watch: Callable[[str, int], None],
    ) -> None:
        self.court = court
        self.ground = ground
        self.door = door
        self.options = options
        self.applied: tuple[Applied, ...] = tuple(apply(ground, options.edges))
        self.swept: list[Case] = []
        self.asked: Counter[str] = Counter()
        self.unable: dict[str, str] = {}
        self.not_exercised: list[str] = []
        self.first: dict[int, Answer] = {}
        self.tally = Tally(court)
        self.reached: set[int] = set()
        self.given_up = ""
        self._seen: dict[tuple[str, str], Seen] = {}
        self._watch = watch
        self._faults = 0

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What was found, in the order in which it was."""
        return tuple(self._seen.values())

    def ask(self, ask: Ask, phase: str, *, door: Door | None = None) -> Answer:
        """
        Ask one question, and count it.

        Raises:
            GivenUp: It has failed too often to go on.
        """
        answer = (door or self.door).ask(ask)
        self.asked[phase] += 1
        if self.asked[phase] % 50 == 1:
            self._watch(phase, self.asked.total())
        if answer.how is How.UNABLE:
            self.unable.setdefault(ask.op, answer.says)
        if answer.how in (How.HUNG, How.DIED, How.GARBAGE):
            self._faults += 1
            if answer.over or self._faults > MOST_FAULTS:
                self.given_up = answer.says if answer.over else f"it failed {self._faults} times"
                raise GivenUp(self.given_up)
        return answer

    def map(self, record: Any, phase: str, *, old: Mapping[str, Any] | None = None) -> Answer:
        """Ask what becomes of a record."""
        return self.ask(Ask(op="map", record=record, old=old), phase)

    def reference(self, case: Case) -> Execution:
        """What the contract makes of a case; a record that is no JSON is refused."""
        if isinstance(case.record, RawJson):
            return self.court.executor.map(None)
        return self.court.executor.map(case.record, case.old)

    def note(
        self,
        violations: Iterable[Violation],
        case: Case,
        *,
        relation: str = "",
        before: Any = None,
    ) -> None:
        """Keep what was found about a case, and that it was asked about."""
        if case.edge:
            self.reached.add(case.edge)
        for violation in violations:
            seen = self._seen.setdefault(
                (violation.field, _kind(violation)), Seen(violation=violation)
            )
            seen.oracles[violation.oracle].add(case.phase)
            seen.count += 1
            if case.edge:
                seen.edges[case.edge] += 1
            if relation:
                seen.relations.add(relation)
            if len(seen.cases) < MOST_KEPT:
                seen.cases.append((case, violation, before))


def _kind(violation: Violation) -> str:
    """Kinds that are one and the same mistake, whoever has found it."""
    kind = violation.kind
    return "missing" if kind == "cut" else kind
