"""A list made item by item."""

from __future__ import annotations

from typing import Any

from verifier.mapping.executing.access import ABSENT, getter, setter
from verifier.mapping.executing.rules import RulePlan
from verifier.mapping.executing.run import Run
from verifier.mapping.nouns import Act, Block, Policy

__all__ = ["BlockPlan"]


class BlockPlan:
    """Carries out the rules of a block for each item of the source's list."""

    def __init__(self, block: Block, rules: tuple[RulePlan, ...], invalid: Policy) -> None:
        self.block = block
        self.rules = rules
        self.invalid = invalid
        self.get = getter(block.each)
        self.put = setter(block.target)
        self.name = str(block.target).removesuffix("[]")
        self.plain = any(not rule.target.below(block.target).parts for rule in block.rules)

    def carry_out(self, run: Run, record: Any, made: dict[str, Any]) -> None:
        """Make the list of one record."""
        run.path, run.place = self.name, self.block.place
        items = self.get(record)
        if items is ABSENT or items is None or items == []:
            self._empty(run, made)
            return
        if items.__class__ is not list:
            run.fail(self.invalid, "on_invalid", "is no list")
            return
        self.put(made, self._all(run, items))
        run.prefix, run.read_item, run.made_item = "", run.read, run.made

    def _empty(self, run: Run, made: dict[str, Any]) -> None:
        policy = self.block.on_empty
        if policy.act.withholds:
            run.fail(policy, "on_empty", "there are no items")
        elif policy.act is Act.PASS_THROUGH:
            self.put(made, [])

    def _all(self, run: Run, items: list[Any]) -> list[Any]:
        found = []
        for index, item in enumerate(items):
            run.prefix = f"{self.name}[{index}]" if self.plain else f"{self.name}[{index}]."
            value = self._one(run, item)
            if value is not ABSENT:
                found.append(value)
        return found

    def _one(self, run: Run, item: Any) -> Any:
        if item is None:
            return self._gone(run)
        if self.plain:
            return self.rules[0].carry_out(run, item, None)
        if item.__class__ is not dict:
            run.path = ""
            run.fail(self.invalid, "on_invalid", "is no object")
            return ABSENT
        made: dict[str, Any] = {}
        run.read_item, run.made_item = item, made
        for rule in self.rules:
            rule.carry_out(run, item, made)
        return made

    def _gone(self, run: Run) -> Any:
        run.path = ""
        policy = self.block.on_missing
        if policy.act.withholds:
            run.fail(policy, "on_missing", "the item is null")
        else:
            run.lose(None, None, "item dropped")
        return ABSENT
