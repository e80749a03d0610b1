"""
Files that a user writes: read strictly, and described as JSON Schema, from one declaration.

A declaration is a tree of kinds (``Record``, ``Text``, ``Secret`` ...). Each can *read* a value,
or say with file and line why it will not, and can write down its *schema* for editors. So what
the schema allows and what the reader takes cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field

from verifier.errors import nearest
from verifier.loading.secrets import HOW_TO_REFER, read_reference

if TYPE_CHECKING:
    from verifier.loading.setting import Setting  # start-up time: YAML comes with it

__all__ = [
    "Anything",
    "Choice",
    "Flag",
    "Items",
    "Kind",
    "MapOf",
    "Maybe",
    "Member",
    "Number",
    "Record",
    "Secret",
    "Text",
    "Variants",
    "nearest",
]

Json = dict[str, Any]
# Where another kind of file was given, its first line tells.
FORMATS = {
    "arazzo": "an Arazzo document",
    "integration": "an integration file",
    "mapping": "a mapping contract",
    "openapi": "an OpenAPI document",
    "swagger": "an OpenAPI document",
}


class Kind(Protocol):
    """What a value may be."""

    def read(self, setting: Setting) -> Any:
        """The value; ConfigError with its place where it is not of this kind."""
        ...

    def schema(self) -> Json:
        """The same as JSON Schema."""
        ...


class Member(Struct, frozen=True, kw_only=True):
    """One member of a record: its kind, and a sentence for whoever fills it in."""

    kind: Kind
    says: str
    required: bool = False


class Text(Struct, frozen=True, kw_only=True):
    """
    A text, in which ``${NAME}`` and ``${NAME:-default}`` stand for environment variables.

    Args:
        pattern: What it must match after that; empty is anything.
        wants: The pattern in words.
    """

    pattern: str = ""
    wants: str = "a text"

    def read(self, setting: Setting) -> str:
        """The text, variables filled in."""
        text = setting.text(self.wants)
        if self.pattern and not re.fullmatch(self.pattern, text):
            setting.wrong(self.wants)
        return text

    def schema(self) -> Json:
        """A string."""
        if not self.pattern:
            return {"type": "string"}
        return {"type": "string", "pattern": rf"^(?:{self.pattern})$|\$\{{"}


class Secret(Struct, frozen=True):
    """A reference to a secret; the secret itself is refused, and never repeated."""

    def read(self, setting: Setting) -> Any:
        """The reference."""
        value = setting.plain()
        found = read_reference(value, folder=setting.folder) if isinstance(value, str) else None
        if found is None:
            setting.refuse(f"'{setting.name}' must not hold the secret itself", HOW_TO_REFER)
        return found

    def schema(self) -> Json:
        """A string of one of the forms."""
        return {
            "type": "string",
            "pattern": r"^(\$\{[A-Za-z_][A-Za-z0-9_]*\}|env:[A-Za-z_][A-Za-z0-9_]*"
            r"|file:.+|keyring:[^/]+/.+)$",
        }


class Number(Struct, frozen=True, kw_only=True):
    """A number with a lower bound; ``whole`` for counts."""

    least: float
    whole: bool = False
    above: bool = False

    def read(self, setting: Setting) -> float:
        """The number."""
        value: float = setting.plain()
        fits = isinstance(value, int if self.whole else (int, float))
        if not fits or isinstance(value, bool) or not self._enough(value):
            setting.wrong(self._wants())
        return value

    def _enough(self, value: float) -> bool:
        return value > self.least if self.above else value >= self.least

    def _wants(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} {'above' if self.above else 'from'} {self.least:g}"

    def schema(self) -> Json:
        """A number or an integer."""
        bound = "exclusiveMinimum" if self.above else "minimum"
        return {"type": "integer" if self.whole else "number", bound: self.least}


class Flag(Struct, frozen=True):
    """``true`` or ``false``."""

    def read(self, setting: Setting) -> bool:
        """The truth value."""
        value = setting.plain()
        if not isinstance(value, bool):
            setting.wrong("true or false")
        return value

    def schema(self) -> Json:
        """A boolean."""
        return {"type": "boolean"}


class Choice(Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, setting: Setting) -> str:
        """The word."""
        text = setting.text(self._wants())
        if text not in self.words:
            setting.wrong(self._wants(), near=nearest(text, self.words))
        return text

    def _wants(self) -> str:
        return "one of " + ", ".join(self.words)

    def schema(self) -> Json:
        """An enumeration."""
        return {"enum": list(self.words)}


class Anything(Struct, frozen=True):
    """Any JSON value; texts in it have their variables filled in."""

    def read(self, setting: Setting) -> Any:
        """The value."""
        return setting.whole()

    def schema(self) -> Json:
        """Anything."""
        return {}


class Maybe(Struct, frozen=True):
    """A kind, or nothing (``null``), which has a meaning of its own."""

    kind: Kind

    def read(self, setting: Setting) -> Any:
        """The value, or None."""
        return None if setting.is_null() else self.kind.read(setting)

    def schema(self) -> Json:
        """The kind, or null."""
        return {"anyOf": [self.kind.schema(), {"type": "null"}]}


class Items(Struct, frozen=True):
    """A list of values of one kind."""

    kind: Kind

    def read(self, setting: Setting) -> tuple[Any, ...]:
        """The values."""
        return tuple(self.kind.read(item) for item in setting.items())

    def schema(self) -> Json:
        """An array."""
        return {"type": "array", "items": self.kind.schema()}


class MapOf(Struct, frozen=True, kw_only=True):
    """
    Names of the user's choice, each with a value of one kind.

    Args:
        forbids: Says why a name is refused; empty where it is welcome.
    """

    kind: Kind
    forbids: Callable[[str], str] = field(default=lambda name: "")

    def read(self, setting: Setting) -> Json:
        """Name to value, in the file's order."""
        found = setting.members()
        for name, member in found.items():
            reason = self.forbids(name)
            if reason:
                member.refuse(reason, "Declare it under 'principals', by reference.")
        return {name: self.kind.read(member) for name, member in found.items()}

    def schema(self) -> Json:
        """An object of that kind's values."""
        return {"type": "object", "additionalProperties": self.kind.schema()}


