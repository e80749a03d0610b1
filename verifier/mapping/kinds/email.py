"""
An email address.

Valid is: one @, something before it (at most 64 characters of letters, digits and
``!#$%&'*+/=?^_`{|}~.-``, no dot at an end or beside another), a domain of at least two labels after
it, ASCII, at most 254 characters in all. Quoted names and several addresses in one field are
invalid: hardly a system delivers to them.
"""

from __future__ import annotations

import re
from typing import Any

from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import checked, read_text

__all__ = ["KIND"]

LOCAL = r"(?!\.)(?![^@]*\.\.)[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}(?<!\.)"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{LOCAL}@{LABEL}(?:\.{LABEL})+")
LONGEST = 254


def _fault(text: str) -> str:
    if len(text) > LONGEST:
        return f"is longer than the {LONGEST} characters that an address can have"
    return "" if ADDRESS.fullmatch(text) else "is no email address"


def _mask(value: Any) -> str:
    local, at, domain = str(value).partition("@")
    ending = domain.rpartition(".")[2]
    return f"{local[:1]}•••@•••.{ending}" if at else "•••"


KIND = ValueKind(
    typed="text",
    parse=read_text,
    write=checked(_fault),
    types=json_types("string"),
    personal=True,
    mask=_mask,
)
