"""Values of real people, made unrecognisable where they are shown."""

from __future__ import annotations

from typing import Any

from verifier.loading.view import word_list
from verifier.mapping.kinds import kinds
from verifier.mapping.nouns import Path
from verifier.mapping.opening import OpenSide
from verifier.mapping.placing import copied
from verifier.mapping.shapes import walk

__all__ = ["masked", "masked_value"]

LIKELY = word_list("email phone mobile name street address zip postcode birth iban")


def masked(side: OpenSide, record: Any) -> Any:
    """A copy of a record in which what tells who somebody is is masked, by what it means."""
    made = copied(record)
    for field in walk(side.shape):
        if _personal(side, field.path) is not None:
            _mask(made, field.path, side)
    return made


def masked_value(side: OpenSide, path: Path, value: Any) -> Any:
    """A value of one field, masked where it tells who somebody is."""
    mask = _personal(side, path)
    return mask(value) if mask is not None and isinstance(value, str) else value


def _personal(side: OpenSide, path: Path) -> Any:
    """How a field is masked; None where it need not be."""
    meaning = side.meant(path)
    if meaning is not None:
        kind = kinds()[meaning.kind]
        return kind.mask if kind.personal else None
    likely = any(word in path.last.lower() for word in LIKELY)
    return kinds()["person_name"].mask if likely else None


def _mask(record: Any, path: Path, side: OpenSide) -> None:
    holders = [record]
    for part in path.parts[:-1]:
        inner = [h[part.name] for h in holders if isinstance(h, dict) and part.name in h]
        lists = [item for one in inner if isinstance(one, list) for item in one]
        holders = lists if part.many else inner
    last = path.parts[-1]
    for holder in holders:
        if isinstance(holder, dict) and isinstance(holder.get(last.name), str):
            holder[last.name] = masked_value(side, path, holder[last.name])
