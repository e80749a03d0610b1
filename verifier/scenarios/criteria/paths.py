"""JSONPath: RFC 9535 to the letter, or the older dialect where a document names it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from verifier.scenarios.criteria.matching import BadPattern, matches

__all__ = ["GOESSNER", "RFC", "BadPath", "check_path", "locations", "nodes"]

RFC = "rfc9535"
GOESSNER = "draft-goessner-dispatch-jsonpath-00"
DEEPEST = 200
Location = tuple[str | int, ...]


class BadPath(ValueError):  # noqa: N818
    """A path that cannot be read, or not be followed in this value."""


def check_path(path: str, version: str = RFC) -> None:
    """Refuse a path that cannot be read, with BadPath."""
    _compiled(path, version)


def nodes(path: str, value: Any, version: str = RFC) -> list[Any]:
    """
    The values that a path selects, in order.

    Raises:
        BadPath: It cannot be read, or the value is nested too deep for it.
    """
    return [match.obj for match in _matches(path, value, version)]


def locations(path: str, value: Any, version: str = RFC) -> list[Location]:
    """The places that a path selects, as names and indices from the top; BadPath as ``nodes``."""
    return [tuple(match.parts) for match in _matches(path, value, version)]


def _matches(path: str, value: Any, version: str) -> Sequence[Any]:
    import jsonpath  # start-up time

    try:
        return list(_compiled(path, version).finditer(value))
    except (jsonpath.JSONPathError, RecursionError, ValueError, TypeError) as error:
        raise BadPath(_says(path, error)) from None


@functools.lru_cache(maxsize=512)
def _compiled(path: str, version: str) -> Any:
    import jsonpath  # start-up time

    try:
        return _environment(version).compile(path)
    except (jsonpath.JSONPathError, RecursionError, ValueError) as error:
        raise BadPath(_says(path, error)) from None


@functools.cache
def _environment(version: str) -> Any:
    import jsonpath  # start-up time

    class Environment(jsonpath.JSONPathEnvironment):
        max_recursion_depth = DEEPEST

    made = Environment(strict=version == RFC)
    made.function_extensions["match"] = _regex(jsonpath, "^(?:{})$")
    made.function_extensions["search"] = _regex(jsonpath, "{}")
    return made


def _regex(jsonpath: Any, form: str) -> Any:
    """``match`` and ``search`` (RFC 9535, 2.4.6 and 2.4.7) with an engine that cannot explode."""
    from jsonpath.function_extensions import ExpressionType, FilterFunction

    class Matching(FilterFunction):
        arg_types = [ExpressionType.VALUE, ExpressionType.VALUE]  # noqa: RUF012
        return_type = ExpressionType.LOGICAL

        def __call__(self, value: object, pattern: object) -> bool:
            if not isinstance(value, str) or not isinstance(pattern, str):
                return False
            try:
                return matches(form.format(pattern) if form != "{}" else pattern, value)
            except BadPattern:
                return False

    return Matching()


def _says(path: str, error: Exception) -> str:
    reason = str(error).partition("\n")[0] or type(error).__name__
    return f"the JSONPath {path} cannot be used: {reason}"
