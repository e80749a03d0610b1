"""A mapping contract: what two systems mean by their fields, and the rules between them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.mapping.nouns.paths import Path
from verifier.model import Place

__all__ = [
    "Act",
    "Block",
    "Direction",
    "Invariant",
    "KeyPart",
    "Law",
    "MappingContract",
    "Match",
    "Meaning",
    "Owner",
    "Policy",
    "Reason",
    "Relation",
    "Row",
    "Rule",
    "Side",
    "Step",
    "Table",
    "Verify",
    "Write",
]


class Direction(enum.Enum):
    """Whether only the source is written over, or each into the other."""

    ONE_WAY = "one_way"
    TWO_WAY = "two_way"


class Act(enum.Enum):
    """
    What is done where a value cannot simply be taken over.

    ``REJECT`` refuses the record, ``QUARANTINE`` keeps it aside until it is mended, ``ESCALATE``
    has a person decide while the run goes on; the others keep the record.
    """

    REJECT = "reject"
    QUARANTINE = "quarantine"
    ESCALATE = "escalate"
    OMIT = "omit"
    DEFAULT = "default"
    TRUNCATE = "truncate"
    PASS_THROUGH = "pass_through"  # noqa: S105

    @property
    def withholds(self) -> bool:
        """Whether the whole record is kept back."""
        return self in (Act.REJECT, Act.QUARANTINE, Act.ESCALATE)


class Relation(enum.Enum):
    """How a value of the source relates to the target's: the *target* is broader, or narrower."""

    EQUIVALENT = "equivalent"
    BROADER = "broader"
    NARROWER = "narrower"
    NONE = "none"


class Law(enum.Enum):
    """
    What a field promises when it goes there and back.

    ``EXACT``: ``back(s, fwd(s)) = s`` and ``fwd(back(s, t)) = t``. ``NORMAL_FORM``: the same up to
    the form in which its steps leave it. ``ECHO``: only what was not changed comes back unchanged.
    """

    EXACT = "exact"
    NORMAL_FORM = "normal_form"
    ECHO = "echo"


class Owner(enum.Enum):
    """Whose value counts where both sides have changed a field."""

    SOURCE = "source"
    TARGET = "target"
    NEWEST = "newest"
    MOST_RESTRICTIVE = "most_restrictive"


class Policy(Struct, frozen=True, kw_only=True):
    """
    What is done in one of the four troubles: missing, unknown, invalid, too long.

    Args:
        value: The default, for ``Act.DEFAULT``.
        unit: What a text is cut by, for ``Act.TRUNCATE``: ``grapheme`` or ``word``.
        stated: Whether it stands at the field itself, and not among the defaults.
    """

    act: Act
    value: Any = None
    unit: str = "grapheme"
    because: str = ""
    stated: bool = True
    place: Place


class Side(Struct, frozen=True, kw_only=True):
    """One of the two systems: its document (as written), and the schema of its record."""

    spec: str
    pointer: str
    place: Place


class Meaning(Struct, frozen=True, kw_only=True):
    """
    What a field means beyond its schema.

    Args:
        kind: Such as ``money`` or ``phone`` (``verifier.mapping.kinds``).
        given: The kind's members, as read.
        placeholders: Values that stand for nothing, such as ``none@example.com``.
        length_unit: What the other side counts: ``code_points``, ``utf16`` or ``utf8``.
    """

    path: Path
    kind: str
    given: Mapping[str, Any] = field(default_factory=dict)
    placeholders: tuple[Any, ...] = ()
    length_unit: str = "code_points"
    place: Place


class Reason(Struct, frozen=True, kw_only=True):
    """A field that is left alone on purpose, and why."""

    path: Path
    because: str
    place: Place


class Row(Struct, frozen=True, kw_only=True):
    """
    One line of a table.

    Args:
        given: The source's value, or one for each of several fields.
        made: The target's value; None where there is none.
        act: What is done where there is none; None where nobody has decided.
        back: ``keep`` where the old source decides on the way back.
        signed: Who has agreed to what is lost.
    """

    given: Any
    made: Any
    relation: Relation
    act: Act | None = None
    because: str = ""
    back: str = ""
    signed: str = ""
    place: Place

    @property
    def lossy(self) -> bool:
        """Whether it loses something by design: what nobody has decided is no design."""
        undecided = self.relation is Relation.NONE and self.act is None
        return self.relation in (Relation.BROADER, Relation.NONE) and not undecided


class Table(Struct, frozen=True, kw_only=True):
    """
    Values of the source to values of the target, row by row.

    Args:
        back: Target's value to the source's, where several lead to it.
        lossy_ok: Groups of source values that may become one.
        unreached_ok: Target values that no row needs to reach.
        order: Target values in the order in which they come, where none comes twice.
        on_backward: What is done where one comes that lies behind; None keeps what is there.
    """

    name: str
    rows: tuple[Row, ...]
    back: Mapping[str, Any] = field(default_factory=dict)
    lossy_ok: tuple[tuple[Any, ...], ...] = ()
    unreached_ok: tuple[Any, ...] = ()
    order: tuple[Any, ...] = ()
    on_backward: Act | None = None
    place: Place


