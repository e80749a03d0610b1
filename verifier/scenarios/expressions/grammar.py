"""
Runtime expressions read by their grammar (Arazzo 1.0.1 and 1.1.0, "Runtime Expressions").

    $url $method $statusCode $self
    $request.  $response.  $message.   header.NAME query.NAME path.NAME body payload
    $inputs.NAME  $outputs.NAME
    $steps.ID.outputs.NAME  $workflows.ID.inputs.NAME  $workflows.ID.outputs.NAME
    $sourceDescriptions.NAME.REFERENCE  $components.KIND.NAME

Whatever leads to a value may end in ``#`` and a JSON pointer into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from msgspec import Struct

__all__ = ["ROOTS", "BadExpression", "Expression", "LooseExpression", "is_expression", "parse"]

WHOLE = ("url", "method", "statusCode", "self")
MESSAGES = ("request", "response", "message")
ROOTS = (
    *WHOLE,
    *MESSAGES,
    "inputs",
    "outputs",
    "steps",
    "workflows",
    "sourceDescriptions",
    "components",
)
PARTS = ("header", "query", "path", "body", "payload")
KINDS = ("parameters", "successActions", "failureActions", "inputs")
BEGINNING = re.compile(r"\$([A-Za-z]+)(?=[.#\[]|$)")
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
BROKEN_ESCAPE = re.compile(r"~(?![01])")
LONGEST = 2000
NEAR = 0.6


class BadExpression(ValueError):  # noqa: N818
    """A text that should be an expression and is none; says why, and the mend."""

    def __init__(self, says: str, mend: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.mend = mend


class LooseExpression(BadExpression):
    """What 1.0's grammar lets pass (``$steps.a.b``), and which can never have a value."""


class Expression(Struct, frozen=True, kw_only=True):
    """
    One expression.

    Args:
        text: As written.
        root: What it starts from, such as ``response``.
        names: What follows: ``("header", "Location")``, ``("find-pet", "outputs", "id")``.
        pointer: The JSON pointer after ``#``; None where there is none.
    """

    text: str
    root: str
    names: tuple[str, ...] = ()
    pointer: str | None = None

    def __str__(self) -> str:
        return self.text


def is_expression(text: str) -> bool:
    """
    Whether a text is meant as an expression: it starts with ``$`` and a root, or nearly one.

    ``$100`` and ``$ref`` are plain texts; ``$input.name`` is an expression with a slip in it.
    """
    found = BEGINNING.match(text)
    return found is not None and bool(_nearest(found[1], ROOTS, 0.75))


def parse(text: str) -> Expression:
    """
    Read an expression.

    Raises:
        BadExpression: The text is none; says what is wrong and the nearest that would be right.
    """
    if len(text) > LONGEST:
        raise BadExpression("the expression is too long", f"Keep it below {LONGEST} characters.")
    found = re.match(r"\$([A-Za-z]+)", text)
    if found is None:
        raise BadExpression(f"'{text}' is no expression", "An expression starts with '$'.")
    root = found[1]
    if root not in ROOTS:
        raise _unknown(text, f"${root}", [f"${name}" for name in ROOTS])
    rest = text[found.end() :]
    if root in WHOLE:
        if rest:
            raise BadExpression(f"'{text}': nothing follows ${root}", f"Write ${root} alone.")
        return Expression(text=text, root=root)
    if not rest.startswith("."):
        raise BadExpression(f"'{text}': ${root} needs a name", _HOW[root])
    names, pointer = _READERS[root](text, rest[1:])
    return Expression(text=text, root=root, names=names, pointer=pointer)


Read = tuple[tuple[str, ...], str | None]


def _message(text: str, rest: str) -> Read:
    part, _, name = rest.partition(".")
    whole, mark, _ = rest.partition("#")
    if whole in ("body", "payload"):
        return (whole,), _pointer(text, rest) if mark else None
    if part in ("body", "payload"):
        raise BadExpression(
            f"'{text}' reaches into the {part} with a dot",
            f"Use a JSON pointer: {text.replace('.' + name, '#/' + name.replace('.', '/'))}",
        )
    if part not in PARTS:
        near = _nearest(re.split(r"[.#]", rest)[0], PARTS)
        raise BadExpression(
            f"'{text}': '{part}' is no part of a message",
            f"Did you mean '{near}'?" if near else f"Known: {', '.join(PARTS)}.",
        )
    if not name or (part == "header" and not TOKEN.fullmatch(name)):
        raise BadExpression(f"'{text}' names no {part}", f"Write '.{part}.NAME'.")
    return (part, name), None


