"""Which things a list holds: the filters that an operation declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from verifier.mocking.english import words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import choices, members_of, node_of
from verifier.mocking.stamps import is_change, is_stamp, moment
from verifier.mocking.state import Row
from verifier.model import Operation, Parameter, Schema

__all__ = ["Filter", "Stays", "filters_of"]

Test = Callable[[Row, Any], bool]
Stays = Callable[[Row], bool]
TEXT = frozenset(("q", "query", "search", "searchterm", "keyword", "term", "filter", "text"))
SINCE = ("since", "after", "from", "gte", "gt", "min", "start", "begin", "begins")
UNTIL = ("until", "before", "to", "lte", "lt", "max", "end", "ends")
EXCLUSIVE = frozenset(("gt", "lt", "after"))
WRAPPERS = frozenset(("filter", "filters", "where"))
EVERYTHING = frozenset(("all", "any", "*"))
DEEPEST = 3


class Filter(Struct, frozen=True, kw_only=True):
    """
    One parameter that narrows a list.

    Args:
        default: What the document says that it is where it is not sent; None where nothing. Rows
            that know nothing of it stay.
        bind: Gives, for what is wanted, whether a row stays; None where that does not narrow.
        member: That it looks at; empty where it looks at several.
    """

    name: str
    bind: Callable[[Any], Stays | None]
    member: str = ""
    default: Any = None


def filters_of(
    operation: Operation, kind: Kind, since: Iterable[str], paging: frozenset[str]
) -> tuple[Filter, ...]:
    """
    The filters of a list.

    Args:
        since: Names of parameters that ask for what changed.
        paging: Names of parameters that cut the list into pages, and are no filters.
    """
    known = members_of(kind.item)
    plain = {"".join(words(name)): name for name in known}
    changed = frozenset(since)
    found = []
    for parameter in operation.parameters_in("query"):
        if parameter.name in paging:
            continue
        bind = _filter(parameter, known, plain, changed)
        if bind is not None:
            found.append(
                Filter(
                    name=parameter.name,
                    bind=bind,
                    member=plain.get(_joined(parameter), ""),
                    default=_default(parameter, plain),
                )
            )
    return tuple(found)


def _default(parameter: Parameter, plain: Mapping[str, str]) -> Any:
    """What a filter is where it is not sent: only where the document says so, and of one member."""
    return node_of(parameter.schema).get("default") if _joined(parameter) in plain else None


def _joined(parameter: Parameter) -> str:
    return "".join(p for p in words(parameter.name) if p not in WRAPPERS)


def _filter(
    parameter: Parameter,
    known: Mapping[str, Schema],
    plain: Mapping[str, str],
    changed: frozenset[str],
) -> Callable[[Any], Stays | None] | None:
    if parameter.name in changed:
        return _each(_changed_since)
    parts = tuple(p for p in words(parameter.name) if p not in WRAPPERS)
    joined = _joined(parameter)
    if joined in plain:
        return _equal(
            plain[joined], known[plain[joined]], EVERYTHING & set(choices(parameter.schema))
        )
    if joined in TEXT or "".join(words(parameter.name)) in TEXT:
        textual = "string" in str(node_of(parameter.schema).get("type", "string"))
        return _each(_mentions) if textual else None
    compared = _bound(parts, known, plain)
    return _each(compared) if compared is not None else None


def _each(test: Test) -> Callable[[Any], Stays]:
    """A test of each row by itself."""
    return lambda wanted: lambda row: test(row, wanted)


def _equal(
    name: str, member: Schema, everything: frozenset[str] | set[str]
) -> Callable[[Any], Stays | None]:
    """
    The member has the value, or one of the values; a range of a time is understood too.

    Args:
        everything: Values that do not narrow, such as ``all``.
    """
    allowed = choices(member)

    def bind(wanted: Any) -> Stays | None:
        if isinstance(wanted, Mapping):
            return lambda row: _in_range(row.value.get(name), wanted)
        listed = wanted if isinstance(wanted, list) else str(wanted).split(",")
        if not everything.isdisjoint(map(str, listed)):
            return None
        # GitHub's ``state=all`` is none of the states: it does not narrow.
        if allowed and not any(_same(one, w) for one in allowed for w in listed):
            return None
        return _one_of(name, (*listed, wanted))

    return bind


def _one_of(name: str, wanted: Sequence[Any]) -> Stays:
    """Whether a member is one of some values, or holds one; of a text it is known from then on."""
    known: dict[str, bool] = {}

    def stays(row: Row) -> bool:
        held = row.value.get(name)
        if isinstance(held, str):
            if held not in known:
                known[held] = any(_same(held, w) for w in wanted)
            return known[held]
        values = held if isinstance(held, list) else [held]
        return any(_same(value, w) for value in values for w in wanted)

    return stays


def _same(held: Any, wanted: Any) -> bool:
    if isinstance(held, Mapping):
        return any(_same(held.get(n), wanted) for n in ("id", "name", "login", "key") if n in held)
    if isinstance(held, bool) or isinstance(wanted, bool):
        return str(held).lower() == str(wanted).lower()
    return held == wanted or (held is not None and str(held) == str(wanted))


def _bound(
    parts: tuple[str, ...], known: Mapping[str, Schema], plain: Mapping[str, str]
) -> Test | None:
    """``created_after``, ``min_amount``, ``updated.gte``."""
    for word in parts:
        lower = word in SINCE
        if not lower and word not in UNTIL:
            continue
        rest = "".join(p for p in parts if p != word)
        name = plain.get(rest) or next(
            (n for r, n in plain.items() if rest and is_stamp(n) and r.startswith(rest)), None
        )
        if name is not None and name in known:
            return _compare(name, lower=lower, exclusive=word in EXCLUSIVE)
    return None


def _compare(name: str, *, lower: bool, exclusive: bool) -> Test:
    def test(row: Row, wanted: Any) -> bool:
        pair = _comparable(row.value.get(name), wanted)
        if pair is None:
            return True
        held, limit = pair
        if held == limit:
            return not exclusive
        return bool(held > limit) is lower

    return test


def _in_range(held: Any, wanted: Mapping[str, Any]) -> bool:
    """``created[gte]=1``: a bound each."""
    for word, limit in wanted.items():
        pair = _comparable(held, limit)
        if pair is None:
            continue
        low = word in SINCE
        if pair[0] == pair[1]:
            if word in ("gt", "lt"):
                return False
        elif (pair[0] > pair[1]) is not low:
            return False
    return True


def _comparable(held: Any, wanted: Any) -> tuple[Any, Any] | None:
    if isinstance(held, (int, float)) and isinstance(wanted, (int, float)):
        return held, wanted
    first, second = moment(held), moment(wanted)
    return (first, second) if first is not None and second is not None else None


def _changed_since(row: Row, wanted: Any) -> bool:
    limit = moment(wanted)
    if limit is None:
        return True
    told = next((v for n, v in row.value.items() if is_change(n)), None)
    changed = moment(told) if told is not None else moment(row.changed)
    return changed is None or changed >= _whole(limit, changed)


def _whole(limit: datetime, changed: datetime) -> datetime:
    """A limit as exact as the times that it is compared with."""
    return limit.replace(microsecond=0) if changed.microsecond == 0 else limit


def _mentions(row: Row, wanted: Any) -> bool:
    """Whether a text stands anywhere in a thing."""
    plain = str(wanted).lower().strip()
    # A query language is not understood: what it asks for is not narrowed by a guess.
    if not plain or any(mark in plain for mark in (":", "=", "(", '"', "{")):
        return True
    return _has(row.value, plain, 0)


def _has(value: Any, wanted: str, depth: int) -> bool:
    if isinstance(value, str):
        return wanted in value.lower()
    if depth >= DEEPEST:
        return False
    if isinstance(value, Mapping):
        return any(_has(inner, wanted, depth + 1) for inner in value.values())
    return isinstance(value, list) and any(_has(inner, wanted, depth + 1) for inner in value)
