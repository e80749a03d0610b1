"""Kinds of value that only mapping contracts have; each knows the line on which it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml
from msgspec import Struct

from verifier.errors import nearest
from verifier.loading.declaration import Anything, Choice, Kind, Member, Record, Text
from verifier.loading.setting import Setting
from verifier.mapping.nouns import Act, Path, Policy, Step, parse_path
from verifier.model import Place

__all__ = [
    "At",
    "OneOrMany",
    "PathMap",
    "PathText",
    "Placed",
    "PolicyKind",
    "Spread",
    "StepKind",
    "WordOrRecord",
    "place_of",
]

Json = dict[str, Any]


def place_of(setting: Setting) -> Place:
    """File and line of a setting."""
    return Place(file=setting.file, pointer=setting.path, line=setting.line)


class Placed(Struct, frozen=True):
    """A value and where it stands."""

    value: Any
    place: Place


class At(Struct, frozen=True):
    """Another kind, with its place."""

    kind: Kind

    def read(self, setting: Setting) -> Placed:
        """The value and its place."""
        return Placed(self.kind.read(setting), place_of(setting))

    def schema(self) -> Json:
        """The same."""
        return self.kind.schema()


class Spread(Struct, frozen=True):
    """A record whose members keep their places: name to ``Placed``."""

    record: Record

    def read(self, setting: Setting) -> Placed:
        """Name to value and place, and the place of the whole."""
        values = self.record.read(setting)
        places = {name: place_of(given) for name, given in setting.members().items()}
        found = {name: Placed(value, places[name]) for name, value in values.items()}
        return Placed(found, place_of(setting))

    def schema(self) -> Json:
        """The record's."""
        return self.record.schema()


class PathText:
    """The path of a field: ``customer.full_name``, ``lines[].sku``."""

    def read(self, setting: Setting) -> Path:
        """The path."""
        text = setting.text("the path of a field, such as customer.name")
        found = parse_path(text)
        if found is None:
            setting.refuse(f"'{text}' is no path", "Such as customer.name, or lines[].sku.")
        return found

    def schema(self) -> Json:
        """A text."""
        return {"type": "string", "minLength": 1}


class PathMap(Struct, frozen=True):
    """Paths of fields, each with a value of one kind."""

    kind: Kind

    def read(self, setting: Setting) -> dict[Path, Any]:
        """Path to value, in the file's order."""
        found: dict[Path, Any] = {}
        for name, member in setting.members().items():
            path = parse_path(name)
            if path is None:
                member.refuse(f"'{name}' is no path", "Such as customer.name, or lines[].sku.")
            found[path] = self.kind.read(member)
        return found

    def schema(self) -> Json:
        """An object of that kind's values."""
        return {"type": "object", "additionalProperties": self.kind.schema()}


class WordOrRecord(Struct, frozen=True):
    """A word, or an object that says more."""

    word: Choice
    record: Record

    def read(self, setting: Setting) -> Any:
        """The word, or the record's members."""
        if isinstance(setting.node, yaml.MappingNode):
            return self.record.read(setting)
        return self.word.read(setting)

    def schema(self) -> Json:
        """Either."""
        return {"anyOf": [self.word.schema(), self.record.schema()]}


class OneOrMany(Struct, frozen=True):
    """One value of a kind, or a list of them."""

    kind: Kind

    def read(self, setting: Setting) -> tuple[Any, ...]:
        """All of them."""
        if isinstance(setting.node, yaml.SequenceNode):
            return tuple(self.kind.read(item) for item in setting.items())
        return (self.kind.read(setting),)

    def schema(self) -> Json:
        """Either."""
        one = self.kind.schema()
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


