"""Scripts: which fault is played to which requests."""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from verifier.errors import UsageError, nearest
from verifier.mocking.fault import Fault
from verifier.mocking.repertoire import find_fault
from verifier.mocking.turn import Turn
from verifier.model import Contract

__all__ = ["Script", "Scripts", "check_script"]


@dataclass(slots=True, kw_only=True)
class Script:
    """
    A fault, and when it takes hold.

    Args:
        serial: Counts the scripts of a mock.
        operation: Id or key (``POST /invoices``), ``*`` allowed in it; ``*`` alone is any request,
            refused ones and those that mean no operation included.
        times: How often it takes hold; 0 is without end.
        after: So many requests that fit are let pass first.
        every: It takes hold at every so manieth that fits.
        window: From when to when it may, in seconds of the mock's clock since it was written.
        client: Name of a principal; empty is anybody.
        header: A header that the request has, ``X-Test: 7``; empty is any request.
        probability: With which it takes hold, by a seeded die.
        began: When it was written, by the mock's clock.
        seen: How many requests fitted so far, and ``fired`` how often it took hold.
    """

    serial: int
    fault: Fault
    options: Any = None
    operation: str = "*"
    times: int = 1
    after: int = 0
    every: int = 1
    window: tuple[float, float] = (0.0, math.inf)
    client: str = ""
    header: str = ""
    probability: float = 1.0
    began: float = 0.0
    seed: int = 0
    seen: int = 0
    fired: int = 0
    rng: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.seed}:{self.serial}")  # noqa: S311  (to be repeatable)

    @property
    def exhausted(self) -> bool:
        """Whether it will not take hold again."""
        return bool(self.times) and self.fired >= self.times

    @property
    def unconsumed(self) -> bool:
        """Whether it took hold less often than it was written for."""
        return self.fired < max(1, self.times)

    def fires(self, turn: Turn) -> bool:
        """Whether it takes hold of a request; it counts those that fit."""
        if self.exhausted or not self._fits(turn):
            return False
        self.seen += 1
        nth = self.seen - self.after
        if nth <= 0 or nth % self.every:
            return False
        if self.probability < 1.0 and self.rng.random() >= self.probability:
            return False
        self.fired += 1
        return True

    def told(self) -> dict[str, Any]:
        """It, as JSON has it."""
        shown: dict[str, Any] = {
            "serial": self.serial,
            "fault": self.fault.name,
            "with": dataclasses.asdict(self.options) if self.options is not None else {},
            "operation": self.operation,
        }
        usual = {f.name: f.default for f in dataclasses.fields(self)}
        for name in ("times", "after", "every", "client", "header", "probability"):
            if getattr(self, name) != usual[name]:
                shown[name] = getattr(self, name)
        if self.window != usual["window"]:
            shown["window"] = [edge if edge < math.inf else None for edge in self.window]
        return shown | {"seen": self.seen, "fired": self.fired}

    def __str__(self) -> str:
        of = f" of {self.times}" if self.times else ""
        return f"{self.fault.name} for {self.operation} (script {self.serial}, {self.fired}{of})"

    def _fits(self, turn: Turn) -> bool:
        low, high = self.window
        return (
            low <= turn.now - self.began < high
            and self._operates(turn)
            and (not self.client or (turn.caller is not None and turn.caller.name == self.client))
            and (not self.header or _has(turn, self.header))
        )

    def _operates(self, turn: Turn) -> bool:
        if self.operation == "*":
            return True
        if turn.operation is None or turn.decision is not None:
            return False
        return _meant(self.operation, turn.operation.id, turn.operation.key)


