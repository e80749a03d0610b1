"""
What errors look like: problem details (RFC 9457), or the vendor's own shape.

Looks at the JSON schemas of 4xx, 5xx and default answers, finds the members for code, message and
fields in the commonest, and whether all answers share it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from verifier.loading.tally import keys_of, share
from verifier.loading.view import ContractView, Piece, is_json, piece_of, word_list
from verifier.model import Convention, Media, Operation

__all__ = ["recognise"]

CODES = word_list(
    """
    code error_code errorcode errorkey type name reason error
    """
)
TEXTS = word_list(
    """
    message error_message errormessage detail error_description title description msg reason
    error errors
    """
)
FIELDS = word_list(
    """
    errors fields details invalid_params field_errors validation_errors invalidfields param
    parameter field issues
    """
)
WRAPPERS = ("error", "errors", "fault", "exception", "result")
PROBLEM = frozenset(("type", "title", "status", "detail"))


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention: the shape that most errors have."""
    shapes: dict[frozenset[str], list[tuple[Operation, Media]]] = defaultdict(list)
    for operation, media in _documented(view):
        if media.schema is not None:
            shapes[frozenset(view.members(piece_of(media.schema)))].append((operation, media))
    shapes.pop(frozenset(), None)
    if shapes:
        members = max(shapes, key=lambda shape: len(shapes[shape]))
        yield _convention(view, members, shapes)


def _documented(view: ContractView) -> Iterator[tuple[Operation, Media]]:
    for operation in view.operations:
        for spec in operation.responses:
            if spec.status.startswith(("4", "5", "d")):
                yield from ((operation, media) for media in spec.media if is_json(media.type))


def _convention(
    view: ContractView,
    members: frozenset[str],
    shapes: Mapping[frozenset[str], list[tuple[Operation, Media]]],
) -> Convention:
    shown = shapes[members]
    every = sum(len(found) for found in shapes.values())
    media = shown[0][1]
    problem = "problem+json" in media.type.lower() or len(PROBLEM & members) >= 3
    schema = media.schema
    target = schema.resolved().at if schema is not None else media.at
    detail = {
        **_places(view, piece_of(schema) if schema is not None else None),
        "media_type": media.type,
        "schema": str(target),
        "shapes": len(shapes),
        "consistent": len(shapes) == 1,
    }
    agree = share(len(shown), every)
    return Convention(
        kind="errors",
        style="problem-details" if problem else "own",
        operations=keys_of(operation for operation, _ in shown),
        detail=detail,
        confidence=round(0.5 + agree / 2, 2),
        reason=f"{len(shown)} of {every} documented errors have this shape"
        + (f", the others {len(shapes) - 1} more" if len(shapes) > 1 else ""),
    )


def _places(view: ContractView, piece: Piece | None) -> dict[str, str]:
    """Where code, message and fields stand, as paths of member names."""
    members = view.members(piece)
    prefix = ""
    for name, inner in members.items():
        if name.lower() in WRAPPERS:
            deeper = view.members(inner) or view.members(view.items(inner))
            if deeper:
                prefix, members = f"{name}/", deeper
                break
    plain = {name.lower(): name for name in members}
    found = {
        role: next((prefix + plain[known] for known in names if known in plain), "")
        for role, names in (("code", CODES), ("message", TEXTS), ("fields", FIELDS))
    }
    return {role: at for role, at in found.items() if at}
