"""
A name of a person: ``{kind: person_name, shape: full, order: given_family}``.

``shape`` says whether the field holds the full name, the given one or the family's. A name is never
judged: Sukarno, 毛泽东 and O'Brien are names, and so is Null.
"""

from __future__ import annotations

import re
from typing import Any

from verifier.loading.declaration import Choice, Member
from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import read_text, write_text

__all__ = ["KIND"]


def _mask(value: Any) -> str:
    return re.sub(r"(?<=\w)\w", "•", str(value))


KIND = ValueKind(
    typed="text",
    members={
        "shape": Member(
            kind=Choice(("full", "given", "family")), says="Which part it is.", required=True
        ),
        "order": Member(
            kind=Choice(("given_family", "family_given")), says="Which part comes first."
        ),
    },
    parse=read_text,
    write=write_text,
    types=json_types("string"),
    personal=True,
    mask=_mask,
)
