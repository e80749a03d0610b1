"""What the contract makes of single values: the proof, and the example, of what may go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from verifier.errors import VerifierError
from verifier.mapping.analysis.finding import Witness
from verifier.mapping.chains import Value
from verifier.mapping.executing import Entry, Executor, Failure
from verifier.mapping.nouns import Path
from verifier.mapping.opening import OpenMapping
from verifier.mapping.placing import ABSENT, placed
from verifier.mapping.records import baseline
from verifier.mapping.shapes import find
from verifier.validating import validator

__all__ = ["Trial", "Trials"]


class Trial(Struct, frozen=True, kw_only=True):
    """
    One value put into a record that is otherwise plain.

    Args:
        failure, entry: What came of it at the field that is looked at; either or neither.
    """

    value: Any
    failure: Failure | None
    entry: Entry | None

    @property
    def trouble(self) -> str:
        """Which of the troubles it met; empty where it met none."""
        return self.failure.trouble if self.failure else ""

    def witness(self) -> Witness:
        """The value as an example."""
        if self.failure is not None:
            end = self.failure.outcome.value
            return Witness(value=self.value, becomes=f"{self.failure.says}; the record is {end}")
        reason = self.entry.reason if self.entry else "taken over"
        return Witness(value=self.value, becomes=f"is {reason}")


class Trials:
    """Puts values into a plain record; silent where no such record can be made."""

    def __init__(self, mapping: OpenMapping) -> None:
        self._base: dict[str, Any] | None = None
        try:
            self._executor = Executor(mapping)
            self._base = baseline(self._executor)
        except VerifierError:
            # What is wrong with the contract itself is found by the rules that look for it.
            self._base = None

    def first(
        self, target: Path, source: Value, values: Iterable[Any], trouble: str
    ) -> Trial | None:
        """
        The first value that its schema allows, and that meets a trouble at the target's field.

        Args:
            trouble: ``on_invalid`` ...; values that the policy then leaves out count, too.
        """
        field = find(source.side.shape, source.path)
        if field is None:
            return None
        judge = validator(field.shape.schema(), source.side.direction)
        allowed = (value for value in values if judge.accepts(value))
        for trial in self.of(target, source.path, allowed):
            omitted = trial.entry is not None and trial.entry.reason in ("omitted", "defaulted")
            if trial.trouble == trouble or (omitted and trouble == "on_invalid"):
                return trial
        return None

    def of(self, target: Path, source: Path, values: Iterable[Any]) -> Iterator[Trial]:
        """What the contract makes of each value of one source field, at one target field."""
        for value in values if self._base is not None else ():
            done = self._executor.map(placed(self._base, source, value))
            shown = None if value is ABSENT else value
            yield Trial(
                value=shown,
                failure=_at(target, done.failures),
                entry=_at(target, [e for e in done.ledger if e.reason != "time of day"]),
            )


def _at(target: Path, told: Any) -> Any:
    name = str(target).replace("[]", "[0]")
    return next((one for one in told if one.path == name), None)
