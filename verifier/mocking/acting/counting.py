"""How many things there are, where an operation beside a list tells no more than that."""

from __future__ import annotations

from verifier.mocking.acting.listing import list_all
from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.english import singular, word_set, words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import types
from verifier.mocking.outcome import Counted
from verifier.mocking.practice import Practice

__all__ = ["count", "counted_in", "counts"]

COUNTS = word_set("count total")
ITSELF = ""


def counts(practice: Practice, kind: Kind) -> bool:
    """Whether an operation stands at ``/count`` beside a list, and answers with a number."""
    before, _, last = practice.operation.path.rstrip("/").rpartition("/")
    return (
        before == kind.resource.collection.rstrip("/")
        and last in COUNTS
        and counted_in(practice) is not None
    )


def counted_in(practice: Practice) -> str | None:
    """The member that tells the number: empty where it is the whole answer, None where none is."""
    schema = practice.media.schema if practice.media is not None else None
    if types(schema) == {"integer"}:
        return ITSELF
    known = schema.members() if schema is not None else {}
    kind = practice.kind.name if practice.kind is not None else ""
    own = COUNTS | {singular(word) for word in words(kind)}
    for name, member in known.items():
        *about, last = words(name) or ("",)
        if last in COUNTS and own.issuperset(map(singular, about)) and "integer" in types(member):
            return name
    return None


def count(shop: Shop, asked: Asked, kind: Kind) -> Counted:
    """As many as the list would tell of in all."""
    return Counted(number=list_all(shop, asked, kind).page.total)
