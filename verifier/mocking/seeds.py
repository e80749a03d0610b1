"""Things that are there from the beginning: those that somebody wrote down, and those of kinds
that nobody can make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from verifier.errors import ConfigError, nearest
from verifier.mocking.asked import Asked
from verifier.mocking.kinds import Kind
from verifier.mocking.making import Making, Place
from verifier.mocking.state import EVERYBODY, Row, State
from verifier.model import Seed

__all__ = ["Seeds"]

Planted = tuple[Kind, Seed]


class Seeds(Struct):
    """
    Plants what was written down, and grows rows where somebody looks for them, always the same.

    Args:
        written: What somebody wrote down, with the kind that keeps it.
        tenants: Whose things there may be.
        number: How many are made up in each place, of what nobody can make.
        unlinked: What was planted before anybody knew where the mock is asked.
    """

    state: State
    making: Making
    now: Callable[[], float]
    written: tuple[Planted, ...] = ()
    tenants: frozenset[str] = frozenset()
    number: int = 3
    _grown: set[tuple[str, str, str]] = field(default_factory=set)
    unlinked: list[tuple[Planted, Row]] = field(default_factory=list)

    def plant(self) -> None:
        """
        Keep what was written down.

        Raises:
            ConfigError: It cannot stand there, or is not as the document says.
        """
        for kind, seed in self.written:
            if seed.tenant and seed.tenant not in self.tenants:
                mend = nearest(seed.tenant, self.tenants, "Leave it out: then it is everybody's.")
                _refuse(seed, f"no principal is of the tenant '{seed.tenant}'", mend)
            row = self._made(kind, seed, "")
            if self.state.get(kind.name, row.id, row.tenant, row.place) is not None:
                _refuse(seed, f"there are two of the id '{row.id}'", "Give them different ids.")
            self.state.put(row)
            self._grown.add((kind.name, EVERYBODY, row.place))
            self.unlinked.append(((kind, seed), row))

    def link(self, base: str) -> None:
        """Give what was planted its addresses, once it is known where the mock is asked."""
        waiting, self.unlinked = self.unlinked, []
        for (kind, seed), row in waiting:
            held = self.state.get(kind.name, row.id, row.tenant, row.place)
            if held is row and row.version == 1:
                row.value = self._made(kind, seed, base, kind.id_in(row.value) or row.id).value

    def grow(self, kind: Kind, asked: Asked) -> None:
        """See to it that what nobody can make is there, where a request looks."""
        if not kind.made_up:
            return
        # Each customer has its own: what nobody made is not shown to a stranger either.
        tenant = asked.caller.tenant or EVERYBODY
        place = Place.of(asked, kind)
        around = "/".join(place.path.get(key, "") for key in kind.around)
        mark = (kind.name, tenant, around)
        if mark in self._grown or (kind.name, EVERYBODY, around) in self._grown:
            return
        self._grown.add(mark)
        made = Place(tenant, place.path, asked.base, asked.handle)
        for _ in range(1 if kind.single else self.number):
            self.state.put(self.making.make(kind, {}, made, self.now()))

    def _made(self, kind: Kind, seed: Seed, base: str, id: object = None) -> Row:
        _check_place(kind, seed)
        id = kind.id_in(seed.value) if id is None else id
        place = Place(seed.tenant or EVERYBODY, seed.path, base, "")
        row = self.making.make(kind, seed.value, place, self.now(), id)
        changed = list(_changed(seed, row))
        if changed:
            _refuse(
                seed,
                f"'{changed[0]}' is not what the document says of {kind.name}",
                "Correct it, or leave it out; 'verifier inspect' shows where the schema stands.",
            )
        return row


def _check_place(kind: Kind, seed: Seed) -> None:
    lacking = [key for key in kind.around if key not in seed.path and key not in seed.value]
    if lacking:
        _refuse(
            seed,
            f"it is not said where it is: {kind.template}",
            f"Add 'path: {{{', '.join(f'{key}: ...' for key in lacking)}}}'.",
        )
    unknown = [name for name in seed.path if name not in kind.keys]
    if unknown:
        known = ", ".join(kind.around) or "none"
        _refuse(seed, f"its path has no variable '{unknown[0]}'", f"Known: {known}.")


def _changed(seed: Seed, row: Row) -> Iterable[str]:
    """The members that could not be kept as they were written."""
    return _differing(seed.value, row.value)


def _differing(written: object, kept: object, path: str = "") -> Iterator[str]:
    if isinstance(written, dict) and isinstance(kept, dict):
        for name, value in written.items():
            inner = f"{path}.{name}" if path else str(name)
            if name not in kept:
                yield inner
            else:
                yield from _differing(value, kept[name], inner)
    elif written != kept:
        yield path


def _refuse(seed: Seed, says: str, mend: str) -> None:
    raise ConfigError(f"a seed of '{seed.resource}': {says}", where=seed.where, mend=mend)
