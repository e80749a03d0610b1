"""Calls that are about one kind of thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct, field

from verifier.loading.calls.names import MAKING, REOPENING
from verifier.loading.calls.spoken import Spoken, about
from verifier.loading.resources.language import is_plural, stem

__all__ = ["Family", "means"]

WORKED_OUT = ("telling", "home", "lasts", "envelope", "list_member", "nouns", "made", "one")


class Family(Struct, kw_only=True, eq=False, dict=True):
    """
    Calls about one kind of thing; what is said of them is worked out once, until there are others.

    Args:
        calls: Those that tell it, then those that only act on it.
        noun: What most that tell one of it are called by, before others join them.
        own: The argument that names one; empty where none does.
        around: The kinds that contain it, the outermost last; a thing is named by their arguments
            too.
    """

    calls: list[Spoken] = field(default_factory=list)
    noun: tuple[str, ...] = ()
    own: str = ""
    around: tuple[str, ...] = ()
    parents: list[Family] = field(default_factory=list)

    def take(self, calls: Iterable[Spoken]) -> None:
        """Have further calls."""
        self._have([*self.calls, *calls])

    def leave(self, calls: Iterable[Spoken]) -> None:
        """Have some calls no longer."""
        gone = set(calls)
        self._have([call for call in self.calls if call not in gone])

    def _have(self, calls: list[Spoken]) -> None:
        self.calls = calls
        for name in WORKED_OUT:
            self.__dict__.pop(name, None)

    @cached_property
    def telling(self) -> list[Spoken]:
        """The calls whose answers tell things of it."""
        return [call for call in self.calls if call.shown]

    @cached_property
    def home(self) -> tuple[str, ...]:
        """What most calls that tell one thing of it are called by, else those that list it."""
        alone = Counter(call.noun for call in self.telling if not call.many)
        listed = Counter(call.noun for call in self.telling)
        return (alone or listed or Counter(call.noun for call in self.calls)).most_common(1)[0][0]

    @cached_property
    def lasts(self) -> frozenset[str]:
        """Stems of the last words of what the calls that tell it are called by."""
        return frozenset(stem(call.noun[-1]) for call in self.telling)

    @cached_property
    def envelope(self) -> str:
        """The member in which one stands; empty where none is told alone."""
        return _commonest(c.shown for c in self.telling if not c.many)

    @cached_property
    def list_member(self) -> str:
        """The member in which several stand."""
        return _commonest(c.shown for c in self.telling if c.many)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Stems of what one of it is called."""
        named = {stem(self.envelope), stem(self.noun[-1])}
        if self.envelope == "" or is_plural(self.list_member):
            named.add(stem(self.list_member))
        return frozenset(named - {""})

    @property
    def keys(self) -> tuple[str, ...]:
        """The arguments that name one, the outermost first."""
        return (*self.around, *((self.own,) if self.own else ()))

    def argument(self, call: Spoken, key: str) -> str:
        """What a call says a key by; empty where it does not."""
        if key in call.arguments:
            return key
        given = (a for a in call.arguments if a not in self.made)
        return next((a for a in given if means(a, key, self.nouns)), "")

    @cached_property
    def made(self) -> set[str]:
        """The arguments of the calls that make one: what it is made of."""
        return {a for call in self.calls if self.makes(call) for a in call.arguments}

    def makes(self, call: Spoken) -> bool:
        """Whether a call's name says that it makes one."""
        return call.verb in MAKING | REOPENING and call.thing in ("", *self.nouns)

    @cached_property
    def one(self) -> list[Spoken]:
        """The calls that are about one that exists, by their names and answers."""
        return [c for c in self.calls if not c.many and not self.makes(c)]


def means(name: str, key: str, nouns: Iterable[str]) -> bool:
    """Whether a name says a key: ``room_id`` is ``room``, ``message_ts`` a message's ``ts``."""
    said, meant = about(name), about(key)
    if said == meant:
        return True
    return (
        len(said) > len(meant)
        and said[-len(meant) :] == meant
        and (stem("_".join(said[: -len(meant)])) in nouns)
    )


def _commonest(names: Iterable[str]) -> str:
    counted = Counter(names)
    return counted.most_common(1)[0][0] if counted else ""
