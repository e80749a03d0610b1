"""Compare schemas by meaning, each pair once, and remember which operations it reaches."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.diffing.features import bits_differing, bits_of
from verifier.diffing.folding import Shapes
from verifier.diffing.origins import named_after, named_alike, origin
from verifier.diffing.rule import Rule
from verifier.diffing.sameness import Sameness
from verifier.diffing.settling import COMPOSED, settle
from verifier.diffing.shapes import Part, Shape, written_place
from verifier.diffing.shifts import Carrier, Descent, Family, Label, Shift
from verifier.model import Document, Pointer, Side, unescape

__all__ = ["SchemaPair", "SchemaWalk"]

MOST_PAIRS = 300_000
DEEPEST_INLINE = 60
DEEPEST_CHOICE = 6

Places = tuple[tuple[Pointer, bool], ...]
Key = tuple[Places, Places, Side, bool, Carrier, bool, tuple[Pointer, ...]]
Use = tuple[Label, Pointer, Pointer] | None


class SchemaPair(Struct, frozen=True, kw_only=True):
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

    def touched(self) -> set[str]:
        """Members that, where both have them, are not plainly the same, as most of them are."""
        old, new = self.old.listings, self.new.listings
        if len(old) != 1 or len(new) != 1:
            return self.old.properties & self.new.properties
        (mine, at), (yours, where) = old[0], new[0]
        found = set(self.sameness.touched(mine, at.file, yours, where.file))
        return found | (self.old.required ^ self.new.required)

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
            # Where nothing is said any more, or was, that is what is told of the whole.
            typed = self.old.types is not None or self.new.types is not None
            return not (typed and (self.old.free or self.new.free))
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


class _Met(Struct, eq=False):
    """A pair that some place leads to: the pairs behind it, and the operations that lead to it."""

    inner: set[_Met] = field(default_factory=set)
    bits: int = 0


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
        self.cut = False
        self._found: list[tuple[_Met, Family, Shift]] = []
        self._met: dict[Key, _Met] = {}
        self._waiting: list[tuple[_Met, Descent]] = []
        self._visits = 0

    def begin(self, descent: Descent, operation: int) -> None:
        """Compare two schemas that an operation uses."""
        met = self._meet(descent)
        if met is not None:
            met.bits |= 1 << operation
        self._empty()

    def reached(self) -> Iterator[tuple[Family, Shift, int]]:
        """Family, difference, and the operations that it reaches, as a set of bits."""
        waiting = [met for met in self._met.values() if met.bits]
        while waiting:
            met = waiting.pop()
            for inner in met.inner:
                if inner.bits | met.bits != inner.bits:
                    inner.bits |= met.bits
                    waiting.append(inner)
        for met, family, shift in self._found:
            yield family, shift, met.bits

    def _meet(self, descent: Descent) -> _Met | None:
        """Have a pair compared, unless it was or need not be."""
        if self._same(descent.old, descent.new):
            return None
        old = tuple(settle(self.old, part) for part in descent.old)
        new = tuple(settle(self.new, part) for part in descent.new)
        inside = named_alike(descent.old, descent.new)
        name = inside or _shared_name(old, new)
        aside = bool(name) and not inside and old[0].null != new[0].null
        use = _use(descent) if aside else None
        key = (
            _places(old),
            _places(new),
            descent.side,
            descent.negated,
            descent.carrier,
            descent.tentative,
            use[1:] if use else (),
        )
        met = self._met.get(key)
        if met is None:
            met = self._met[key] = _Met()
            self._waiting.append((met, _settled(descent, old, new, name, use)))
        return met

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
            met, descent = self._waiting.pop()
            self._compare(met, descent, 0)

    def _compare(self, owner: _Met, descent: Descent, depth: int) -> None:
        """Compare two schemas, and what is written inside them."""
        self._visits += 1
        if self._visits > MOST_PAIRS or depth > DEEPEST_INLINE:
            self.cut = True
            return
        pair = self._pair(descent)
        kinds_differ = pair.old_kinds != pair.new_kinds
        differs = bits_differing((pair.old, pair.new), kinds_differ=kinds_differ)
        for family, reads in self._asked:
            if reads and not reads & differs:
                continue
            for result in family.find(pair):
                if isinstance(result, Shift):
                    self._found.append((owner, family, result))
                elif _leads(self.old, result.old) or _leads(self.new, result.new):
                    met = self._meet(result)
                    if met is not None:
                        owner.inner.add(met)
                elif not self._same(result.old, result.new):
                    self._compare(owner, result, depth + 1)

    def _pair(self, descent: Descent) -> SchemaPair:
        old, new = self.old_shapes.of(descent.old), self.new_shapes.of(descent.new)
        label, sites = descent.label, descent.sites or _sites(descent)
        alone = origin(old, new, self.sameness)
        if alone is not None:
            label, sites = named_after(alone, label), (alone, alone)
        return SchemaPair(
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
            label=label,
            sites=sites,
            negated=descent.negated,
            carrier=descent.carrier,
            use=descent.use,
            tentative=descent.tentative,
        )


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


def _shared_name(old: tuple[Part, ...], new: tuple[Part, ...]) -> str:
    """What both documents call a schema; empty where it has no name, or two of them."""
    if len(old) != 1 or len(new) != 1:
        return ""
    name = _name(old[0])
    return name if name and name == _name(new[0]) else ""


def _use(written: Descent) -> tuple[Label, Pointer, Pointer]:
    return written.label, _site(written.old, 0), _site(written.new, 0)


def _settled(
    written: Descent, old: tuple[Part, ...], new: tuple[Part, ...], name: str, use: Use
) -> Descent:
    """
    A schema with one name in both documents is called by it, and stands there, wherever it is used.

    Any other difference is one of the place where the two are used, unless both have one address.
    """
    if name:
        return replace(written, old=old, new=new, label=Label(f"schema {name}"), use=use)
    sites = written.sites
    if old[0].at != new[0].at:
        index = _differing(written)
        sites = _site(written.old, index), _site(written.new, index)
    return replace(written, old=old, new=new, sites=sites)


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
