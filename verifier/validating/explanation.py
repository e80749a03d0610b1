"""What a person is told of a failed keyword: one plain sentence, the value shortened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import jsonschema_rs

from verifier.model import Pointer, escape
from verifier.validating.violations import Violation

__all__ = ["describe", "explain", "pointer"]

LONGEST_VALUE = 60
DEEPEST_CHOICE = 8
Locate = Callable[[list[str | int]], Pointer]
Error = jsonschema_rs.ValidationError
Kind = jsonschema_rs.ValidationErrorKind
ARTICLES = {"null": "null", "object": "an object", "array": "an array", "integer": "an integer"}


def explain(error: Error, locate: Locate, depth: int = 0) -> Iterator[Violation]:
    """
    An error of the engine as violations; a choice is followed where it is clear what was meant.

    Args:
        locate: Keyword's path in the compiled schema to its place in the document.
    """
    kind = error.kind
    if isinstance(kind, (Kind.AnyOf, Kind.OneOfNotValid)) and depth < DEEPEST_CHOICE:
        meant = _meant(kind.context, error.instance_path)
        if meant is not None:
            for inner in meant:
                yield from explain(inner, locate, depth + 1)
            return
    if isinstance(kind, (Kind.BacktrackLimitExceeded, Kind.RegexEngineFailure)):
        return  # the expression is at fault, not the value
    says = _sentence(kind, error)
    yield Violation(
        path=pointer(error.instance_path),
        says=says,
        keyword=kind.name,
        schema_at=locate(error.schema_path),
        member=kind.property if isinstance(kind, Kind.Required) else "",
    )


def pointer(path: list[str | int]) -> str:
    """A path as a JSON pointer (RFC 6901)."""
    return "".join(f"/{escape(str(token))}" for token in path)


def describe(value: Any) -> str:
    """A value as it is named in a sentence: ``a number: 42``; long ones shortened."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        noun = "an object" if isinstance(value, dict) else "an array"
        size = len(value)
        member = "member" if isinstance(value, dict) else "item"
        return f"{noun} of {size} {member}{'' if size == 1 else 's'}" if size else f"{noun}, empty"
    noun = "a string" if isinstance(value, str) else "a number"
    return f"{noun}: {_short(value)}"


def _short(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[: LONGEST_VALUE - 1]}…"


def _meant(branches: list[list[Error]], path: list[str | int]) -> list[Error] | None:
    """The one branch that the value was meant for: of its kind, and alone in that."""
    solid = [branch for branch in branches if branch and not _is_null(branch)]
    if len(solid) == 1:
        return solid[0]
    fitting = [branch for branch in solid if not _is_other(branch, path)]
    return fitting[0] if len(fitting) == 1 else None


def _is_null(branch: list[Error]) -> bool:
    """Whether a branch only lets null through: what is not null was not meant for it."""
    kind = branch[0].kind
    return len(branch) == 1 and isinstance(kind, Kind.Type) and list(kind.types) == ["null"]


def _is_other(branch: list[Error], path: list[str | int]) -> bool:
    """Whether a branch is about another kind of value, or another variant of it."""
    for error in branch:
        away = len(error.instance_path) - len(path)
        if away == 0 and isinstance(error.kind, (Kind.Type, Kind.Enum, Kind.Constant)):
            return True
        if away == 1 and isinstance(error.kind, (Kind.Constant, Kind.Enum)):
            return True
    return False


def _sentence(kind: Kind, error: Error) -> str:
    for known, phrase in _PHRASES:
        if isinstance(kind, known):
            return phrase(kind, error.instance)
    return error.message if len(error.message) <= 200 else f"{error.message[:199]}…"


def _types(kind: Any, value: Any) -> str:
    return _kinds(kind.types, value)


def _kinds(names: Iterable[str], value: Any) -> str:
    wanted = " or ".join(ARTICLES.get(name, f"a {name}") for name in sorted(set(names)))
    return f"should be {wanted}, is {describe(value)}"


def _options(kind: Any, value: Any) -> str:
    options = kind.options
    shown = ", ".join(_short(option) for option in options[:6])
    more = f" … ({len(options)} in all)" if len(options) > 6 else ""
    return f"should be one of {shown}{more}, is {describe(value)}"


def _names(names: list[str]) -> str:
    shown = ", ".join(f"'{name[:LONGEST_VALUE]}'" for name in names[:6])
    return shown if len(names) <= 6 else f"{shown} … ({len(names)} in all)"


def _choices(kind: Any, value: Any) -> str:
    count = len(kind.context)
    first = [branch[0] for branch in kind.context if branch]
    if all(isinstance(error.kind, Kind.Type) and error.instance == value for error in first):
        # The alternatives differ in their type, and it is none of theirs.
        return _kinds((name for error in first for name in error.kind.types), value)
    return f"fits none of the {count} allowed forms, is {describe(value)}"


def _several(kind: Any, value: Any) -> str:
    fitting = sum(1 for branch in kind.context if not branch)
    return f"fits {fitting} of the forms of which exactly one is allowed, is {describe(value)}"


def _size(noun: str, word: str) -> Callable[[Any, Any], str]:
    def phrase(kind: Any, value: Any) -> str:
        many = "" if kind.limit == 1 else "s"
        return f"should have {word} {kind.limit} {noun}{many}, has {len(value)}"

    return phrase


def _bound(words: str) -> Callable[[Any, Any], str]:
    return lambda kind, value: f"should be {words} {kind.limit}, is {_short(value)}"


_PHRASES: tuple[tuple[Any, Callable[[Any, Any], str]], ...] = (
    (Kind.Type, _types),
    (Kind.Required, lambda kind, _: f"lacks the required member '{kind.property}'"),
    (Kind.Enum, _options),
    (Kind.Constant, lambda k, v: f"should be {_short(k.expected_value)}, is {describe(v)}"),
    (Kind.Format, lambda k, v: f"should be {k.format} by its format, is {describe(v)}"),
    (Kind.Pattern, lambda k, v: f"does not match {_short(k.pattern)}, is {describe(v)}"),
    (
        Kind.AdditionalProperties,
        lambda k, _: f"has members that are not allowed: {_names(k.unexpected)}",
    ),
    (
        Kind.UnevaluatedProperties,
        lambda k, _: f"has members that are not allowed: {_names(k.unexpected)}",
    ),
    (Kind.FalseSchema, lambda _, v: f"should not be there, is {describe(v)}"),
    (Kind.AnyOf, _choices),
    (Kind.OneOfNotValid, _choices),
    (Kind.OneOfMultipleValid, _several),
    (Kind.Not, lambda _, v: f"is what the schema excludes: {describe(v)}"),
    (Kind.MinLength, _size("character", "at least")),
    (Kind.MaxLength, _size("character", "at most")),
    (Kind.MinItems, _size("item", "at least")),
    (Kind.MaxItems, _size("item", "at most")),
    (Kind.MinProperties, _size("member", "at least")),
    (Kind.MaxProperties, _size("member", "at most")),
    (Kind.Minimum, _bound("at least")),
    (Kind.Maximum, _bound("at most")),
    (Kind.ExclusiveMinimum, _bound("above")),
    (Kind.ExclusiveMaximum, _bound("below")),
    (Kind.MultipleOf, lambda k, v: f"should be a multiple of {k.multiple_of}, is {_short(v)}"),
    (Kind.UniqueItems, lambda _, v: f"should not hold the same item twice, is {describe(v)}"),
    (Kind.PropertyNames, lambda k, _: f"has a member whose name is wrong: {k.error.message[:120]}"),
)
