"""Does a document obey the OpenAPI version that it declares? Judged without a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.model import Document, Pointer, UnresolvedReference

__all__ = ["DocumentError", "document_errors"]

FILES = "x-verifier-files"
MOST_ERRORS = 500


class DocumentError(Struct, frozen=True, kw_only=True):
    """One rule of the specification that a document breaks."""

    says: str
    at: Pointer


def document_errors(document: Document) -> Iterator[DocumentError]:
    """
    Every rule that a document breaks, as openapi-spec-validator words it.

    A Swagger 2 document is judged in its converted form. References to other files are folded into
    one document first, so that the validator has nothing left to fetch: it would follow addresses.
    """
    from openapi_spec_validator_rs import validators as rs  # start-up time

    classes = {
        "3.1": rs.OpenAPIV31SpecValidator,
        "3.2": rs.OpenAPIV32SpecValidator,
    }
    validator = classes.get(document.dialect, rs.OpenAPIV30SpecValidator)
    seen: set[tuple[str, Pointer]] = set()
    try:
        for error in validator(_folded(document)).iter_errors():
            found = DocumentError(says=_sentence(error), at=_where(error))
            if (found.says, found.at) not in seen and len(seen) < MOST_ERRORS:
                seen.add((found.says, found.at))
                yield found
    except rs_errors() as error:
        yield DocumentError(says=f"cannot be judged to its end: {_given_up(error)}", at=Pointer())


def rs_errors() -> tuple[type[Exception], ...]:
    """What the validator raises where it gives up."""
    from openapi_spec_validator_rs import OpenAPISpecValidatorError  # start-up time

    return (OpenAPISpecValidatorError, RecursionError, ValueError)


def _given_up(error: Exception) -> str:
    """Why the validator gave up, in words."""
    if isinstance(error, RecursionError) or "recursion" in str(error):
        return "its references go round in a circle"
    return _short(str(error)) or "a part of it is of a type that the format does not know there"


def _sentence(error: Any) -> str:
    says = str(getattr(error, "message", error)).partition("\n")[0]
    # What is quoted is the value, which may be the whole document.
    quoted, rule, _ = says.rpartition(" is not valid under any of the given schemas")
    if rule and quoted.startswith(("{", "[")):
        return "it has none of the shapes that are allowed here"
    return _short(says)


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:280]}… ({len(text)} characters)"


def _where(error: Any) -> Pointer:
    path = list(getattr(error, "absolute_path", None) or getattr(error, "path", None) or ())
    at = Pointer()
    if len(path) > 1 and path[0] == FILES:
        at, path = Pointer(str(path[1])), path[2:]
    for token in path:
        at = at / token
    return at


def _folded(document: Document) -> Any:
    """The document with every further file inside it; itself where it has none."""
    if not _leaves(document.root):
        return document.root
    files: dict[str, Any] = {}
    root = _rewritten(document, document.root, "", files)
    return {**root, FILES: files}


def _leaves(value: Any) -> bool:
    """Whether any reference leads out of the file."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and not reference.startswith("#"):
                return True
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return False


def _rewritten(document: Document, value: Any, file: str, files: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_rewritten(document, item, file, files) for item in value]
    if not isinstance(value, Mapping):
        return value
    reference = value.get("$ref")
    if isinstance(reference, str):
        return {**value, "$ref": _inside(document, reference, file, files)}
    return {k: _rewritten(document, v, file, files) for k, v in value.items()}


def _inside(document: Document, reference: str, file: str, files: dict[str, Any]) -> str:
    try:
        target = document.target(reference, Pointer(file))
        if target.file and target.file not in files:
            files[target.file] = {}
            root = document.read(target.file)
            files[target.file] = _rewritten(document, root, target.file, files)
        document.at(target)
    except (UnresolvedReference, RecursionError):
        files.setdefault("unreachable", {})
        return f"#/{FILES}/unreachable"
    return f"#{(Pointer() / FILES / target.file).path if target.file else ''}{target.path}"
