"""What is sent as the body of a request."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.media import covered, match
from verifier.diffing.pairs import OperationPair
from verifier.diffing.shifts import Descent, Movement, Shift, family
from verifier.model import Body, Side

__all__ = ["bodies"]


@family("operation")
def bodies(pair: OperationPair) -> Iterator[Shift | Descent]:
    """Whether one is taken, whether it must be sent, in which formats, and what it holds."""
    old, new = pair.old.body, pair.new.body
    if old is None and new is None:
        return
    if old is None or new is None:
        yield _came_or_went(pair, old, new)
        return
    if old.required != new.required:
        yield pair.shift(
            "required" if new.required else "optional",
            Movement.NARROWER if new.required else Movement.WIDER,
            f"The request body {'must now' if new.required else 'need no longer'} be sent.",
            old=old.at,
            new=new.at,
        )
    for media in old.media:
        if not covered(media.type, new.media):
            says = f"Request bodies of type {media.type[:80]} are no longer taken."
            yield pair.shift(
                "media-removed", Movement.NARROWER, says, old=media.at, words=media.type
            )
    for media in new.media:
        if not covered(media.type, old.media):
            says = f"Request bodies of type {media.type[:80]} are now taken."
            yield pair.shift("media-added", Movement.WIDER, says, new=media.at, words=media.type)
    for before, after in match(old.media, new.media):
        if before.schema is not None and after.schema is not None:
            root = "the request body"
            yield pair.descend(before.schema, after.schema, Side.REQUEST, root)


def _came_or_went(pair: OperationPair, old: Body | None, new: Body | None) -> Shift:
    if new is None:
        says = "A request body is no longer described."
        at = old.at if old else None
        return pair.shift("removed", Movement.NARROWER, says, old=at)
    if new.required:
        says = "A request body is new and must be sent."
        return pair.shift("added-required", Movement.NARROWER, says, new=new.at)
    return pair.shift("added", Movement.WIDER, "A request body may now be sent.", new=new.at)
