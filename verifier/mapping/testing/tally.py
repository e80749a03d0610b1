"""What of a contract the records of a test have reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.executing import Execution
from verifier.mapping.nouns import Path
from verifier.mapping.placing import taken
from verifier.mapping.tables import key_of
from verifier.mapping.testing.asking import Answer, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court

__all__ = ["Tally"]


class Tally:
    """Counts fields that were compared, rows that were used, and fields that real records fill."""

    def __init__(self, court: Court) -> None:
        self._court = court
        self._compared: set[Path] = set()
        self._rows: set[tuple[str, Any]] = set()
        self._filled: set[Path] = set()
        self._real = 0

    def count(self, case: Case, answer: Answer, done: Execution) -> None:
        """Count what one record has reached."""
        if case.real and case.path is None:
            self._real += 1
            paths = [p for rule in self._court.rules.values() for p in rule.sources]
            self._filled.update(path for path in paths if _fills(case.record, path))
        for rule in self._court.rules.values():
            if rule.table:
                values = [next(taken(case.record, path), None) for path in rule.sources]
                self._use(rule.table, values)
            compared = answer.how is How.MAPPED and rule.target not in self._compared
            if compared and _fills(done.target, rule.target):
                self._compared.add(rule.target)

    def _use(self, table: str, values: list[Any]) -> None:
        try:
            key = key_of(tuple(values) if len(values) > 1 else values[0])
            self._rows.add((table, key))
        except TypeError:
            return

    def gaps(self) -> Iterator[str]:
        """A sentence for everything that was not reached."""
        rules = self._court.rules.values()
        for rule in rules:
            if rule.target not in self._compared:
                yield f"'{rule.target}': no record that was mapped has it"
        used = {rule.table for rule in rules if rule.table and not rule.via}
        for name in sorted(used):
            for row in self._court.mapping.contract.tables[name].rows:
                if (name, key_of(row.given)) not in self._rows:
                    yield f"table '{name}', the row for {row.given!r}: no record has that value"
        if self._real:
            for path in dict.fromkeys(p for rule in rules for p in rule.sources):
                if path not in self._filled:
                    yield f"'{path}': none of the {self._real} real records fills it"


def _fills(record: Any, path: Path) -> bool:
    return any(value is not None for value in taken(record, path))
