"""A rule made ready to be carried out, once; then for each record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.mapping.cel import CelFault, program
from verifier.mapping.chains import Chain, Stage, Value, chain_of, value_at
from verifier.mapping.executing.access import ABSENT, getter, setter
from verifier.mapping.executing.lengths import cut, length_in
from verifier.mapping.executing.run import Run
from verifier.mapping.executing.values import emptiness, peer_of, source_getter
from verifier.mapping.kinds.kind import Way
from verifier.mapping.nouns import Act, Path, Policy, Rule
from verifier.mapping.opening import OpenMapping
from verifier.mapping.tables import NoCounterpart
from verifier.mapping.trouble import Blocked, Invalid, Missing, TooLong, Trouble
from verifier.model import Place

__all__ = ["RulePlan", "plan_rule"]

Start = Callable[[Run, Any], Any]


class Backward(Exception):  # noqa: N818  (a verdict on a value, not an error of ours)
    """A status comes that lies behind the one that is there."""

    def __init__(self, says: str, act: Act, place: Place) -> None:
        super().__init__(says)
        self.says = says
        self.act = act
        self.place = place


class RulePlan:
    """Carries out one rule."""

    __slots__ = (
        "clears",
        "current",
        "finish",
        "longest",
        "measure",
        "order",
        "path",
        "place",
        "put",
        "raw",
        "rule",
        "start",
        "steps",
    )

    def __init__(
        self, mapping: OpenMapping, rule: Rule, scope: Path, block: Path, start: Start, raw: Start
    ) -> None:
        target = value_at(mapping.target, rule.target)
        facts = mapping.target.facts(rule.target)
        self.rule = rule
        self.path = str(rule.target.below(block)) if block.parts else str(rule.target)
        self.place = rule.place
        self.start = start
        self.raw = raw
        self.steps: tuple[tuple[Callable[..., Any], bool], ...] = ()
        table = mapping.contract.tables.get(rule.table)
        self.order = table if table is not None and table.order else None
        self.current = getter(rule.target)
        self.finish: Way = target.write(peer_of(block, made=True))
        below = rule.target.below(block)
        self.put = setter(below) if below.parts else None
        self.longest = facts.longest if facts.allows("string") else None
        unit = target.meaning.length_unit if target.meaning else "code_points"
        self.measure = length_in(unit)
        write = mapping.contract.write
        self.clears = write.mode == "patch" and write.null == "clear" and facts.nullable

    def carry_out(self, run: Run, item: Any, made: Any) -> Any:
        """
        Make the field of one record.

        Returns:
            The value, for the item of a plain list, which has no name to be put under; else None.
        """
        run.path, run.place = self.path, self.place
        try:
            value = self.start(run, item)
            for step, lossy in self.steps:
                value = step(value, run) if lossy else step(value)
            value = self.finish(value, run)
            if self.order is not None and run.old is not None:
                value = self._onward(value, run)
            if value.__class__ is str:
                value = self._fitted(value, run)
        except Backward as behind:
            run.fail(Policy(act=behind.act, place=behind.place), "on_backward", behind.says)
            return ABSENT
        except (Trouble, NoCounterpart) as trouble:
            value = self._settle(run, item, trouble)
            if value is ABSENT:
                return ABSENT
        if self.put is None:
            return value
        self.put(made, value)
        return None

    def _onward(self, value: Any, run: Run) -> Any:
        """The value, where it does not lie behind the one that the target holds."""
        held = self.current(run.old)
        order = self.order.order if self.order is not None else ()
        if value not in order or held not in order or order.index(value) >= order.index(held):
            return value
        assert self.order is not None  # noqa: S101  (for the type checker)
        if self.order.on_backward is not None:
            raise Backward(f"lies behind '{held}'", self.order.on_backward, self.order.place)
        run.lose(value, held, "came out of order")
        return held

    def _fitted(self, text: str, run: Run) -> str:
        if not text and "empty" in self.rule.missing:
            raise Missing("nothing is left of it")
        longest = self.longest
        if longest is None or (len(text) <= longest and self.measure(text) <= longest):
            return text
        policy = self.rule.policies["on_too_long"]
        if policy.act is not Act.TRUNCATE:
            raise TooLong(f"is longer than the {longest} that the target has room for")
        kept = cut(text, longest, self.measure, policy.unit)
        if not kept:
            raise Missing("nothing of it fits")
        run.lose(text, kept, "truncated")
        return kept

    def _settle(self, run: Run, item: Any, trouble: Trouble | NoCounterpart) -> Any:
        """What stands in the field after all; ABSENT for nothing."""
        if isinstance(trouble, NoCounterpart):
            return self._without(run, item, trouble)
        if isinstance(trouble, Blocked):
            if not run.failures:
                run.fail(self.rule.policies["on_invalid"], "on_invalid", trouble.says)
            return ABSENT
        return self.settled(run, item, self.rule.policies[trouble.policy], trouble)

    def settled(self, run: Run, item: Any, policy: Policy, trouble: Trouble) -> Any:
        """What a policy puts into the field; ABSENT for nothing."""
        if policy.act.withholds:
            run.fail(policy, trouble.policy, trouble.says)
            return ABSENT
        old = self.raw(run, item)
        if policy.act is Act.DEFAULT:
            run.lose(None if old is ABSENT else old, policy.value, "defaulted")
            return policy.value
        if policy.act is Act.PASS_THROUGH:
            run.lose(old, old, "passed through")
            return old
        if isinstance(trouble, Missing) and old is None and self.clears:
            return None
        if not isinstance(trouble, Missing):
            run.lose(old, None, "omitted")
        return ABSENT

    def _without(self, run: Run, item: Any, trouble: NoCounterpart) -> Any:
        row = trouble.row
        if row.act is None or row.act is Act.OMIT:
            if row.act is None:
                run.fail(self.rule.policies["on_unknown"], "on_unknown", "has no counterpart")
            else:
                run.lose(row.given, None, "no counterpart")
            return ABSENT
        policy = Policy(act=row.act, place=row.place)
        run.fail(policy, "no_counterpart", row.because or "has no counterpart")
        return ABSENT


def plan_rule(mapping: OpenMapping, rule: Rule, scope: Path, block: Path) -> RulePlan:
    """
    Make a rule ready.

    Args:
        scope: The source's list whose items it is for; an empty path outside of lists.
        block: The target's list, likewise.
    """
    if rule.constant:
        fixed = rule.constant[0]
        plan = RulePlan(mapping, rule, scope, block, lambda run, item: fixed, _nothing)
        plan.finish = lambda value, run: value
        return plan
    if rule.cel:
        return RulePlan(mapping, rule, scope, block, _computed(rule, scope), _nothing)
    if not rule.sources:
        return RulePlan(mapping, rule, scope, block, _undecided, _nothing)
    chain = chain_of(mapping, rule)
    sources = [_Source(value, scope, rule) for value in chain.sources]
    plan = RulePlan(mapping, rule, scope, block, _start(chain, sources), sources[0].raw)
    plan.steps = tuple(map(_step, chain.stages))
    return plan


def _nothing(run: Run, item: Any) -> Any:
    return ABSENT


def _undecided(run: Run, item: Any) -> Any:
    raise Missing("nobody has decided where it comes from")


class _Source:
    """Reads one of a rule's sources."""

    __slots__ = ("get", "is_none", "key", "parse", "raw", "rooted")

    def __init__(self, value: Value, scope: Path, rule: Rule) -> None:
        get, inside = source_getter(value.path, scope)
        self.get = get
        timely = value.typed in ("date", "datetime") and not value.path.many
        self.key = value.path if timely else None
        self.parse = value.parse(peer_of(scope, made=False))
        self.is_none = emptiness(rule.missing, value.meaning)
        self.rooted = bool(scope.parts) and not inside
        self.raw: Start = _from_top(get) if self.rooted else lambda run, item: get(item)

    def read(self, run: Run, item: Any) -> Any:
        """The parsed value; ABSENT where it counts as missing."""
        raw = self.raw(run, item)
        if self.is_none(raw):
            _note_placeholder(run, raw)
            return ABSENT
        if self.key is None:
            return self.parse(raw, run)
        if self.key not in run.known:
            run.known[self.key] = self.parse(raw, run)
        return run.known[self.key]


