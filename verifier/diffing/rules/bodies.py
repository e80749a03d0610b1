"""What is sent as the body of a request."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.media import compared, covered, encodings
from verifier.diffing.pairs import OperationPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Body, Edit, Impact, Movement, Side

__all__ = ["bodies"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=Movement.INCOMPARABLE,
    says="A body is no longer described.",
)
ADDED_REQUIRED = Rule(
    name="added-required", edit=Edit.ADDED, moves=NARROWER, says="A new body must be sent."
)
ADDED = Rule(
    name="added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A body may now be sent.",
    response=Departure(Impact.INFO, "a receiver that expected no body skips it"),
)
REQUIRED = Rule(
    name="required", edit=Edit.CHANGED, moves=NARROWER, says="The body must now be sent."
)
OPTIONAL = Rule(
    name="optional", edit=Edit.CHANGED, moves=WIDER, says="The body may now be left out."
)
MEDIA_REMOVED = Rule(
    name="media-removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="Bodies of a content type are no longer taken.",
)
MEDIA_ADDED = Rule(
    name="media-added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="Bodies of a further content type are taken.",
)
ENCODING = Rule(
    name="encoding",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A part of a form is encoded in another way: content type, headers or style.",
)


@family("operation", area="body", reads=("requestBody",))
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
            REQUIRED if new.required else OPTIONAL,
            f"The request body {'must now' if new.required else 'need no longer'} be sent.",
            old=old.at,
            new=new.at,
        )
    yield from _media(pair, old, new)


def _media(pair: OperationPair, old: Body, new: Body) -> Iterator[Shift | Descent]:
    for media in old.media:
        if not covered(media.type, new.media):
            says = f"Request bodies of type {media.type[:80]} are no longer taken."
            yield pair.shift(MEDIA_REMOVED, says, old=media.at, new=new.at, words=media.type)
    for media in new.media:
        if not covered(media.type, old.media):
            says = f"Request bodies of type {media.type[:80]} are now taken."
            yield pair.shift(MEDIA_ADDED, says, old=old.at, new=media.at, words=media.type)
    yield from compared(pair, old.media, new.media, Side.REQUEST, "the request body")
    for part, before, after in encodings(old.media, new.media):
        says = f"The part '{part[:80]}' of the request body is encoded in another way than before."
        yield pair.shift(ENCODING, says, old=before, new=after, words=part)


def _came_or_went(pair: OperationPair, old: Body | None, new: Body | None) -> Shift:
    if new is None:
        says = "A request body is no longer described."
        return pair.shift(REMOVED, says, old=old.at if old else None, new=pair.new.at)
    if new.required:
        says = "A request body is new and must be sent."
        return pair.shift(ADDED_REQUIRED, says, old=pair.old.at, new=new.at)
    return pair.shift(ADDED, "A request body may now be sent.", old=pair.old.at, new=new.at)
