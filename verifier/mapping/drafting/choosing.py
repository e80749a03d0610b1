"""Which schemas of two documents are drafted for: those named, or the two that fit best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path as FilePath

from verifier.errors import ConfigError, nearest
from verifier.loading import Allowance, load
from verifier.mapping.drafting.pairing import pairs_of
from verifier.mapping.drafting.side import DraftSide, fields_below, leaf
from verifier.mapping.nouns import Path
from verifier.model import Contract, Pointer, Schema, UnresolvedReference

__all__ = ["chosen"]

COMPONENTS = "/components/schemas"
MOST_SCHEMAS = 30
MOST_TRIED = 24
FEWEST_FIELDS = 3


def chosen(
    one: str,
    other: str,
    *,
    beside: FilePath,
    allow: Allowance = Allowance(),  # noqa: B008  (frozen)
) -> tuple[DraftSide, DraftSide]:
    """
    Both sides of a draft.

    Args:
        one, other: Documents, each with the schema of its record or without:
            ``shop.yaml#/components/schemas/Order``, or ``shop.yaml#Order`` for short.
        beside: The folder in which the contract will lie.

    Raises:
        DocumentError: One cannot be read.
        ConfigError: It has no such schema, or none at all.
    """
    mine = list(_candidates(one, beside, allow))
    theirs = list(_candidates(other, beside, allow))
    if len(mine) == len(theirs) == 1:
        return mine[0], theirs[0]
    likely = sorted(product(mine, theirs), key=lambda pair: -_shared(*pair))[:MOST_TRIED]
    return max(likely, key=lambda pair: _fit(*pair))


def _candidates(text: str, beside: FilePath, allow: Allowance) -> Iterator[DraftSide]:
    where, _, pointer = text.partition("#")
    document = load(where, allow=allow)
    spec = where if "://" in where else _from(beside, FilePath(where))
    pointers = [_pointer(pointer)] if pointer else list(_largest(document))
    if not pointers:
        raise ConfigError(
            "the document names no schema with fields",
            where=where,
            mend="Name one by its JSON pointer: FILE#/paths/...",
        )
    for path in pointers:
        yield DraftSide(spec=spec, document=document, schema=_schema(document, path, where))


def _pointer(text: str) -> str:
    return text if text.startswith("/") else f"{COMPONENTS}/{text}"


def _from(folder: FilePath, file: FilePath) -> str:
    """The way from the contract's folder to a document."""
    import os

    return FilePath(os.path.relpath(file.resolve(), folder.resolve())).as_posix()


def _schema(document: Contract, pointer: str, where: str) -> Schema:
    at = Pointer("", pointer)
    try:
        node = document.document.at(at)
    except UnresolvedReference:
        known = list(_named(document))
        near = nearest(pointer.rpartition("/")[2], known)
        raise ConfigError(
            f"nothing stands at '#{pointer}'",
            where=where,
            mend=near or f"Schemas there: {', '.join(known[:12])}.",
        ) from None
    return Schema(document=document.document, node=node, at=at)


def _named(document: Contract) -> Mapping[str, object]:
    components = document.document.root.get("components")
    schemas = components.get("schemas") if isinstance(components, Mapping) else None
    return schemas if isinstance(schemas, Mapping) else {}


def _largest(document: Contract) -> Iterator[str]:
    """The schemas with the most properties: they are the records, as a rule."""
    sized = []
    for name, node in _named(document).items():
        properties = node.get("properties") if isinstance(node, Mapping) else None
        if isinstance(properties, Mapping) and len(properties) >= FEWEST_FIELDS:
            sized.append((len(properties), name))
    for _, name in sorted(sized, reverse=True)[:MOST_SCHEMAS]:
        yield f"{COMPONENTS}/{name}"


def _shared(source: DraftSide, target: DraftSide) -> float:
    """How many of the words of both records' fields are the same: cheap, and enough to sift."""
    ours, theirs = (
        {word for one in side.fields if leaf(one) for word in side.words(one.path)[0]}
        for side in (source, target)
    )
    return len(ours & theirs) / max(len(ours | theirs), 1)


def _fit(source: DraftSide, target: DraftSide) -> float:
    """How much of both finds a partner in the other."""
    pairs = list(pairs_of(source, target, Path(()), Path(())))
    fields = len(fields_below(source.fields, Path(()))) + len(fields_below(target.fields, Path(())))
    return 2 * sum(pair.score for pair in pairs) / max(fields, 1) * min(len(pairs), 8)
