"""A contract carried out: from a record of the source to one of the target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from verifier.mapping.cel import CelFault, program
from verifier.mapping.chains import chain_of
from verifier.mapping.executing.access import ABSENT, getter, remover
from verifier.mapping.executing.backward import BackPlan
from verifier.mapping.executing.blocks import BlockPlan
from verifier.mapping.executing.outcome import Entry, Execution
from verifier.mapping.executing.rules import RulePlan, plan_rule
from verifier.mapping.executing.run import Run
from verifier.mapping.nouns import Act, Block, Path, Policy, Rule, parse_path
from verifier.mapping.opening import OpenMapping
from verifier.mapping.placing import copied
from verifier.mapping.trouble import Invalid
from verifier.model import unescape
from verifier.validating import Direction, Violation, validator

__all__ = ["Executor"]

TOP = Path(())
MOST_REPAIRS = 12


class Executor:
    """
    The reference: what the contract itself makes of a record. Pure; one serves any number.

    Args:
        mapping: The contract with its documents.
    """

    def __init__(self, mapping: OpenMapping) -> None:
        self.mapping = mapping
        contract = mapping.contract
        self._plans = tuple(_plans(mapping))
        self._rules = {
            str(plan.rule.target): plan for plan in self._plans if isinstance(plan, RulePlan)
        }
        self._validator = validator(mapping.target.schema, mapping.target.direction)
        self._drops = tuple((str(r.path), getter(r.path), r.place) for r in contract.dropped)
        self._known = frozenset(mapping.source.shape.names())
        self._closed = bool(self._known)

    def map(self, record: Any, old: Mapping[str, Any] | None = None) -> Execution:
        """
        What becomes of a record of the source.

        Args:
            old: What the target holds already, for statuses that only go forward.
        """
        if record.__class__ is not dict:
            return self._refused("is no object")
        run = Run(record, {}, old)
        for plan in self._plans:
            plan.carry_out(run, record, run.made)
        run.path = run.prefix = ""
        if run.failures:
            self._note_invalid(run, record)
        elif not self._validator.accepts_parsed(run.made):
            self._repair(run, record)
        if not run.failures:
            self._hold(run)
        self._note_dropped(run, record)
        return Execution(
            target=None if run.failures else run.made,
            ledger=tuple(run.ledger),
            failures=tuple(run.failures),
        )

    def back(self, old: dict[str, Any] | None, target: Any) -> Execution:
        """
        What becomes of a source when its target is what it is now.

        Args:
            old: The source as it was; None where there is none yet.
            target: The target's record, or a patch of it.

        Returns:
            The new source as ``target`` of the execution.
        """
        if target.__class__ is not dict:
            return self._refused("is no object")
        run = Run(target, copied(old) if old else {})
        for plan in self._back_plans:
            plan.carry_back(run)
        run.path = ""
        if not run.failures and not self._taken_back(old, run.made):
            run.fail(self._default("on_invalid"), "on_invalid", "the source does not take it")
        return Execution(
            target=None if run.failures else run.made,
            ledger=tuple(run.ledger),
            failures=tuple(run.failures),
        )

    @cached_property
    def _back_plans(self) -> tuple[BackPlan, ...]:
        plans = []
        for rule, block in self.mapping.contract.rules():
            if block is None and rule.sources:
                forward = self._rules[str(rule.target)]
                chain = chain_of(self.mapping, rule)
                plans.append(BackPlan(chain, forward, self.mapping.contract.write))
        return tuple(plans)

    def _taken_back(self, old: dict[str, Any] | None, made: dict[str, Any]) -> bool:
        """Whether the source takes the record; what was wrong with it before is left alone."""
        source = validator(self.mapping.source.schema, Direction.REQUEST)
        return source.accepts(made) or (old is not None and not source.accepts(old))

    def _refused(self, says: str) -> Execution:
        run = Run({}, {})
        run.fail(self._default("on_invalid"), "on_invalid", says)
        return Execution(target=None, failures=tuple(run.failures))

    def _default(self, trouble: str) -> Policy:
        return self.mapping.contract.defaults[trouble]

    def _note_invalid(self, run: Run, record: dict[str, Any]) -> None:
        """
        Note what the target would not take either, of a record that is withheld already.

        One who checks that first is right, too.
        """
        for wrong in self._validator.errors(run.made):
            if wrong.keyword not in ("required", "minItems"):
                self._mend(run, record, wrong)

    def _repair(self, run: Run, record: dict[str, Any]) -> None:
        """Apply ``on_invalid`` to the fields that the target's schema does not take."""
        for _ in range(MOST_REPAIRS):
            wrong = self._validator.errors(run.made, limit=1)
            if not wrong:
                return
            self._mend(run, record, wrong[0])
            if run.failures:
                return
        run.fail(self._default("on_invalid"), "on_invalid", "the target's schema does not take it")

    def _mend(self, run: Run, record: dict[str, Any], wrong: Violation) -> None:
        names = [unescape(token) for token in wrong.path.split("/")[1:]]
        run.path = _written(names)
        plan = self._rules.get(run.path)
        if plan is None:
            policy = self._policy_at(names)
            policy = policy if policy.act.withholds else self._default("on_invalid")
            withheld = policy if policy.act.withholds else _quarantine(policy)
            run.fail(withheld, "on_invalid", wrong.says)
            return
        policy = plan.rule.policies["on_invalid"]
        run.place = plan.place
        value = plan.settled(run, record, policy, Invalid(wrong.says))
        if value is ABSENT:
            remover(plan.rule.target)(run.made)
        elif plan.put is not None:
            plan.put(run.made, value)

    def _policy_at(self, names: list[str]) -> Policy:
        """The ``on_invalid`` of the rule that a place inside of a list belongs to."""
        written = ".".join(name for name in names if not name.isdecimal())
        for rule, _ in self.mapping.contract.rules():
            if str(rule.target).replace("[]", "") == written:
                return rule.policies["on_invalid"]
        return self._default("on_invalid")

    def _hold(self, run: Run) -> None:
        """Check the invariants."""
        for invariant in self.mapping.contract.invariants:
            try:
                held = program(invariant.cel, ("source", "target")).value(
                    source=run.read, target=run.made
                )
            except CelFault as fault:
                held = fault
            if held is not True:
                says = invariant.says or invariant.cel
                why = f" ({held})" if isinstance(held, CelFault) else ""
                policy = Policy(act=invariant.act, place=invariant.place)
                run.path = ""
                run.fail(policy, f"invariant {invariant.id}", f"it does not hold: {says}{why}")

    def _note_dropped(self, run: Run, record: dict[str, Any]) -> None:
        for path, get, place in self._drops:
            value = get(record)
            if value is not ABSENT and value is not None:
                run.ledger.append(Entry(path, value, None, "dropped", place))
        if self._closed and not self._known.issuperset(record):
            place = self.mapping.contract.place
            for name in record:
                if name not in self._known:
                    run.ledger.append(Entry(name, record[name], None, "unknown field", place))


