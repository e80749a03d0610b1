"""One value of a scenario file, with its address: nothing is taken for granted until it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from verifier.model import escape
from verifier.scenarios.flaws import Flaw, Grade, Report, suggestion

__all__ = ["Node", "kind_in_words"]

KINDS = {
    bool: "a truth value",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    type(None): "empty",
}


@dataclass(frozen=True, slots=True)
class Node:
    """
    A value as written.

    Args:
        at: JSON pointer in the file.
        version: The document's: ``1.0`` or ``1.1``.
        report: Receives each flaw.
        place: Leads a pointer to file and line.
    """

    value: Any
    at: str
    version: str
    report: Report = field(repr=False)
    place: Callable[[str], Any] = field(repr=False)

    def flaw(self, says: str, mend: str = "", *, grade: Grade = Grade.WRONG) -> None:
        """Report what is wrong here."""
        self.report(Flaw(says=says, place=self.place(self.at), mend=mend, grade=grade))

    def inner(self, name: str | int, value: Any) -> Node:
        """A member or an item."""
        return replace(self, value=value, at=f"{self.at}/{escape(str(name))}")

    @property
    def name(self) -> str:
        """The last name of the address."""
        return self.at.rpartition("/")[2].replace("~1", "/").replace("~0", "~")

    def wrong(self, wants: str, mend: str = "") -> None:
        """Report that it is of another kind than it should be."""
        called = "the document" if not self.at else f"'{self.name}'"
        if self.name.isdigit():
            called = "this item"
        found = kind_in_words(self.value)
        hint = mend or ("Put it in quotes." if wants == "a text" else "")
        self.flaw(f"{called} is {found}, and should be {wants}", hint)

    def members(self, known: Sequence[str], what: str, *, closed: bool = True) -> dict[str, Node]:
        """
        The members of an object, by name; unknown ones are flaws, ``x-`` extensions are not.

        Args:
            what: What the object is, for messages.
        """
        if not self.mapping(what):
            return {}
        found: dict[str, Node] = {}
        for name, value in self.value.items():
            inner = self.inner(name, value)
            if name in known:
                found[name] = inner
            elif closed and not name.startswith("x-"):
                inner.flaw(f"{what} has no member '{name}'", suggestion(name, known))
        return found

    def mapping(self, what: str) -> bool:
        """Whether it is an object; a flaw where it is none."""
        if isinstance(self.value, Mapping):
            return True
        self.wrong(f"an object ({what})")
        return False

    def pairs(self, what: str) -> Iterator[tuple[str, Node]]:
        """Names of the author's choice and their values."""
        if not self.mapping(what):
            return
        for name, value in self.value.items():
            yield str(name), self.inner(name, value)

    def items(self, *, least: int = 0) -> Iterator[Node]:
        """The items of a list."""
        if not isinstance(self.value, list):
            self.wrong("a list")
            return
        if len(self.value) < least:
            self.flaw(f"'{self.name}' is empty", "Give at least one, or leave it out.")
        for index, value in enumerate(self.value):
            yield self.inner(index, value)

    def text(self) -> str:
        """A text; an empty one, with a flaw, where it is something else."""
        if isinstance(self.value, str):
            return self.value
        self.wrong("a text")
        return ""

    def number(self, *, whole: bool = False, least: float = 0) -> float:
        """A number from ``least``; that, with a flaw, where it is something else."""
        value = self.value
        fits = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
        if fits and value >= least:
            return float(value)
        self.wrong(f"a {'whole ' if whole else ''}number from {least:g}")
        return least

    def flag(self) -> bool:
        """A truth value."""
        if isinstance(self.value, bool):
            return self.value
        self.wrong("true or false")
        return False

    def choice(self, words: Sequence[str]) -> str:
        """One of some words; empty, with a flaw, where it is none of them."""
        if isinstance(self.value, str) and self.value in words:
            return self.value
        shown = f"'{self.value}'" if isinstance(self.value, str) else kind_in_words(self.value)
        near = suggestion(self.value, words) if isinstance(self.value, str) else ""
        listed = ", ".join(words[:-1]) + f" or {words[-1]}" if len(words) > 1 else words[0]
        self.flaw(f"'{self.name}' is {shown}, and should be {listed}", near)
        return ""

    def needs(self, members: Mapping[str, Node], names: Sequence[str], what: str) -> bool:
        """Whether all of these are there; a flaw for each that is not."""
        missing = [name for name in names if name not in members]
        for name in missing:
            self.flaw(f"{what} needs '{name}'", f"Add '{name}: ...'.")
        return not missing


def kind_in_words(value: Any) -> str:
    """What a value is, for a person."""
    if isinstance(value, Mapping):
        return "an object"
    return KINDS.get(type(value), f"a {type(value).__name__}")
