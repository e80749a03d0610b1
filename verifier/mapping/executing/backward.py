"""A two-way field on the way back: what of a change in the target reaches the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from verifier.mapping.chains import Chain, Value
from verifier.mapping.executing.access import ABSENT, Getter, getter, setter
from verifier.mapping.executing.lengths import cut, length_in
from verifier.mapping.executing.rules import RulePlan
from verifier.mapping.executing.run import Run
from verifier.mapping.executing.values import emptiness, peer_of
from verifier.mapping.kinds.kind import Way
from verifier.mapping.nouns import Act, Path, Write
from verifier.mapping.operations import Nature, operations
from verifier.mapping.sameness import same
from verifier.mapping.trouble import Invalid, Missing, TooLong, Trouble

__all__ = ["BackPlan"]

TOP = Path(())


class BackPlan:
    """
    Carries one rule back.

    A field that says what the old source would have become is left alone, so whatever the way
    there has lost is not lost again on the way back.
    """

    def __init__(self, chain: Chain, forward: RulePlan, write: Write) -> None:
        self.rule = chain.rule
        self.path = str(chain.rule.target)
        self.forward = forward
        self.write = write
        self._get = getter(chain.target.path)
        self._parse = chain.target.parse(peer_of(TOP, made=False))
        self._finish = chain.target.write(peer_of(TOP, made=False))
        self._levels = [s.way for s in chain.stages if s.nature is Nature.NORMALISING]
        self._is_none = emptiness(chain.rule.missing, chain.target.meaning)
        self._undo = _undo(chain)
        self._split = _split(chain)
        self._sources = [_Sink(value) for value in chain.sources]

    def carry_back(self, run: Run) -> None:
        """Bring the field of the target that is read into the source that is made."""
        run.path, run.place = self.path, self.rule.place
        value = self._get(run.read)
        if value is ABSENT and self.write.absent == "clear":
            value = None
        if value is ABSENT or (value is None and self.write.null == "keep"):
            return
        before = self._before(run.made)
        if value is None:
            self._clear(run, before)
        elif not self._unchanged(value, before, run):
            self._change(run, value)

    def _before(self, old: dict[str, Any]) -> Any:
        """What the old source has become, or would become; ABSENT for nothing."""
        scratch = Run(old, {})
        self.forward.carry_out(scratch, old, scratch.made)
        return ABSENT if scratch.failures else self._get(scratch.made)

    def _unchanged(self, value: Any, before: Any, run: Run) -> bool:
        if before is ABSENT:
            return False
        return same(value, before) or same(self._levelled(value, run), before)

    def _levelled(self, value: Any, run: Run) -> Any:
        """A value in the form in which the rule leaves it."""
        try:
            typed = self._parse(value, run)
            for way in self._levels:
                typed = way(typed)
            return self._finish(typed, run)
        except Trouble:
            return value

    def _clear(self, run: Run, before: Any) -> None:
        if before is ABSENT or before is None:
            return
        for sink in self._sources:
            sink.clear(run.made)

    def _change(self, run: Run, value: Any) -> None:
        try:
            if self._is_none(value):
                raise Missing("there is nothing in it")
            parts = self._split(self._undo(self._parse(value, run)))
            sinks = list(zip(self._sources, parts, strict=False))
            texts = [self._fitted(sink, sink.written(part, run), run) for sink, part in sinks]
            for (sink, _), text in zip(sinks, texts, strict=True):
                sink.put(run.made, text)
        except Trouble as trouble:
            self._settle(run, value, trouble)

    def _fitted(self, sink: _Sink, text: Any, run: Run) -> Any:
        if not sink.too_long(text):
            return text
        policy = self.rule.policies["on_too_long"]
        if policy.act is not Act.TRUNCATE:
            raise TooLong(f"is longer than the {sink.longest} that '{sink.path}' has room for")
        kept = cut(text, sink.longest or 0, sink.measure, policy.unit)
        run.lose(text, kept, "truncated")
        return kept

    def _settle(self, run: Run, value: Any, trouble: Trouble) -> None:
        policy = self.rule.policies[trouble.policy or "on_invalid"]
        if isinstance(trouble, Missing) or not policy.act.withholds:
            run.lose(value, None, "not taken back")
        else:
            run.fail(policy, trouble.policy, trouble.says)


class _Sink:
    """Writes one field of the source."""

    def __init__(self, value: Value) -> None:
        facts = value.side.facts(value.path)
        self.path = str(value.path)
        self.longest = facts.longest
        self.measure = length_in(value.meaning.length_unit if value.meaning else "code_points")
        self._write: Way = value.write(peer_of(TOP, made=True))
        self._get: Getter = getter(value.path)
        self._put = setter(value.path)

    def written(self, typed: Any, run: Run) -> Any:
        """The JSON of a typed value; None stays none."""
        return None if typed is None else self._write(typed, run)

    def too_long(self, text: Any) -> bool:
        """Whether its field has no room for it."""
        return (
            self.longest is not None and isinstance(text, str) and self.measure(text) > self.longest
        )

    def put(self, record: dict[str, Any], value: Any) -> None:
        """Write a value; nothing is written over what is not there."""
        if value is None:
            self.clear(record)
        else:
            self._put(record, value)

    def clear(self, record: dict[str, Any]) -> None:
        """Empty the field, if it is there."""
        if self._get(record) is not ABSENT:
            self._put(record, None)


def _undo(chain: Chain) -> Callable[[Any], Any]:
    back = chain.rule.back_via
    if back is not None:
        steps = [operations()[step.name].make(step.argument) for step in back]
    else:
        steps = [stage.undo or _impossible for stage in reversed(chain.stages)]

    def undo(value: Any) -> Any:
        for step in steps:
            value = step(value)
        return value

    return undo


def _impossible(value: Any) -> Any:
    raise Invalid("cannot be undone")


def _split(chain: Chain) -> Callable[[Any], Sequence[Any]]:
    count = len(chain.sources)
    if chain.combine is not None and chain.combine.split is not None:
        argument = chain.rule.combine.argument if chain.rule.combine else None
        return chain.combine.split(argument, count)
    if count == 1:
        return lambda value: (value,)
    if chain.table is not None:
        return lambda values: values
    return lambda value: _impossible(value)
