"""What every oracle needs to know of a contract, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from verifier.mapping.executing import Executor, Outcome
from verifier.mapping.nouns import Rule
from verifier.mapping.opening import OpenMapping
from verifier.mapping.testing.asking import Answer, How
from verifier.model import Place
from verifier.validating import Validator, validator

__all__ = ["Court"]

WORDS = {
    "rejected": Outcome.REJECTED,
    "quarantined": Outcome.QUARANTINED,
    "escalated": Outcome.ESCALATED,
}


class Court:
    """
    The reference, the validator, and how an implementation says that it has not mapped a record.

    Args:
        executor: The reference.
    """

    def __init__(self, executor: Executor) -> None:
        self.executor = executor
        declared: Mapping[str, tuple[str, ...]] = self.mapping.contract.verify.outcomes
        self._skips = frozenset(WORDS[word] for word in declared.get("skipped", ()))
        names = {word: declared.get(word, (word,) if not declared else ()) for word in WORDS}
        self._names: dict[str, set[Outcome]] = {}
        for word, known in names.items():
            for name in known:
                self._names.setdefault(name.casefold(), set()).add(WORDS[word])
        self._told = frozenset().union(*self._names.values()) if self._names else frozenset()

    @property
    def mapping(self) -> OpenMapping:
        """The contract and its documents."""
        return self.executor.mapping

    @cached_property
    def validator(self) -> Validator:
        """Of the target's schema."""
        return validator(self.mapping.target.schema, self.mapping.target.direction)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Target's field to its rule."""
        return {str(rule.target): rule for rule, _ in self.mapping.contract.rules()}

    @property
    def lenient(self) -> bool:
        """Whether null in the target is as good as nothing."""
        return self.mapping.contract.write.mode == "create"

    def place_of(self, field: str) -> Place:
        """The line of the rule for a field; the contract's first where there is none."""
        rule = self.rules.get(field)
        if rule is not None:
            return rule.place
        for entry in self.mapping.contract.fields:
            if str(entry.target).removesuffix("[]") == field.removesuffix("[]"):
                return entry.place
        return self.mapping.contract.place

    def ends(self, answer: Answer) -> frozenset[Outcome]:
        """
        How a record ended, as the implementation tells; several where one name stands for them.

        Empty for a fault, and for an error whose name the contract does not know.
        """
        if answer.how is How.MAPPED:
            return frozenset({Outcome.MAPPED})
        if answer.how is How.SKIPPED:
            return self._skips
        found: set[Outcome] = set()
        for name in answer.names if answer.how is How.WITHHELD else ():
            found |= self._names.get(name.casefold(), set())
        return frozenset(found)

    def agrees(self, ends: frozenset[Outcome], allowed: frozenset[Outcome]) -> bool:
        """
        Whether an end is one of those that are right.

        An implementation that has no word for one of them may use any other word for withholding.
        """
        if ends & allowed:
            return True
        wordless = allowed - self._told - {Outcome.MAPPED}
        return bool(wordless) and bool(ends - {Outcome.MAPPED})
