"""The body is no JSON any more, though it says so.

Imitates JSON that was glued together by hand, or by a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from verifier.mocking.fault import Play
from verifier.wire import Answer

__all__ = ["Options", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    What is wrong with it.

    Args:
        form: It ends too early (cut), has a comma too many, quotes of the wrong kind, a number
            that is none (nan), a warning before it, or two values in a row.
    """

    form: Literal["cut", "comma", "quotes", "nan", "warning", "twice"] = "cut"


def after(play: Play, answer: Answer) -> Answer:
    """Spoil it."""
    return replace(answer, body=_spoilt(answer.body or b"{}", play.options.form))


def _spoilt(body: bytes, form: str) -> bytes:
    match form:
        case "comma":
            return body[:-1] + b"," + body[-1:]
        case "quotes":
            return body.replace(b'"', b"'") if b'"' in body else b"{'ok': 1}"
        case "nan":
            return b'{"value": NaN, "data": ' + body + b"}"
        case "warning":
            return b"Warning: Undefined variable $id in /srv/api/v1.php on line 12\n" + body
        case "twice":
            return body + body
    return body[:-1]
