"""Is what came back what was sent? Times and spans by what they mean, numbers as decimals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from verifier.model.replay import PLACEHOLDER

__all__ = [
    "decimal",
    "differences",
    "hidden",
    "instant",
    "runs",
    "same",
    "seconds",
    "short",
    "tells_state",
]

SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
SIZES = (86_400, 3_600, 60, 1)
UNITS = (1, 1_000)
STATE = re.compile(r"updat|modif|chang|version|revision|etag|sequence", re.IGNORECASE)


def differences(sent: Any, shown: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """
    Pointer, value sent and value shown of every leaf that both sides have and that differs.

    Members that only one side has are not compared; lists are, in their order. Nor is a plain
    value compared with an object or a list: an id that comes back as the thing that it names says
    the same in another way, and whether that is allowed the schema says. Nor is what was blacked
    out because it is a secret.
    """
    if isinstance(sent, Mapping) and isinstance(shown, Mapping):
        for name in sent.keys() & shown.keys():
            yield from differences(sent[name], shown[name], f"{path}/{name}")
    elif isinstance(sent, list) and isinstance(shown, list) and len(sent) == len(shown):
        for index, (mine, theirs) in enumerate(zip(sent, shown, strict=True)):
            yield from differences(mine, theirs, f"{path}/{index}")
    elif not (_told_otherwise(sent, shown) or hidden(shown) or same(sent, shown)):
        yield path, sent, shown


def same(sent: Any, shown: Any) -> bool:
    """Whether two leaves mean the same."""
    if sent == shown and isinstance(sent, bool) == isinstance(shown, bool):
        return True
    if isinstance(sent, bool) and isinstance(shown, str):
        return shown.lower() == str(sent).lower()  # as a form tells it
    span = seconds(sent)
    if span is not None:
        return span == (shown if _is_number(shown) else seconds(shown))
    if _is_number(sent) and (_is_number(shown) or isinstance(shown, str)):
        return decimal(sent) is not None and decimal(sent) == decimal(shown)
    moment = instant(sent)
    if moment is not None and _is_number(shown):
        return any(abs(shown - moment.timestamp() * unit) < 1 for unit in UNITS)
    return moment is not None and moment == instant(shown)


def hidden(value: Any) -> bool:
    """Whether a value, or a part of it, was blacked out because it is a secret."""
    return isinstance(value, str) and PLACEHOLDER.search(value) is not None


def instant(value: Any) -> datetime | None:
    """The moment that an RFC 3339 text means; None where it is none or has no offset."""
    if not isinstance(value, str) or len(value) < 19:
        return None
    try:
        moment = datetime.fromisoformat(value.upper().replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def seconds(value: Any) -> float | None:
    """The seconds that an ISO 8601 span of days and less means; None where it is none."""
    found = SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None or not any(found.groups()):
        return None
    return sum(float(n or 0) * size for n, size in zip(found.groups(), SIZES, strict=True))


def runs(before: Any, after: Any, least_seconds: float, most_seconds: float) -> bool:
    """
    Whether a number with a fraction went on as a clock does: counted from now, not written.

    Args:
        least_seconds, most_seconds: Between what so much may have passed.
    """
    if not (isinstance(before, float) and isinstance(after, float)):
        return False
    gone = abs(after - before)
    # Not from nothing on: counted in thousandths, any step would be one of a little time.
    least = max(0.5 * least_seconds, 0.01 * most_seconds)
    return any(least <= gone / unit <= 1.5 * most_seconds for unit in UNITS)


def decimal(value: Any) -> Decimal | None:
    """The exact number that a number or a text means; None where it is none."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def tells_state(name: str) -> bool:
    """Whether a member or header, by its name, tells a version or when something was changed."""
    return STATE.search(name) is not None


def short(value: Any) -> str:
    """A value for a sentence: at most some sixty characters, with its length where it was cut."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:40]}… ({len(text)} characters)"


def _told_otherwise(sent: Any, shown: Any) -> bool:
    """Whether one is plain, and the other an object or a list."""
    plain = [value for value in (sent, shown) if not isinstance(value, (Mapping, list))]
    return len(plain) == 1 and plain[0] is not None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
