"""
The program's own records are messy.

To its records are added copies with something odd about each: empty, missing, null, very long, of
another type, with signs of other scripts. Each must end as done, rejected, or kept for a human.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.orders import Order, key_of
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["messy"]

ODD: tuple[tuple[str, Any], ...] = (
    ("empty", ""),
    ("null", None),
    ("spaces", "  \u00a0 "),
    ("long", "x" * 5000),
    ("scripts", "Ωμέγα 🧾 \u202eحساب \u0000"),
    ("markup", "<script>'\";--{{x}}"),
    ("number", -12345678901234567890),
    ("list", ["a", {"b": None}]),
)


@episode("records-accounted", "nothing-doubled", otherwise="the file names no records")
def messy(known: Known, theatre: Theatre) -> Iterator[Take]:
    """All its records, and odd ones after the first."""
    if theatre.orders and known.writes:
        plain = [order.key for order in theatre.orders]
        yield Take(name="odd records", scripts=((), ()), orders=_odd, facts={"plain": plain})


def _odd(orders: Sequence[Order]) -> list[Mapping[str, Any]]:
    """The first record, odd copies of it, and the others."""
    first, *others = orders
    name = next((n for n, v in first.data.items() if str(v).strip() == first.key), "")
    name = name or key_of(first.data)
    members = [member for member in first.data if member != name]
    odd: list[Mapping[str, Any]] = []
    for number, (what, value) in enumerate(ODD):
        if members:
            member = members[number % len(members)]
            odd.append({**first.data, name: _key(first.data[name], number, what), member: value})
    for number, member in enumerate(members):
        whole = {**first.data, name: _key(first.data[name], number + len(ODD), "missing")}
        odd.append({k: v for k, v in whole.items() if k != member})
    return [first.data, *odd, *(order.data for order in others)]


def _key(value: Any, number: int, what: str) -> Any:
    """Another key of the same kind."""
    return value + 900_000 + number if isinstance(value, int) else f"{value}-{what}-{number}"