def _name(text: str, rest: str) -> Read:
    name, pointer = _cut(text, rest)
    if not name:
        raise BadExpression(f"'{text}' has no name", "Write the name after the dot.")
    return (name,), pointer


def _step(text: str, rest: str) -> Read:
    return _field(text, rest, ("outputs",))


def _workflow(text: str, rest: str) -> Read:
    return _field(text, rest, ("inputs", "outputs"))


def _field(text: str, rest: str, fields: tuple[str, ...]) -> Read:
    """``ID.outputs.NAME``; an id may hold dots, so the field is looked for."""
    path, pointer = _cut(text, rest)
    for name in fields:
        id, mark, held = path.partition(f".{name}.")
        if mark and id and held:
            return (id, name, held), pointer
    shown = " or ".join(f"'.{name}.NAME'" for name in fields)
    near = path.partition(".")[0]
    says = f"'{text}' names no {fields[-1][:-1]}"
    raise LooseExpression(says, f"Write {shown} after '{near}'.")


def _source(text: str, rest: str) -> Read:
    name, mark, reference = rest.partition(".")
    if not (name and mark and reference):
        raise BadExpression(f"'{text}' is incomplete", _HOW["sourceDescriptions"])
    return (name, reference), None


def _component(text: str, rest: str) -> Read:
    path, pointer = _cut(text, rest)
    kind, _, name = path.partition(".")
    if kind not in KINDS:
        raise _unknown(text, kind, KINDS)
    if not name:
        raise BadExpression(f"'{text}' names no component", f"Write '$components.{kind}.NAME'.")
    return (kind, name), pointer


def _cut(text: str, rest: str) -> tuple[str, str | None]:
    path, mark, _ = rest.partition("#")
    return path, _pointer(text, rest) if mark else None


def _pointer(text: str, rest: str) -> str:
    pointer = rest.partition("#")[2]
    if pointer and not pointer.startswith("/"):
        raise BadExpression(
            f"'{text}': '#{pointer}' is no JSON pointer", f"Start it with a slash: '#/{pointer}'."
        )
    if BROKEN_ESCAPE.search(pointer):
        raise BadExpression(
            f"'{text}': '~' stands alone in the JSON pointer", "Write '~0' for '~', '~1' for '/'."
        )
    return pointer


def _unknown(text: str, name: str, known: tuple[str, ...] | list[str]) -> BadExpression:
    near = _nearest(name, known)
    mend = f"Did you mean '{near}'?" if near else f"Known: {', '.join(known)}."
    return BadExpression(f"'{text}': there is no '{name}'", mend)


def _nearest(name: str, known: tuple[str, ...] | list[str], cutoff: float = NEAR) -> str:
    return next(iter(get_close_matches(name, known, n=1, cutoff=cutoff)), "")


_READERS: dict[str, Callable[[str, str], Read]] = {
    "request": _message,
    "response": _message,
    "message": _message,
    "inputs": _name,
    "outputs": _name,
    "steps": _step,
    "workflows": _workflow,
    "sourceDescriptions": _source,
    "components": _component,
}
_HOW = {
    "request": "Write '$request.body', '$request.header.NAME', '.query.NAME' or '.path.NAME'.",
    "response": "Write '$response.body' or '$response.header.NAME'.",
    "message": "Write '$message.body' or '$message.header.NAME'.",
    "inputs": "Write '$inputs.NAME'.",
    "outputs": "Write '$outputs.NAME'.",
    "steps": "Write '$steps.STEP.outputs.NAME'.",
    "workflows": "Write '$workflows.WORKFLOW.outputs.NAME'.",
    "sourceDescriptions": "Write '$sourceDescriptions.NAME.REFERENCE'.",
    "components": "Write '$components.parameters.NAME'.",
}