class PolicyKind(Struct, frozen=True):
    """
    What is done in a trouble: a word, or ``{default: VALUE}`` or ``{truncate: grapheme}``.

    Args:
        acts: The words that make sense in that trouble.
    """

    acts: tuple[Act, ...]

    def read(self, setting: Setting) -> Policy:
        """The policy."""
        place = place_of(setting)
        if isinstance(setting.node, yaml.MappingNode):
            return self._detailed(setting, place)
        words = tuple(a.value for a in self.acts if a not in (Act.DEFAULT, Act.TRUNCATE))
        text = setting.text("one of " + ", ".join(self._shown()))
        if text in ("default", "truncate") and Act(text) in self.acts:
            shown = "{default: VALUE}" if text == "default" else "{truncate: grapheme}"
            setting.refuse(f"'{text}' needs to say more", f"Write {shown}.")
        if text not in words:
            near = nearest(text, words) or f"Known: {', '.join(self._shown())}."
            setting.refuse(f"'{text}' is nothing that can be done here", near)
        return Policy(act=Act(text), place=place)

    def _detailed(self, setting: Setting, place: Place) -> Policy:
        given = self._record().read(setting)
        acts = [act for act in (Act.DEFAULT, Act.TRUNCATE) if act.value in given]
        if len(acts) != 1:
            setting.wrong("one of " + ", ".join(self._shown()))
        return Policy(
            act=acts[0],
            value=given.get("default"),
            unit=given.get("truncate", "grapheme"),
            because=given.get("because", ""),
            place=place,
        )

    def _record(self) -> Record:
        members = {"because": Member(kind=Text(), says="Why that is right.")}
        if Act.DEFAULT in self.acts:
            members["default"] = Member(kind=Anything(), says="The value that is taken instead.")
        if Act.TRUNCATE in self.acts:
            unit = Choice(("grapheme", "word"))
            members["truncate"] = Member(kind=unit, says="What is never cut through.")
        return Record(members)

    def _shown(self) -> list[str]:
        special = {Act.DEFAULT: "{default: VALUE}", Act.TRUNCATE: "{truncate: grapheme}"}
        return [special.get(act, act.value) for act in self.acts]

    def schema(self) -> Json:
        """A word or an object."""
        words = [a.value for a in self.acts if a not in (Act.DEFAULT, Act.TRUNCATE)]
        detailed = self._record().schema()
        return {"anyOf": [{"enum": words}, detailed]}


class StepKind(Struct, frozen=True):
    """
    An operation: its name, or ``{NAME: ARGUMENT}``.

    Args:
        known: Hands back name to the kind of its argument (None for none) and whether it needs one.
        what: What messages call it.
    """

    known: Callable[[], Mapping[str, tuple[Kind | None, bool]]]
    what: str

    def read(self, setting: Setting) -> Step:
        """The step."""
        if not isinstance(setting.node, yaml.MappingNode):
            name = setting.text(f"the name of {self.what}")
            kind, needed = self._kind_of(name, setting)
            if needed:
                shape = kind.schema() if kind else {}
                setting.refuse(
                    f"'{name}' needs an argument",
                    f"Write {{{name}: ...}}{_hint(shape)}.",
                )
            return Step(name=name, place=place_of(setting))
        members = setting.members()
        if len(members) != 1:
            setting.wrong(f"the name of {self.what}, or one with its argument")
        name, argument = next(iter(members.items()))
        kind, _ = self._kind_of(name, argument)
        if kind is None:
            argument.refuse(f"'{name}' takes no argument", f"Write {name} alone.")
        return Step(name=name, argument=kind.read(argument), place=place_of(argument))

    def _kind_of(self, name: str, setting: Setting) -> tuple[Kind | None, bool]:
        known = self.known()
        if name not in known:
            near = nearest(name, known) or f"Known: {', '.join(sorted(known))}."
            setting.refuse(f"there is no operation '{name}'", near)
        return known[name]

    def schema(self) -> Json:
        """A name, or an object of one member."""
        known = self.known()
        names = [name for name, (_, needed) in known.items() if not needed]
        with_argument = [
            {
                "type": "object",
                "properties": {name: kind.schema()},
                "required": [name],
                "additionalProperties": False,
            }
            for name, (kind, _) in known.items()
            if kind is not None
        ]
        return {"anyOf": [{"enum": names}, *with_argument]}


def _hint(shape: Json) -> str:
    if "properties" in shape:
        return f" with {', '.join(shape['properties'])}"
    return f", one of {', '.join(map(str, shape['enum']))}" if "enum" in shape else ""