def _note_placeholder(run: Run, raw: Any) -> None:
    if raw and raw.__class__ is str and raw.strip():
        run.lose(raw, None, "placeholder")


def _from_top(get: Callable[[Any], Any]) -> Start:
    return lambda run, item: get(run.read)


def _start(chain: Chain, sources: list[_Source]) -> Start:
    if chain.combine is not None:
        argument = chain.rule.combine.argument if chain.rule.combine else None
        needs_all = chain.combine.needs_all
        return _combined(sources, chain.rule, chain.combine.make(argument), needs_all)
    if len(sources) == 1:
        return _single(sources[0])
    if chain.table is not None:
        return _together(sources, chain.rule)
    return _first_of(sources)


def _single(source: _Source) -> Start:
    read, get, is_none, parse = source.read, source.get, source.is_none, source.parse
    if source.rooted or source.key is not None:

        def start(run: Run, item: Any) -> Any:
            value = read(run, item)
            if value is ABSENT:
                raise Missing("there is nothing in it")
            return value

        return start

    def quick(run: Run, item: Any) -> Any:
        raw = get(item)
        if is_none(raw):
            _note_placeholder(run, raw)
            raise Missing("there is nothing in it")
        return parse(raw, run)

    return quick


def _first_of(sources: list[_Source]) -> Start:
    def start(run: Run, item: Any) -> Any:
        for source in sources:
            value = source.read(run, item)
            if value is not ABSENT:
                return value
        raise Missing("there is nothing in any of its fields")

    return start