def _written(names: list[str]) -> str:
    """The names of a JSON pointer as a path: ``lines[0].sku``."""
    found = ""
    for name in names:
        found += f"[{name}]" if name.isdecimal() else f".{name}" if found else name
    return found


def _quarantine(policy: Policy) -> Policy:
    return Policy(act=Act.QUARANTINE, place=policy.place)


def _plans(mapping: OpenMapping) -> Iterator[RulePlan | BlockPlan]:
    """Every rule and block, those that others read from (currencies) first."""
    first = _named_currencies(mapping)
    entries = sorted(mapping.contract.fields, key=lambda entry: entry.target not in first)
    for entry in entries:
        if isinstance(entry, Block):
            rules = sorted(entry.rules, key=lambda rule: rule.target not in first)
            plans = tuple(plan_rule(mapping, rule, entry.each, entry.target) for rule in rules)
            yield BlockPlan(entry, plans, mapping.contract.defaults["on_invalid"])
        else:
            yield plan_rule(mapping, _rule(entry), TOP, TOP)


def _rule(entry: Rule | Block) -> Rule:
    assert isinstance(entry, Rule)  # noqa: S101  (for the type checker)
    return entry


def _named_currencies(mapping: OpenMapping) -> frozenset[Path]:
    meanings: Mapping[Path, Any] = mapping.contract.target_meaning
    named = (str(meaning.given.get("currency", "")) for meaning in meanings.values())
    return frozenset(path for path in map(parse_path, named) if path is not None)