class Scripts:
    """
    The scripts of a mock, in the order written.

    Of those that fit a request, the first that takes hold does, and the later ones do not count it:
    two for one operation are played one after the other.
    """

    def __init__(self, contract: Contract, seed: int) -> None:
        self._contract = contract
        self._seed = seed
        self._written: list[Script] = []
        self._serial = 0

    def write(self, fault: str, options: Mapping[str, Any], now: float, **when: Any) -> Script:
        """
        Add a script.

        Args:
            options: Of the fault.
            now: By the mock's clock.
            when: Fields of ``Script``.

        Raises:
            UsageError: There is no such fault, option, operation or field, or not with this value.
        """
        found = find_fault(fault)
        told = found.told(options)
        _check(when, found)
        self._check_operation(str(when.get("operation", "*")))
        self._serial += 1
        script = Script(
            serial=self._serial, fault=found, options=told, began=now, seed=self._seed, **when
        )
        self._written.append(script)
        return script

    def read(self, written: Mapping[str, Any], now: float) -> Script:
        """The same, from a mapping: ``fault``, ``with`` (its options), and fields of ``Script``."""
        when = {k: v for k, v in written.items() if k not in ("fault", "with")}
        if isinstance(when.get("window"), list):
            when["window"] = tuple(math.inf if edge is None else edge for edge in when["window"])
        options = written.get("with") or {}
        if not isinstance(options, Mapping):
            raise UsageError("a script's 'with' is no mapping", mend="Give option names to values.")
        return self.write(str(written.get("fault", "status")), options, now, **when)

    def choose(self, turn: Turn) -> Script | None:
        """The script that takes hold of a request; None where none does."""
        for script in self._written:
            if script.fires(turn):
                return script
        return None

    def remove(self, script: Script) -> None:
        """Forget one of them."""
        self._written = [each for each in self._written if each is not script]

    def know(self, contract: Contract) -> None:
        """Write for another edition from now on; what is written stays."""
        self._contract = contract

    def clear(self) -> None:
        """Forget them all, and count from one again."""
        self._written.clear()
        self._serial = 0

    def told(self) -> list[dict[str, Any]]:
        """All of them, as JSON has it."""
        return [script.told() for script in self._written]

    @property
    def unconsumed(self) -> tuple[Script, ...]:
        """Those that took hold less often than they were written for."""
        return tuple(script for script in self._written if script.unconsumed)

    def __iter__(self) -> Any:
        return iter(tuple(self._written))

    def __len__(self) -> int:
        return len(self._written)

    def _check_operation(self, wanted: str) -> None:
        operations = self._contract.operations
        if wanted == "*" or any(_meant(wanted, o.id, o.key) for o in operations):
            return
        names = [name for o in operations for name in (o.id, o.key) if name]
        otherwise = "Give an operation's id, or method and path: 'POST /invoices'."
        raise UsageError(f"no operation fits '{wanted}'", mend=nearest(wanted, names, otherwise))


def check_script(contract: Contract, written: Mapping[str, Any]) -> None:
    """
    Whether a mock of a contract could play a script.

    Raises:
        UsageError: It could not; says why, and the nearest that could be.
    """
    Scripts(contract, 0).read(written, 0.0)


def _check(when: Mapping[str, Any], fault: Fault) -> None:
    known = ("operation", "times", "after", "every", "window", "client", "header", "probability")
    for name, value in when.items():
        if name not in known:
            mend = nearest(name, known, f"It has {', '.join(known)}.")
            if name in {option.name for option in fault.described}:
                mend = f"It is a setting of the fault: 'with: {{{name}: {value}}}'."
            raise UsageError(f"a script has no '{name}'", mend=mend)
        _check_value(name, value)


def _check_value(name: str, value: Any) -> None:
    def number(low: float, high: float = math.inf) -> bool:
        plain = isinstance(value, (int, float)) and not isinstance(value, bool)
        return plain and low <= value <= high

    match name:
        case "times" | "after":
            good, wanted = isinstance(value, int) and number(0), "a whole number from 0"
        case "every":
            good, wanted = isinstance(value, int) and number(1), "a whole number from 1"
        case "probability":
            good, wanted = number(0, 1), "a number from 0 to 1"
        case "window":
            good, wanted = _is_window(value), "two numbers of seconds, the first the smaller"
        case "header":
            good, wanted = not value or ":" in str(value), "name and value: 'X-Test: 7'"
        case _:
            good, wanted = isinstance(value, str), "text"
    if not good:
        raise UsageError(f"a script's '{name}' cannot be {value!r}", mend=f"Give {wanted}.")


def _is_window(value: Any) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and all(isinstance(edge, (int, float)) for edge in value)
        and 0 <= value[0] < value[1]
    )


def _meant(wanted: str, id: str, key: str) -> bool:
    return fnmatchcase(id, wanted) or fnmatchcase(key, wanted)


def _has(turn: Turn, header: str) -> bool:
    name, _, value = header.partition(":")
    return turn.incoming.header(name.strip()) == value.strip()
