"""Compare schemas by meaning, each pair once, and remember which operations it reaches."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from verifier.diffing.features import bits_differing, bits_of
from verifier.diffing.folding import Shapes
from verifier.diffing.rule import Rule
from verifier.diffing.sameness import Sameness, as_written
from verifier.diffing.settling import COMPOSED, settle
from verifier.diffing.shapes import Part, Shape, written_place
from verifier.diffing.shifts import Carrier, Descent, Family, Label, Shift
from verifier.model import Document, Pointer, Side, unescape

__all__ = ["Key", "SchemaPair", "SchemaWalk"]

MOST_PAIRS = 300_000
DEEPEST_INLINE = 60
DEEPEST_CHOICE = 6

Places = tuple[tuple[Pointer, bool], ...]
Key = tuple[Places, Places, Side, bool, Carrier, bool, tuple[Pointer, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPair:
    """
    What a rule about schemas sees: two shapes, who sends the values, and how to call them.

    Args:
        old_kinds: Types as far as they are known, those of branches included; None where any.
        same: Whether two inner schemas are the same letter by letter, and need no look.
        sites: Where the two stand as a person sees it: the named schema where both have one name,
            else where they are used.
        use, tentative: See ``Descent``.
    """

    old: Shape
    new: Shape
    old_parts: tuple[Part, ...]
    new_parts: tuple[Part, ...]
    old_shapes: Shapes
    new_shapes: Shapes
    old_kinds: frozenset[str] | None
    new_kinds: frozenset[str] | None
    same: Callable[[tuple[Part, ...], tuple[Part, ...]], bool]
    sameness: Sameness
    today: datetime.date
    side: Side
    label: Label
    sites: tuple[Pointer, Pointer]
    negated: bool = False
    carrier: Carrier = "json"
    use: tuple[Label, Pointer, Pointer] | None = None
    tentative: bool = False

    def touched(self) -> Iterator[str]:
        """Members that both have and that are not plainly the same, as most of them are."""
        old, new = self.old.listings, self.new.listings
        if len(old) != 1 or len(new) != 1:
            yield from self.old.properties & self.new.properties
            return
        (mine, at), (yours, where) = old[0], new[0]
        odd = self.old.required ^ self.new.required
        for name, node in mine.items():
            if name in yours and (
                name in odd or not self.sameness.nodes(node, at.file, yours[name], where.file)
            ):
                yield name

    @property
    def split(self) -> bool:
        """Whether one side is plain and the other a mere choice between alternatives."""
        old, new = self.old, self.new
        if bool(old.unions) == bool(new.unions):
            return False
        chooser = old if old.unions else new
        return not (chooser.listings or chooser.required)

    @property
    def legible(self) -> bool:
        """Whether both could be read as a whole."""
        return not (self.old.unresolved or self.new.unresolved)

    @property
    def comparable(self) -> bool:
        """Whether keyword can be held against keyword: some type is common, and neither split."""
        if self.split or not self.legible:
            return False
        if self.old_kinds is None or self.new_kinds is None:
            return True
        return bool(self.old_kinds & self.new_kinds) or self.old_kinds == self.new_kinds

    def takes(self, kind: str) -> bool:
        """Whether values of a type are possible in both."""
        return all(kinds is None or kind in kinds for kinds in (self.old_kinds, self.new_kinds))

    @property
    def measurable(self) -> bool:
        """Whether forms and ranges count: where values are listed, the list alone decides."""
        return self.comparable and self.old.options is None and self.new.options is None

    def shift(
        self,
        rule: Rule,
        says: str,
        *,
        words: str = "",
        old: Pointer | None = None,
        new: Pointer | None = None,
        member: str = "",
        hints: tuple[Any, ...] = (),
        likely: tuple[Part, ...] = (),
    ) -> Shift:
        """
        One difference of this pair.

        Args:
            old: A more exact place than the pair's own.
            new: The same in the later document.
            member: The member that it is about, where it is not the pair itself.
            hints: Values that are likely to show it.
            likely: Parts whose values are: of the later document what was added, else of the
                earlier one.
        """
        label = self.label.member(member) if member else self.label
        return Shift(
            rule=rule,
            says=says,
            side=self.side,
            old=written_place(old or self.sites[0]),
            new=written_place(new or self.sites[1]),
            words=words,
            member=label.path,
            negated=self.negated,
            carrier=self.carrier,
            parts=None if self.tentative else (self.old_parts, self.new_parts),
            hints=hints,
            likely=likely,
            rooted=self.label.root.startswith("schema "),
            tentative=self.tentative,
        )

    def descend(
        self, old: tuple[Part, ...], new: tuple[Part, ...], label: Label, *, inverted: bool = False
    ) -> Descent:
        """Compare an inner pair; ``inverted`` for one that must not be obeyed."""
        return Descent(
            old=old,
            new=new,
            side=self.side,
            label=label,
            negated=self.negated is not inverted,
            carrier=self.carrier,
            tentative=self.tentative,
        )


class SchemaWalk:
    """
    Walks pairs of schemas from where operations use them.

    A pair behind a reference is looked at once, however many operations lead to it; which ones do
    is spread along the references when all has been seen. Circles end because a pair that was met
    is not met again: what is being compared is taken to be equal, and only its own differences
    count.
    """

    def __init__(
        self,
        old: Document,
        new: Document,
        families: tuple[Family, ...],
        sameness: Sameness,
        today: datetime.date,
    ) -> None:
        self.today = today
        self.old = old
        self.new = new
        self.old_shapes = Shapes(old)
        self.new_shapes = Shapes(new)
        self._asked = tuple((family, bits_of(family.reads)) for family in families)
        self.sameness = sameness
        self.found: list[tuple[Key, Family, Shift]] = []
        self.cut = False
        self._edges: dict[Key, set[Key]] = {}
        self._reach: dict[Key, int] = {}
        self._waiting: list[tuple[Key, Descent]] = []
        self._silent: set[tuple[object, ...]] = set()
        self._visits = 0
        self._led = 0

    def begin(self, descent: Descent, operation: int) -> None:
        """Compare two schemas that an operation uses."""
        key = self._meet(descent)
        if key is not None:
            self._reach[key] = self._reach.get(key, 0) | 1 << operation
        self._empty()

    def reached(self) -> Iterator[tuple[Family, Shift, int]]:
        """Family, difference, and the operations that it reaches, as a set of bits."""
        waiting = list(self._reach)
        while waiting:
            key = waiting.pop()
            bits = self._reach[key]
            for inner in self._edges.get(key, ()):
                known = self._reach.get(inner, 0)
                if known | bits != known:
                    self._reach[inner] = known | bits
                    waiting.append(inner)
        for key, family, shift in self.found:
            yield family, shift, self._reach.get(key, 0)

    def _meet(self, descent: Descent) -> Key | None:
        """Have a pair compared, unless it was or need not be."""
        if self._same(descent.old, descent.new):
            return None
        old = tuple(settle(self.old, part) for part in descent.old)
        new = tuple(settle(self.new, part) for part in descent.new)
        settled = _named(replace(descent, old=old, new=new), descent)
        key = (
            _places(old),
            _places(new),
            descent.side,
            descent.negated,
            descent.carrier,
            descent.tentative,
            settled.use[1:] if settled.use else (),
        )
        self._led += 1
        if key not in self._edges:
            self._edges[key] = set()
            self._waiting.append((key, settled))
        return key

    def _same(self, old: tuple[Part, ...], new: tuple[Part, ...]) -> bool:
        """Whether two conjunctions are of the same parts; what is said twice is said once."""
        if len(old) == len(new) == 1:
            return self._alike(old[0], new[0])
        return all(any(self._alike(a, b) for b in new) for a in old) and all(
            any(self._alike(a, b) for a in old) for b in new
        )

    def _alike(self, old: Part, new: Part) -> bool:
        return old.null == new.null and self.sameness.nodes(
            old.node, old.at.file, new.node, new.at.file
        )

    def _empty(self) -> None:
        while self._waiting:
            key, descent = self._waiting.pop()
            self._compare(key, descent, 0)

    def _compare(self, owner: Key, descent: Descent, depth: int) -> None:
        """Compare two schemas, unless two of the same words said nothing elsewhere."""
        self._visits += 1
        if self._visits > MOST_PAIRS or depth > DEEPEST_INLINE:
            self.cut = True
            return
        words = _words(descent)
        if words in self._silent:
            return
        before = len(self.found), self._led
        self._ask(owner, descent, depth)
        if words is not None and not self.cut and before == (len(self.found), self._led):
            self._silent.add(words)

    def _ask(self, owner: Key, descent: Descent, depth: int) -> None:
        old, new = self.old_shapes.of(descent.old), self.new_shapes.of(descent.new)
        pair = SchemaPair(
            old=old,
            new=new,
            old_parts=descent.old,
            new_parts=descent.new,
            old_shapes=self.old_shapes,
            new_shapes=self.new_shapes,
            old_kinds=_kinds(self.old_shapes, old),
            new_kinds=_kinds(self.new_shapes, new),
            same=self._same,
            sameness=self.sameness,
            today=self.today,
            side=descent.side,
            label=descent.label,
            sites=descent.sites or _sites(descent),
            negated=descent.negated,
            carrier=descent.carrier,
            use=descent.use,
            tentative=descent.tentative,
        )
        differs = bits_differing((old, new), kinds_differ=pair.old_kinds != pair.new_kinds)
        for family, reads in self._asked:
            if reads and not reads & differs:
                continue
            for result in family.find(pair):
                if isinstance(result, Shift):
                    self.found.append((owner, family, result))
                elif _leads(self.old, result.old) or _leads(self.new, result.new):
                    key = self._meet(result)
                    if key is not None:
                        self._edges[owner].add(key)
                elif not self._same(result.old, result.new):
                    self._compare(owner, result, depth + 1)


def _kinds(shapes: Shapes, shape: Shape, depth: int = 0) -> frozenset[str] | None:
    """Types of a schema, those of its branches where it names none itself."""
    kinds = shape.kinds
    if kinds is not None or depth > DEEPEST_CHOICE:
        return kinds
    for union in shape.unions:
        inner = [_kinds(shapes, shapes.of(branch), depth + 1) for branch in union.branches]
        if all(found is not None for found in inner):
            return frozenset().union(*(found for found in inner if found is not None))
    return None


def _words(descent: Descent) -> tuple[object, ...] | None:
    """All that decides what is found, but for where it stands; None for what is not written so."""
    if len(descent.old) != 1 or len(descent.new) != 1:
        return None
    old, new = descent.old[0], descent.new[0]
    written = as_written(old.node), as_written(new.node)
    if None in written:
        return None
    files, nulls = (old.at.file, new.at.file), (old.null, new.null)
    given = descent.side, descent.negated, descent.carrier, descent.tentative
    return written, files, nulls, *given


def _places(parts: tuple[Part, ...]) -> Places:
    return tuple((part.at, part.null) for part in parts)


def _leads(document: Document, parts: tuple[Part, ...]) -> bool:
    """Whether one of them stands elsewhere: a reference, or a wrapping of one."""
    return any(
        isinstance(part.node, dict)
        and not COMPOSED.isdisjoint(part.node)
        and settle(document, part).at != part.at
        for part in parts
    )


def _named(settled: Descent, written: Descent) -> Descent:
    """
    A schema with one name in both documents is called by it, and stands there, wherever it is used.

    Any other difference is one of the place where the two are used.
    """
    if len(settled.old) == len(settled.new) == 1:
        names = [_name(part) for part in (*settled.old, *settled.new)]
        if names[0] and names[0] == names[1]:
            label = Label(f"schema {names[0]}")
            if settled.old[0].null == settled.new[0].null:
                return replace(settled, label=label)
            use = (written.label, _site(written.old, 0), _site(written.new, 0))
            return replace(settled, label=label, use=use)
    if settled.old[0].at == settled.new[0].at:
        return settled  # one address in both, wherever it is referred to from
    index = _differing(written)
    return replace(settled, sites=(_site(written.old, index), _site(written.new, index)))


def _sites(descent: Descent) -> tuple[Pointer, Pointer]:
    index = _differing(descent) if len(descent.old) > 1 else 0
    return _site(descent.old, index), _site(descent.new, index)


def _differing(written: Descent) -> int:
    """Which of several parts is another than before; the first where that cannot be said."""
    if len(written.old) != len(written.new):
        return 0
    pairs = zip(written.old, written.new, strict=True)
    return next((index for index, (old, new) in enumerate(pairs) if old.node != new.node), 0)


def _site(parts: tuple[Part, ...], index: int) -> Pointer:
    return written_place(parts[index].at)


def _name(part: Part) -> str:
    """The component that a part refers to; empty where it is written out."""
    reference = part.node.get("$ref") if isinstance(part.node, dict) else None
    if reference is None:
        found = part.at.path.removeprefix("/components/schemas/")
        return "" if found == part.at.path or "/" in found else unescape(found)
    return str(reference).rpartition("/")[2]
