"""
A second opinion on an answer, from an independent implementation (openapi-core).

It is asked only to confirm what the compiled validator has found: it is some hundred times slower.
What it says counts as follows.

    it refuses the answer                           agrees is True
    it accepts it                                   agrees is False
    all that it says is a known error of its own    agrees is None
    it cannot read the document, or crashes         agrees is None
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from verifier.model import Contract, Operation, Request, Response
from verifier.validating.explanation import pointer
from verifier.validating.peer import errors_of
from verifier.validating.responses import judge_response

__all__ = ["KNOWN", "Context", "Known", "Opinion", "second_opinion"]

LONGEST_REASON = 300


class Opinion(Struct, frozen=True, kw_only=True):
    """
    What the other implementation thinks of an answer.

    Args:
        agrees: True where it finds the answer wrong too, False where it accepts it, None where it
            cannot tell.
        says: Its reason in one sentence.
    """

    agrees: bool | None
    says: str


class Context(Struct, frozen=True, kw_only=True):
    """
    What one must know of an answer to weigh an error.

    Args:
        older: Whether the document is of OpenAPI 3.0 or before.
        ours: JSON pointers of what the compiled validator complains about.
    """

    older: bool
    ours: frozenset[str]

    def complained(self, error: Any) -> bool:
        """Whether the compiled validator complains at the same place."""
        return pointer(list(error.absolute_path)) in self.ours


class Known(Struct, frozen=True, kw_only=True):
    """
    An error that openapi-core reports where there is none.

    Args:
        says: What it does.
        applies: Whether it is this, given one of its schema errors.
    """

    says: str
    applies: Callable[[Any, Context], bool]


def _null_refused(error: Any, context: Context) -> bool:
    return context.older and error.instance is None and not context.complained(error)


def _whole_float(error: Any, context: Context) -> bool:
    value = error.instance
    whole = isinstance(value, float) and value.is_integer()
    return context.older and whole and error.validator == "type"


def _discriminator(error: Any, context: Context) -> bool:
    said = ("discriminating property", "could not be resolved")
    chosen = error.validator in ("oneOf", "anyOf")
    return chosen and any(words in error.message for words in said)


def _write_only_sent(error: Any, context: Context) -> bool:
    return bool(error.validator == "writeOnly")


def _write_only_required(error: Any, context: Context) -> bool:
    if context.older or error.validator != "required":
        return False
    properties = error.schema.get("properties") or {}
    hidden = [name for name, node in properties.items() if _is_write_only(node)]
    return any(error.message.startswith(f"'{name}' is a required") for name in hidden)


def _is_write_only(node: Any) -> bool:
    return isinstance(node, dict) and node.get("writeOnly") is True


def _property_of_unicode(error: Any, context: Context) -> bool:
    pattern = error.validator_value
    return error.validator == "pattern" and isinstance(pattern, str) and "\\p{" in pattern.lower()


KNOWN: dict[str, Known] = {
    "null-under-nullable": Known(
        says="null is refused under nullable beside $ref, allOf, anyOf, oneOf or enum",
        applies=_null_refused,
    ),
    "whole-float": Known(
        says="1.0 is refused as an integer in OpenAPI 3.0; JSON does not tell it from 1",
        applies=_whole_float,
    ),
    "property-of-unicode": Known(
        says=r"\p{L} in a pattern is read as the letter p: not every engine knows properties",
        applies=_property_of_unicode,
    ),
    "discriminator": Known(
        says="a discriminator decides what is valid; it is a hint (OpenAPI 3.1.1, 4.8.25)",
        applies=_discriminator,
    ),
    "write-only-sent": Known(
        says="a writeOnly member in an answer is refused; it only should not be there",
        applies=_write_only_sent,
    ),
    "write-only-required": Known(
        says="a writeOnly member is required of an answer in OpenAPI 3.1",
        applies=_write_only_required,
    ),
}


def second_opinion(
    contract: Contract, operation: Operation, request: Request, response: Response
) -> Opinion:
    """
    Ask openapi-core whether an answer is what the document says.

    Args:
        request: The one that was answered. Answers to HEAD are not its subject.
    """
    if request.method == "HEAD":
        return Opinion(agrees=None, says="openapi-core expects content in answers to HEAD")
    if operation.kind != "operation":
        return Opinion(agrees=None, says=f"openapi-core was not asked about a {operation.kind}")
    try:
        errors = errors_of(contract.document, operation, response)
    except Exception as error:  # noqa: BLE001  (whatever another implementation stumbles over)
        return Opinion(agrees=None, says=f"openapi-core gave up: {_line(error)}")
    if not errors:
        return Opinion(agrees=False, says="openapi-core accepts the answer")
    ours = judge_response(operation, response).violations
    return _weigh(
        errors,
        Context(
            older=contract.document.dialect in ("2.0", "3.0"),
            ours=frozenset(violation.path for violation in ours),
        ),
    )


def _weigh(errors: list[Exception], context: Context) -> Opinion:
    excuses: dict[str, None] = {}
    for error in errors:
        inner = getattr(error.__cause__, "schema_errors", ())
        found = [_excuse(part, context) for part in inner]
        if not found or "" in found:
            return Opinion(agrees=True, says=f"openapi-core: {_told(error, inner, found)}")
        excuses.update(dict.fromkeys(found))
    known = "; ".join(KNOWN[name].says for name in excuses)
    return Opinion(agrees=None, says=f"openapi-core is known to be wrong here: {known}")


def _excuse(error: Any, context: Context, depth: int = 0) -> str:
    """The name of the known error that explains one of its errors; empty where none does."""
    for name, known in KNOWN.items():
        if known.applies(error, context):
            return name
    if error.validator not in ("anyOf", "oneOf", "allOf") or depth > 8:
        return ""
    branches: dict[Any, list[str]] = {}
    for part in error.context or ():
        branch = part.schema_path[0] if part.schema_path else None
        branches.setdefault(branch, []).append(_excuse(part, context, depth + 1))
    return next((names[0] for names in branches.values() if names and all(names)), "")


def _told(error: Exception, inner: Any, found: list[str]) -> str:
    for part, excuse in zip(inner, found, strict=True):
        if not excuse:
            where = pointer(list(part.absolute_path)) or "the body"
            return _cut(f"{where}: {part.message}")
    return _line(error)


def _line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return _cut(f"{type(error).__name__}: {text[0] if text else ''}")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1]}…"
