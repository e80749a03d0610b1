"""One value of a file that a user wrote, with its name and its line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from verifier.errors import ConfigError, DocumentError
from verifier.loading.shelves import file_bytes
from verifier.loading.text import check_encoding, clean
from verifier.loading.yaml_events import mending

__all__ = ["Setting", "open_settings", "substitute"]

NULL = re.compile(r"~|null|Null|NULL|")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,30})")
REAL = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
VARIABLE = re.compile(r"\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")
DEEPEST = 40
LARGEST_BYTES = 1024 * 1024
MOST_VALUES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    A value as written: nothing is taken for granted until a kind has read it.

    Args:
        path: Names from the top, such as ``principals.admin.token``.
        folder: The file's folder, where relative paths start.
        budget: How many more values may be looked at; shared, against aliases that multiply.
    """

    file: str
    folder: Path
    node: yaml.Node = field(repr=False)
    path: str = ""
    line: int = 0
    depth: int = 0
    budget: list[int] = field(default_factory=lambda: [MOST_VALUES], repr=False)

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line or self.node.start_mark.line + 1}"

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path.rpartition(".")[2]

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"'{self.path}'" if self.path else "the file"

    def refuse(self, says: str, mend: str) -> NoReturn:
        """Raise a ConfigError at this place."""
        raise ConfigError(says, where=self.where, mend=mend)

    def wrong(self, wants: str, *, near: str = "") -> NoReturn:
        """Raise a ConfigError that says what it is and what it should be."""
        self.refuse(
            f"{self.called} is {self._shown()}, and should be {wants}", near or "Change it."
        )

    def is_null(self) -> bool:
        """Whether nothing stands here."""
        return self.plain() is None

    def plain(self) -> Any:
        """A scalar by YAML 1.2's core rules (``no`` and ``on`` are texts); lists stay nodes."""
        node = self.node
        if not isinstance(node, yaml.ScalarNode):
            return node
        text = str(node.value)
        if node.style in ("'", '"', "|", ">"):
            return text
        return _scalar(text)

    def text(self, wants: str) -> str:
        """A text with its variables filled in."""
        value = self.plain()
        if not isinstance(value, str):
            self.wrong(wants)
        return substitute(value, self.where)

    def items(self) -> Iterator[Setting]:
        """The items of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("a list")
        for index, node in enumerate(self.node.value):
            yield self._inner(f"{self.path}[{index}]", node, 0)

    def members(self) -> dict[str, Setting]:
        """The members of an object; one that stands twice is refused, with both lines."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("an object of 'name: value' lines")
        found: dict[str, Setting] = {}
        for key, node in self.node.value:
            line = key.start_mark.line + 1
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            inner = self._inner(f"{self.path}.{name}" if self.path else name, node, line)
            if name in found:
                inner.refuse(
                    f"'{inner.path}' stands twice, first on line {found[name].line}",
                    "Keep one of them.",
                )
            found[name] = inner
        return found

    def whole(self) -> Any:
        """The value with all that is in it, as JSON."""
        if isinstance(self.node, yaml.MappingNode):
            return {name: inner.whole() for name, inner in self.members().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [inner.whole() for inner in self.items()]
        value = self.plain()
        return substitute(value, self.where) if isinstance(value, str) else value

    def _inner(self, path: str, node: yaml.Node, line: int) -> Setting:
        self.budget[0] -= 1
        if self.depth >= DEEPEST or self.budget[0] < 0:
            self.refuse("the values are nested too deep, or too many", "Write it more plainly.")
        line = line or node.start_mark.line + 1
        return replace(self, path=path, node=node, line=line, depth=self.depth + 1)

    def _shown(self) -> str:
        if isinstance(self.node, yaml.MappingNode):
            return "an object"
        if isinstance(self.node, yaml.SequenceNode):
            return "a list"
        value = self.plain()
        # The value itself is not repeated: a secret may stand in the wrong place.
        names = {bool: "a truth value", int: "a number", float: "a number", str: "a text"}
        return "empty" if value is None else names[type(value)]


def open_settings(path: Path, *, beginning: str = "document: openapi.yaml") -> Setting:
    """
    A settings file, ready to be read.

    Args:
        beginning: What an empty one could begin with.

    Raises:
        ConfigError: It cannot be read, is too large, or is no YAML.
    """
    text = _text(path)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise _broken(path, text, error) from None
    if node is None:
        raise ConfigError(
            "the file is empty", where=str(path), mend=f"'{beginning}' is a beginning."
        )
    return Setting(file=str(path), folder=path.parent, node=node)


def _text(path: Path) -> str:
    """A file's text; what a document is refused for, a settings file is as well."""
    try:
        raw = file_bytes(path)
        if len(raw) > LARGEST_BYTES:
            raise ConfigError("the file is too large", where=str(path), mend="A page is plenty.")
        return check_encoding(clean(raw, str(path)), str(path)) if raw.strip() else ""
    except DocumentError as error:
        raise ConfigError(error.says, where=error.where, mend=error.mend) from None


def substitute(text: str, where: str) -> str:
    """
    A text with ``${NAME}`` and ``${NAME:-default}`` filled in; ``$$`` is a plain dollar sign.

    Raises:
        ConfigError: A variable without a default is not set.
    """

    def value(match: re.Match[str]) -> str:
        name, default = match[1], match[2]
        if name is None:
            return "$"
        found = os.environ.get(name) or default
        if found is None:
            raise ConfigError(
                f"the environment variable {name} is not set",
                where=where,
                mend=f"Set it, or give a default: ${{{name}:-...}}",
            )
        return found

    return VARIABLE.sub(value, text)


def _scalar(text: str) -> Any:
    if NULL.fullmatch(text):
        return None
    if text in TRUTH:
        return TRUTH[text]
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if REAL.fullmatch(text) else text


def _broken(path: Path, text: str, error: Exception) -> ConfigError:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "it is nested too deep"
    if mark is None:
        return ConfigError(f"the YAML is broken: {what}", where=str(path), mend="Correct it.")
    # The line itself is not repeated: a secret may stand in it.
    line = "".join(text.split("\n", mark.line + 1)[mark.line : mark.line + 1])
    return ConfigError(
        f"the YAML is broken: {what}",
        where=f"{path}:{mark.line + 1}",
        mend=mending(line, mark.column, what),
    )