class Step(Struct, frozen=True, kw_only=True):
    """One operation by name, with what it is given."""

    name: str
    argument: Any = None
    place: Place


class Rule(Struct, frozen=True, kw_only=True):
    """
    How one field of the target comes about.

    Args:
        target: The whole path, that of the block included.
        sources: Whole paths, likewise; several are alternatives in order, unless ``combine`` is.
        cel: An expression instead of sources.
        constant: A fixed value in a one-element tuple; empty where there is none.
        policies: ``on_missing``, ``on_unknown``, ``on_invalid``, ``on_too_long`` to policy.
        missing: What counts as missing: of ``absent``, ``null``, ``empty``, ``blank``.
        restrictive: The value that wins for ``most_restrictive``.
        undecided: What a person has still to decide; empty where nothing.
        places: Member (``from``, ``table`` ...) to its line.
    """

    target: Path
    sources: tuple[Path, ...] = ()
    via: tuple[Step, ...] = ()
    table: str = ""
    combine: Step | None = None
    cel: str = ""
    constant: tuple[Any, ...] = ()
    policies: Mapping[str, Policy]
    missing: frozenset[str]
    law: Law | None = None
    owner: Owner | None = None
    restrictive: Any = None
    back_via: tuple[Step, ...] | None = None
    undecided: str = ""
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, member: str) -> Place:
        """Where a member of it stands; the rule itself where it has none."""
        return self.places.get(member, self.place)


class Block(Struct, frozen=True, kw_only=True):
    """Rules for each item of a list: ``each`` item of the source's makes one of the target's."""

    target: Path
    each: Path
    rules: tuple[Rule, ...]
    on_empty: Policy
    on_missing: Policy
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, member: str) -> Place:
        """Where a member of it stands; the block itself where it has none."""
        return self.places.get(member, self.place)


class KeyPart(Struct, frozen=True, kw_only=True):
    """A pair of fields that are compared to find out whether two records are the same thing."""

    source: Path
    target: Path
    norm: tuple[Step, ...] = ()
    place: Place


class Match(Struct, frozen=True, kw_only=True):
    """
    How the target's record for a source's is found.

    Args:
        link: The pair of fields that holds an established link.
        store: Where links are kept; empty where the target's field holds the source's id itself.
        keys: Tiers, best first; all parts of a tier must agree.
        redirect: The target's field that names the record into which one was merged.
        on: Situation (``on_none.source_only``, ``on_many`` ...) to the word for what is done.
    """

    link: KeyPart | None = None
    store: str = ""
    keys: tuple[tuple[KeyPart, ...], ...] = ()
    redirect: Path | None = None
    on: Mapping[str, str] = field(default_factory=dict)
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, member: str) -> Place:
        """Where a member of it stands."""
        return self.places.get(member, self.place)


class Invariant(Struct, frozen=True, kw_only=True):
    """A condition in CEL that holds for every record that is mapped."""

    id: str
    cel: str
    says: str = ""
    act: Act = Act.QUARANTINE
    place: Place


class Write(Struct, frozen=True, kw_only=True):
    """
    How the target is written.

    Args:
        mode: ``create``, ``patch`` or ``replace``.
        null: ``clear`` where null empties a field, ``keep`` where it changes nothing.
    """

    mode: str = "create"
    absent: str = "keep"
    null: str = "clear"


class Verify(Struct, frozen=True, kw_only=True):
    """
    How an implementation is tested.

    Args:
        implementation: ``callable``, ``command`` or ``http`` to where it is.
        outcomes: ``rejected``, ``quarantined``, ``escalated``, ``skipped`` to the names that an
            implementation gives them.
        derive: Source path to a CEL expression that keeps a made-up record consistent.
        samples: Files of real records, beside the contract.
        strict_json: Whether it reads JSON itself, and refuses keys that stand twice and NaN.
    """

    implementation: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derive: Mapping[str, str] = field(default_factory=dict)
    samples: tuple[str, ...] = ()
    strict_json: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)


class MappingContract(Struct, frozen=True, kw_only=True):
    """Everything that a ``*.mapping.yaml`` says; paths are written as in the file."""

    id: str
    title: str = ""
    direction: Direction
    source: Side
    target: Side
    defaults: Mapping[str, Policy]
    source_meaning: Mapping[Path, Meaning] = field(default_factory=dict)
    target_meaning: Mapping[Path, Meaning] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    fields: tuple[Rule | Block, ...] = ()
    dropped: tuple[Reason, ...] = ()
    left_unset: tuple[Reason, ...] = ()
    match: Match | None = None
    invariants: tuple[Invariant, ...] = ()
    write: Write = field(default_factory=Write)
    verify: Verify = field(default_factory=Verify)
    place: Place

    def rules(self) -> Iterator[tuple[Rule, Block | None]]:
        """Every rule with the block that it stands in."""
        for entry in self.fields:
            if isinstance(entry, Block):
                yield from ((rule, entry) for rule in entry.rules)
            else:
                yield entry, None

    @property
    def two_way(self) -> bool:
        """Whether changes go both ways."""
        return self.direction is Direction.TWO_WAY
