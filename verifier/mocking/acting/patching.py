"""JSON Patch (RFC 6902)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from verifier.mocking.refusal import Refusal

__all__ = ["is_patch", "patched"]

MOST_STEPS = 200
LONGEST_NUMBER = 9


class _Wrong(Exception):  # noqa: N818  (told as a refusal)
    """A step cannot be done."""


def is_patch(body: Any) -> bool:
    """Whether a body is a patch, whatever its media type says (PayPal)."""
    steps = body if isinstance(body, list) else []
    return bool(steps) and all(isinstance(s, Mapping) and {"op", "path"} <= s.keys() for s in steps)


def patched(value: Mapping[str, Any], steps: Any) -> Mapping[str, Any] | Refusal:
    """The members that a patch leaves changed, a removed one as None; all steps or none."""
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        return Refusal(status=400, code="invalid_patch", says="A patch is a list of steps.")
    made: Any = dict(value)
    try:
        for step in steps:
            made = _done(made, step)
    except _Wrong as wrong:
        return Refusal(status=422, code="patch_failed", says=str(wrong))
    if not isinstance(made, Mapping):
        return Refusal(status=422, code="patch_failed", says="The whole cannot be replaced.")
    gone = {name: None for name in value if name not in made}
    return {**{k: v for k, v in made.items() if value.get(k, ...) != v}, **gone}


def _done(value: Any, step: Any) -> Any:
    if not isinstance(step, Mapping) or not isinstance(step.get("path"), str):
        raise _Wrong("A step has an op and a path.")
    path = _tokens(step["path"])
    match step.get("op"):
        case "add":
            return _put(value, path, step.get("value"), insert=True)
        case "remove":
            return _less(value, path)
        case "replace":
            _at(value, path)
            return _put(value, path, step.get("value"), insert=False)
        case "move":
            origin = _tokens(step.get("from"))
            return _put(_less(value, origin), path, _at(value, origin), insert=True)
        case "copy":
            return _put(value, path, _at(value, _tokens(step.get("from"))), insert=True)
        case "test":
            if _at(value, path) != step.get("value"):
                raise _Wrong(f"{step['path']} has another value.")
            return value
    raise _Wrong(f"There is no op {step.get('op')}.")


def _tokens(pointer: Any) -> list[str]:
    if not isinstance(pointer, str) or pointer[:1] not in ("", "/"):
        raise _Wrong("A pointer begins with a slash, or is empty.")
    return [t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:]]


def _at(value: Any, path: list[str]) -> Any:
    for token in path:
        if isinstance(value, Mapping) and token in value:
            value = value[token]
        elif isinstance(value, list) and _number(token) < len(value):
            value = value[_number(token)]
        else:
            raise _Wrong(f"There is nothing at /{'/'.join(path)}.")
    return value


def _put(value: Any, path: list[str], new: Any, *, insert: bool) -> Any:
    if not path:
        return new
    token, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        if rest and token not in value:
            raise _Wrong(f"There is nothing at /{token}.")
        inner = _put(value[token], rest, new, insert=insert) if rest else new
        return {**value, token: inner}
    if isinstance(value, list):
        index = len(value) if token == "-" else _index(token, len(value))  # noqa: S105
        if rest:
            inner = _put(_at(value, [str(index)]), rest, new, insert=insert)
            return [*value[:index], inner, *value[index + 1 :]]
        return [*value[:index], new, *value[index if insert else index + 1 :]]
    raise _Wrong(f"Nothing can be put at /{token}.")


def _less(value: Any, path: list[str]) -> Any:
    if not path:
        raise _Wrong("The whole cannot be removed.")
    _at(value, path)
    token, rest = path[0], path[1:]
    if isinstance(value, list):
        index = int(token)
        inner = [_less(value[index], rest)] if rest else []
        return [*value[:index], *inner, *value[index + 1 :]]
    if rest:
        return {**value, token: _less(value[token], rest)}
    return {name: held for name, held in value.items() if name != token}


def _index(token: str, size: int) -> int:
    if _number(token) > size:
        raise _Wrong(f"There is no place {token[:40]} in the list.")
    return _number(token)


def _number(token: str) -> int:
    """A place in a list (RFC 6901, 4); one beyond every list where the token names none."""
    plain = token.isascii() and token.isdecimal() and len(token) <= LONGEST_NUMBER
    return int(token) if plain else sys.maxsize
