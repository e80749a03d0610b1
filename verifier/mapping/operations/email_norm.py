"""
Write an email address in the form in which two can be compared.

NFC, no space around, lower case, and the domain in its ASCII form (exämple.de becomes
xn--exmple-cua.de). Tags (``ada+shop@``) and dots are kept: whether they matter is the provider's
business.
"""

from __future__ import annotations

import unicodedata

from verifier.mapping.blanks import BLANK
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    def step(text: str) -> str:
        plain = unicodedata.normalize("NFC", text).strip(BLANK).lower()
        local, at, domain = plain.rpartition("@")
        try:
            return f"{local}{at}{domain.encode('idna').decode('ascii')}"
        except UnicodeError:
            return plain

    return step


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