class Record(Struct, frozen=True):
    """An object of known members; any other is a mistake, and the nearest name is told."""

    members: Mapping[str, Member]

    def read(self, setting: Setting) -> Json:
        """Member to value, for those that are given."""
        found = setting.members()
        for name, given in found.items():
            if name not in self.members:
                known = f"Known: {', '.join(self.members)}."
                if name in FORMATS and not setting.path:
                    given.refuse(f"this is {FORMATS[name]}, and another file is wanted here", known)
                near = nearest(name, self.members, known)
                given.refuse(f"unknown key '{name}' in {setting.called}", near)
        # What is written and wrong is told before what is not written yet.
        read = {name: self.members[name].kind.read(given) for name, given in found.items()}
        for name, member in self.members.items():
            if member.required and name not in found:
                setting.refuse(f"{setting.called} needs '{name}': {member.says}", "Add it.")
        return read

    def schema(self) -> Json:
        """A closed object."""
        made: Json = {
            "type": "object",
            "properties": {
                name: {"description": member.says, **member.kind.schema()}
                for name, member in self.members.items()
            },
            "additionalProperties": False,
        }
        required = [name for name, member in self.members.items() if member.required]
        return {**made, "required": required} if required else made


class Variants(Struct, frozen=True, kw_only=True):
    """Records told apart by one member: ``kind: bearer`` has other members than ``kind: basic``."""

    tag: str
    says: str
    records: Mapping[str, Record]

    def read(self, setting: Setting) -> Json:
        """The members of the record that the tag names, the tag among them."""
        found = setting.members()
        if self.tag not in found:
            setting.refuse(
                f"{setting.called} needs '{self.tag}': {self.says}",
                f"Known: {', '.join(self.records)}.",
            )
        choice = Choice(tuple(self.records)).read(found[self.tag])
        return self._tagged(choice).read(setting)

    def _tagged(self, name: str) -> Record:
        tag = Member(kind=Choice((name,)), says=self.says, required=True)
        return Record({self.tag: tag, **self.records[name].members})

    def schema(self) -> Json:
        """One of the records."""
        return {"oneOf": [self._tagged(name).schema() for name in self.records]}
