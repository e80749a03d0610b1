"""What is done for an operation, in a sentence."""

from __future__ import annotations

from verifier.mocking.acting.moving import action_of, meant
from verifier.mocking.kinds import Kind
from verifier.mocking.practice import Practice, Practices
from verifier.validating import Direction, validator

__all__ = ["deed", "without_state"]

ACTIONS = {
    "count": "tells how many there are of '{kind}'",
    "flag": "switches something of one of '{kind}' on or off, or asks whether it is",
    "remove several": "removes those of '{kind}' that are named",
    "tell several": "tells those of '{kind}' that are named",
    "upsert": "makes or changes several of '{kind}'",
}
DEEDS = {
    "create": "makes one of '{kind}'",
    "list": "lists '{kind}'",
    "search": "searches '{kind}'",
    "read": "tells one of '{kind}'",
    "update": "changes the given members of one of '{kind}'",
    "replace": "replaces one of '{kind}'",
    "delete": "removes one of '{kind}'",
}


def without_state(practice: Practice, practices: Practices) -> str:
    """Why an operation has nothing to do with what is kept; empty where it has."""
    if practice.resource is None or not practice.role:
        return "it belongs to no resource that could be inferred from the paths"
    if practice.kind is None:
        return "its things are no objects: there is nothing to keep of them"
    if practice.role == "action" and action_of(practice, practices) == "tell":
        return f"what it tells is none of '{practice.kind.name}'"
    if practice.role in ("list", "search") and practice.media is None:
        return "the document shows no answer that could tell anything"
    if practice.role in ("list", "search", "read") and practice.media and practice.answer is None:
        return "where the things stand in its answer is not to be seen in the document"
    return ""


def deed(practice: Practice, practices: Practices, *, state: bool) -> str:
    """What is done, as far as the document shows it."""
    kind = practice.kind
    if not state or kind is None:
        return _example(practice)
    if practice.role == "action":
        return f"{_action(practice, practices, kind)} ({practice.status})"
    does = DEEDS[practice.role].format(kind=kind.name)
    if practice.body.many and practice.role == "create":
        does = f"makes one or several of '{kind.name}'"
    if practice.role == "read" and practice.media is None:
        does = f"tells by its status whether one of '{kind.name}' is there"
    elif practice.role == "read" and kind.single:
        does = f"tells the '{kind.name}' of its parent"
    return f"{does} ({practice.status})"


def _action(practice: Practice, practices: Practices, kind: Kind) -> str:
    does = action_of(practice, practices)
    if does in ACTIONS:
        return ACTIONS[does].format(kind=kind.name)
    for name, value in meant(practice.verb, kind).items():
        return f"sets '{name}' of one of '{kind.name}' to '{value}'"
    return f"writes the given members to one of '{kind.name}'"


def _example(practice: Practice) -> str:
    media = practice.media
    if practice.spec is None:
        return f"answers {practice.status}: the document tells of no success"
    if media is None:
        return f"answers {practice.status} without a body"
    judge = validator(media.schema, Direction.RESPONSE) if media.schema else None
    if any(judge is None or judge.accepts(example.value) for example in media.examples):
        return f"answers {practice.status} with the document's example"
    if media.schema is None:
        return f"answers {practice.status}: the document does not say with what"
    return f"answers {practice.status} with a value made of its schema"
