"""YAML read event by event: every rule, every line, for what the fast way will not decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

from verifier.errors import DocumentError
from verifier.loading.bounds import DEEPEST_NESTING, MOST_NODES
from verifier.loading.json_text import too_deep, too_many
from verifier.loading.outline import Outline

__all__ = ["mending", "resolve_scalar", "yaml_data", "yaml_outline"]

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

# YAML 1.2, 10.3.2; integers with leading zeros are left out on purpose (see yaml_text).
INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
OCTAL = re.compile(r"0o[0-7]+\Z")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
LEADING_ZERO = re.compile(r"[-+]?0[0-9]+\Z")
WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
STARTS_NUMBER = frozenset("0123456789+-.")
LONGEST_INTEGER = 4000
TEXT_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:binary", "!")
# libyaml 0.2.6 reads ahead, and gives up before our own bound has seen an event.
LIBYAML_TOO_DEEP = "maximum nesting depth"
BITS = 32
WEIGHT_OF_TEXT = 64


def resolve_scalar(text: str) -> Any:
    """What a plain (unquoted) scalar means by the core schema of YAML 1.2."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in STARTS_NUMBER:
        return text
    if INTEGER.match(text) and len(text) < LONGEST_INTEGER:
        return int(text)
    if OCTAL.match(text):
        return int(text[2:], 8)
    if HEXADECIMAL.match(text):
        return int(text[2:], 16)
    if FLOAT.match(text) and not LEADING_ZERO.match(text):
        value = float(text)
        # A number that no float can hold is worth more as the text that its author wrote.
        return text if value in (float("inf"), float("-inf")) else value
    return text


def yaml_data(raw: bytes, location: str) -> tuple[Any, bool]:
    """
    The value of a YAML text, and whether a key stands twice somewhere (the last one is read).

    Merge keys (``<<``) are expanded. An unknown tag is ignored and its value kept.

    Raises:
        DocumentError: It is broken, too deep, or repeats itself beyond the bound.
    """
    builder = _Builder(location)
    for event in _events(raw, location):
        builder.take(event)
    return builder.root, builder.repeats


class _Frame(Struct):
    """An object or a list that is being read."""

    value: Any
    anchor: str | None
    weight_before: int
    key: str | None = None
    merges: list[Any] = field(default_factory=list)
    merging: bool = False


