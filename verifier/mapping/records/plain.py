"""A plain value for a field: typical for what it means, and written as its system writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from verifier.mapping.chains import Value, value_at
from verifier.mapping.executing.run import Run
from verifier.mapping.executing.values import peer_of
from verifier.mapping.nouns import Meaning, Path
from verifier.mapping.opening import OpenSide
from verifier.mapping.trouble import Trouble

__all__ = ["PHONES", "plain_value", "written"]

TYPED = {
    "date": date(2027, 5, 17),
    "datetime": datetime(2027, 5, 17, 9, 30, tzinfo=UTC),
    "share": Decimal("0.25"),
    "boolean": True,
}
TEXTS = {
    "email": "ada@example.com",
    "postcode": "10115",
    "country": "DE",
    "currency": "EUR",
    "address_line": "Lange Gasse 7",
    "markup": "<p>Garden chairs</p>",
    "text": "Garden chairs",
}
NAMES = {"full": "Ada Byron", "given": "Ada", "family": "Byron"}
PHONES = {
    "FR": "+33612345678",
    "DE": "+4930901820",
    "US": "+12125550123",
    "GB": "+442079460958",
    "IT": "+390612345678",
}
ANYWHERE = "+33612345678"


def plain_value(side: OpenSide, path: Path, record: dict[str, Any]) -> Any:
    """
    A value for a field with a declared meaning; None where the schema's own samples do.

    Args:
        record: What is there already, such as the currency of an amount.
    """
    value = value_at(side, path)
    meaning = value.meaning
    if meaning is None or side.facts(path).enum is not None:
        return None
    if meaning.kind == "money":
        return written(value, Decimal(20), record)
    if meaning.kind == "person_name":
        return NAMES[meaning.given["shape"]]
    if meaning.kind in TEXTS:
        return TEXTS[meaning.kind]
    phone = PHONES.get(_region(meaning), ANYWHERE)
    typed = phone if meaning.kind == "phone" else TYPED.get(value.typed)
    return None if typed is None else written(value, typed, record)


def _region(meaning: Meaning) -> str:
    return str(meaning.given.get("region", ""))


def written(value: Value, typed: Any, record: dict[str, Any]) -> Any:
    """A typed value as its field writes it; None where it cannot be written there."""
    scope = _scope(value.path)
    run = Run(record, record)
    if scope.parts:
        items = record.get(scope.names[0])
        item = items[0] if isinstance(items, list) and items else {}
        run.read_item = run.made_item = item
    try:
        return value.write(peer_of(scope, made=True))(typed, run)
    except Trouble:
        return None


def _scope(path: Path) -> Path:
    """The list that a path leads into; an empty path where it leads into none."""
    for index, part in enumerate(path.parts):
        if part.many:
            return Path(path.parts[: index + 1])
    return Path(())
