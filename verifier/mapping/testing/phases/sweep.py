"""The sweep: from one plain record, one field at a time, every value that ever went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from verifier.mapping.edges import Applied, Ground
from verifier.mapping.placing import exact
from verifier.mapping.testing.case import Case
from verifier.sampling import sampler
from verifier.validating import validator

__all__ = ["sweep"]

MOST_BOUNDARIES = 400


def sweep(ground: Ground, applied: Iterable[Applied], *, boundaries: bool = True) -> Iterator[Case]:
    """
    The plain record, each edge case's records, and the boundaries of the source's schema.

    It costs the least, and finds the most: a random record hardly ever has 51 letters.

    Args:
        boundaries: Whether the schema's boundaries are among them.
    """
    yield Case(record=ground.base, phase="sweep", says="a plain record")
    for one in applied:
        for shot in one.shots:
            yield Case(
                record=shot.record,
                phase="sweep",
                says=shot.says,
                edge=one.edge.number,
                path=shot.path,
                old=shot.old,
            )
    if boundaries:
        yield from _boundaries(ground)


def _boundaries(ground: Ground) -> Iterator[Case]:
    side = ground.mapping.source
    judge = validator(side.schema, side.direction)
    for change in islice(sampler(side.schema, side.direction).edges(ground.base), MOST_BOUNDARIES):
        record = exact(change.applied(ground.base))
        if judge.accepts(record):
            yield Case(record=ground.consistent(record), phase="sweep", says=change.words)