class _Builder:
    def __init__(self, location: str) -> None:
        self.location = location
        self.root: Any = None
        self.repeats = False
        self.frames: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.weight = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind in STARTS:
            self._start(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind in ENDS:
            self._end(event)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise self._error(
                    "The file holds several YAML documents, divided by '---'",
                    event,
                    "Keep the OpenAPI document in a file of its own.",
                )

    def _scalar(self, event: Any) -> None:
        text = event.value
        self._count(1 + len(text) // WEIGHT_OF_TEXT, event)
        frame = self.frames[-1] if self.frames else None
        plain = event.implicit[0]
        if frame is not None and type(frame.value) is dict and not _waits(frame):
            if plain and text == "<<":
                frame.merging = True
                return
            value: Any = _key(text, plain)
            self._anchor(event.anchor, value, 1)
            self._name(frame, value)
            return
        value = _tagged(text, event.tag, quoted=bool(event.style))
        self._anchor(event.anchor, value, 1 + len(text) // WEIGHT_OF_TEXT)
        self._put(value)

    def _start(self, event: Any, value: Any) -> None:
        if len(self.frames) >= DEEPEST_NESTING:
            raise too_deep(f"{self.location}:{event.start_mark.line + 1}")
        frame = self.frames[-1] if self.frames else None
        if frame is not None and type(frame.value) is dict and not _waits(frame):
            raise self._error("A key is an object or a list", event, "Write the key as a text.")
        self._count(1, event)
        self._put(value)
        if event.anchor:
            # An alias inside its own anchor would be endless; it is unknown until the end.
            self.anchors.pop(event.anchor, None)
        self.frames.append(_Frame(value, event.anchor, self.weight - 1))

    def _end(self, event: Any) -> None:
        frame = self.frames.pop()
        for merged in frame.merges:
            for source in merged if isinstance(merged, list) else [merged]:
                if not isinstance(source, dict):
                    mend = "Point it at an object, or put it in quotes."
                    raise self._error("'<<' can merge objects only", event, mend)
                for name, value in source.items():
                    frame.value.setdefault(name, value)
        self._anchor(frame.anchor, frame.value, self.weight - frame.weight_before)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            open_ones = [frame.anchor for frame in self.frames]
            says = (
                f"The alias *{event.anchor} stands inside the node that it repeats"
                if event.anchor in open_ones
                else f"The alias *{event.anchor} has no anchor &{event.anchor} before it"
            )
            raise self._error(says, event, "Write the value out, or put it in quotes.")
        value, weight = self.anchors[event.anchor]
        self._count(weight, event)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and type(frame.value) is dict and not _waits(frame):
            if isinstance(value, (dict, list)):
                raise self._error("A key is an object or a list", event, "Write it as a text.")
            self._name(frame, value if isinstance(value, str) else str(value))
            return
        self._put(value)

    def _name(self, frame: _Frame, key: str) -> None:
        self.repeats = self.repeats or key in frame.value
        frame.key = key

    def _put(self, value: Any) -> None:
        if not self.frames:
            self.root = value
            return
        frame = self.frames[-1]
        if type(frame.value) is list:
            frame.value.append(value)
        elif frame.merging:
            frame.merging = False
            frame.merges.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None

    def _anchor(self, anchor: str | None, value: Any, weight: int) -> None:
        if anchor:
            self.anchors[anchor] = (value, weight)

    def _count(self, weight: int, event: Any) -> None:
        self.weight += weight
        if self.weight > MOST_NODES:
            raise too_many(f"{self.location}:{event.start_mark.line + 1}")

    def _error(self, says: str, event: Any, mend: str) -> DocumentError:
        mark = event.start_mark
        where = f"{self.location}:{mark.line + 1}:{mark.column + 1}"
        return DocumentError(says, where=where, mend=mend)


def _waits(frame: _Frame) -> bool:
    """Whether the object has a name and waits for its value."""
    return frame.key is not None or frame.merging


def _key(text: str, plain: bool) -> str:
    """A key is text: ``200`` as ``"200"``, anything but an integer as its author wrote it."""
    if plain and text and text[0] in STARTS_NUMBER:
        value = resolve_scalar(text)
        if type(value) is int:
            return str(value)
    return text


def _tagged(text: str, tag: str | None, *, quoted: bool) -> Any:
    """The value of a scalar; a tag that is not YAML's own is as if it were not there."""
    ours = tag is not None and tag.startswith("tag:yaml.org,2002:")
    if tag in TEXT_TAGS or (quoted and not ours):
        return text
    return resolve_scalar(text)


def _events(raw: bytes, location: str) -> Iterator[Any]:
    loader = Loader(raw)
    try:
        while True:
            event = loader.get_event()
            if event is None or type(event) is yaml.StreamEndEvent:
                return
            yield event
    except yaml.MarkedYAMLError as error:
        raise _broken(raw, location, error) from None
    except yaml.reader.ReaderError as error:
        line = raw.count(b"\n", 0, error.position) + 1
        raise DocumentError(
            f"The YAML holds a character that it may not hold: {error.reason}",
            where=f"{location}:{line}",
            mend="Remove the character, or write it as an escape in double quotes.",
        ) from None
    finally:
        loader.dispose()


def _broken(raw: bytes, location: str, error: yaml.MarkedYAMLError) -> DocumentError:
    mark = error.problem_mark or error.context_mark
    says = f"The YAML is broken: {error.problem or error.context}"
    if mark is not None and LIBYAML_TOO_DEEP in says:
        return too_deep(f"{location}:{mark.line + 1}")
    if mark is None:
        return DocumentError(says, where=location, mend="Correct it, or fetch it again.")
    lines = raw.split(b"\n", mark.line + 1)
    line = lines[mark.line].decode("utf-8", "replace") if mark.line < len(lines) else ""
    return DocumentError(
        f"{says}\n    {_excerpt(line, mark.column)}",
        where=f"{location}:{mark.line + 1}:{mark.column + 1}",
        mend=mending(line, mark.column, str(error.problem)),
    )


def _excerpt(line: str, column: int) -> str:
    start = max(0, column - 60)
    return line[start : start + 100].strip().replace("\t", "→") or "(an empty line)"


def mending(line: str, column: int, problem: str) -> str:
    """What to do about a line at which YAML breaks."""
    if "\t" in line[: column + 1]:
        return "Indent with spaces: YAML allows no tabs there."
    if line[column : column + 1] in ("@", "`", "%"):
        return "Put the value in quotes: it starts with a character that YAML reserves."
    if "mapping values" in problem:
        return "Put the value in quotes: it contains ': ' or the indentation is off."
    return "Correct that line: look at its indentation, quotes and colons."


def yaml_outline(raw: bytes, location: str) -> Outline:
    """Where each value of a sound YAML text stands."""
    outline = Outline(lambda spot: ((spot >> BITS) + 1, (spot & ((1 << BITS) - 1)) + 1))
    anchors: dict[str, int] = {}
    names: dict[str, str] = {}
    waiting: list[tuple[str, int] | bool] = []
    for event in _events(raw, location):
        kind = type(event)
        if kind in ENDS:
            outline.close()
            waiting.pop()
            continue
        if kind is not yaml.ScalarEvent and kind is not yaml.AliasEvent and kind not in STARTS:
            continue
        mark = event.start_mark
        spot = mark.line << BITS | mark.column
        name: str | None = None
        if waiting and waiting[-1] is True:
            key = _key(event.value, event.implicit[0]) if kind is yaml.ScalarEvent else "*"
            waiting[-1] = (names.setdefault(key, key), spot)
            continue
        if waiting and isinstance(waiting[-1], tuple):
            name, spot = waiting[-1]
            waiting[-1] = True
        index = outline.add(name, spot)
        _note(outline, event, kind, index, anchors, waiting)
    return outline


def _note(
    outline: Outline,
    event: Any,
    kind: Any,
    index: int,
    anchors: dict[str, int],
    waiting: list[tuple[str, int] | bool],
) -> None:
    if kind is yaml.AliasEvent:
        outline.alias(index, anchors.get(event.anchor, index))
        return
    if event.anchor:
        anchors[event.anchor] = index
    if kind in STARTS:
        outline.open(index)
        waiting.append(kind is yaml.MappingStartEvent)