def _all_of(sources: list[_Source], rule: Rule, run: Run, item: Any, needs_all: bool) -> list[Any]:
    """
    The values of all sources, ABSENT where one is missing.

    Each may be in a trouble of its own; the first is raised, and the others are noted, since
    another implementation may meet any of them first.
    """
    values: list[Any] = []
    troubles: list[Trouble] = []
    for source in sources:
        try:
            values.append(source.read(run, item))
        except Trouble as trouble:
            values.append(ABSENT)
            troubles.append(trouble)
            continue
        if values[-1] is ABSENT and needs_all:
            troubles.append(Missing("there is nothing in one of its fields"))
    for other in troubles[1:]:
        policy = rule.policies[other.policy or "on_invalid"]
        if policy.act.withholds:
            run.fail(policy, other.policy, other.says)
    if troubles:
        raise troubles[0]
    return values


def _together(sources: list[_Source], rule: Rule) -> Start:
    return lambda run, item: tuple(_all_of(sources, rule, run, item, needs_all=True))


def _combined(
    sources: list[_Source], rule: Rule, combine: Callable[[Any], Any], needs_all: bool
) -> Start:
    def start(run: Run, item: Any) -> Any:
        values = _all_of(sources, rule, run, item, needs_all)
        if all(value is ABSENT for value in values):
            raise Missing("there is nothing in what it is made of")
        return combine([None if value is ABSENT else value for value in values])

    return start


def _computed(rule: Rule, scope: Path) -> Start:
    names = ("source", "item") if scope.parts else ("source",)

    def start(run: Run, item: Any) -> Any:
        given = {"source": run.read, "item": item} if scope.parts else {"source": run.read}
        try:
            value = program(rule.cel, names).value(**given)
        except CelFault as fault:
            raise (Missing if fault.missing else Invalid)(f"cannot be computed: {fault}") from None
        if value is None:
            raise Missing("it comes to nothing")
        return value

    return start


def _step(stage: Stage) -> tuple[Callable[..., Any], bool]:
    """A step, and whether it may lose something and so needs the run."""
    way, lost, reason = stage.way, stage.lost, stage.reason
    if lost is None:
        return way, False

    def step(value: Any, run: Run) -> Any:
        made = way(value)
        if lost(value, made):
            run.lose(value, made, reason)
        return made

    return step, True
