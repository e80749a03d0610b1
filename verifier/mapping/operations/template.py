"""
Put a value into a text: ``{template: "SHOP-{}"}`` makes SHOP-17 of 17.

The braces stand for the value, once. The way back takes it out again, and refuses a text that is
not of this form.
"""

from __future__ import annotations

from verifier.loading.declaration import Text
from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Invalid

__all__ = ["OPERATION"]

TEXT = Text(pattern=r"[^{}]*\{\}[^{}]*", wants="a text with {} once, where the value goes")


def _make(template: str) -> Step:
    before, _, after = template.partition("{}")
    return lambda value: f"{before}{value}{after}"


def _undo(template: str) -> Step:
    before, _, after = template.partition("{}")

    def undo(text: str) -> str:
        inner = text[len(before) : len(text) - len(after)]
        if f"{before}{inner}{after}" != text:
            raise Invalid(f"is not of the form '{template}'")
        return inner

    return undo


OPERATION = Operation(
    nature=Nature.INVERTIBLE,
    takes=("text", "number"),
    gives="text",
    argument=TEXT,
    needs_argument=True,
    make=_make,
    undo=_undo,
)
