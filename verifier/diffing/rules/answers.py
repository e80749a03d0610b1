"""What the vendor answers: statuses, headers, formats, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.media import compared, covered, narrowed
from verifier.diffing.pairs import OperationPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Header, Impact, Movement, Operation, ResponseSpec, Side

__all__ = ["answers"]

BODILESS = ("202", "204", "205")
ENDS = ("deprecation", "sunset")  # RFC 9745, RFC 8594
WIDER, NARROWER, INCOMPARABLE = Movement.WIDER, Movement.NARROWER, Movement.INCOMPARABLE
SUCCESS_REMOVED = Rule(
    name="success-removed",
    edit=Edit.REMOVED,
    moves=INCOMPARABLE,
    says="A successful answer is no longer documented.",
)
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="An answer that is no success is no longer documented.",
)
CATCH_ALL_REMOVED = Rule(
    name="catch-all-removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="The answer for every other status is no longer documented.",
    response=Departure(Impact.WARNING, "errors that fell under it are not described any more"),
)
SUCCESS_ADDED = Rule(
    name="success-added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A successful answer is newly documented.",
    response=Departure(Impact.INFO, "clients take any 2xx for success (RFC 9110, 15)"),
)
BARE_ADDED = Rule(
    name="bodiless-added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A successful answer without a result is newly documented: 202, 204 or 205.",
    response=Departure(Impact.WARNING, "clients that parse every success stumble over it"),
)
ADDED = Rule(
    name="added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="An answer that is no success is newly documented.",
    response=Departure(Impact.INFO, "clients take any 4xx or 5xx for a failure (RFC 9110, 15)"),
)
HEADER_REMOVED = Rule(
    name="header-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A header that was always sent is gone from an answer.",
)
HEADER_REMOVED_OPTIONAL = Rule(
    name="header-removed-optional",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A header that could be sent is gone from an answer.",
    response=Departure(Impact.WARNING, "what could be missing had to be done without anyhow"),
)
HEADER_ADDED = Rule(
    name="header-added",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="A header is new in an answer.",
)
HEADER_OPTIONAL = Rule(
    name="header-optional",
    edit=Edit.CHANGED,
    moves=WIDER,
    says="A header may now be missing from an answer.",
)
HEADER_REQUIRED = Rule(
    name="header-required",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="A header is now always sent with an answer.",
)
MEDIA_REMOVED = Rule(
    name="media-removed",
    edit=Edit.REMOVED,
    moves=INCOMPARABLE,
    says="A successful answer no longer comes in a content type.",
)
ERROR_MEDIA_REMOVED = Rule(
    name="error-media-removed",
    edit=Edit.REMOVED,
    moves=INCOMPARABLE,
    says="A failure no longer comes in a content type.",
    response=Departure(Impact.WARNING, "a client may do without an error's body"),
)
MEDIA_ADDED = Rule(
    name="media-added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="An answer can now also come in another content type.",
    response=Departure(Impact.INFO, "clients ask for the type that they read (RFC 9110, 12.5.1)"),
)
BODY_REMOVED = Rule(
    name="body-removed",
    edit=Edit.REMOVED,
    moves=INCOMPARABLE,
    says="A successful answer no longer has a body.",
)
BODY_ADDED = Rule(
    name="body-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="An answer that had no body has one now.",
)

SHARED = "/components/headers/"


@family("operation", area="answer", reads=("responses",))
def answers(pair: OperationPair) -> Iterator[Shift | Descent]:
    """Statuses are compared by what they cover: ``4XX`` holds 404, ``default`` the rest."""
    for old in pair.old.responses:
        new = _covering(pair.new, old.status)
        if new is None:
            yield _removed(pair, old)
        else:
            yield from _headers(pair, old, new)
            yield from _media(pair, old, new)
    for new in pair.new.responses:
        if _covering(pair.old, new.status) is None:
            yield _added(pair, new)


def _covering(operation: Operation, status: str) -> ResponseSpec | None:
    wanted = (status.upper(), f"{status[:1]}XX", "DEFAULT")
    for name in wanted:
        for spec in operation.responses:
            if spec.status.upper() == name:
                return spec
    return None


def _removed(pair: OperationPair, old: ResponseSpec) -> Shift:
    rule = SUCCESS_REMOVED if old.status.startswith("2") else REMOVED
    if old.status == "default":
        rule = CATCH_ALL_REMOVED
    says = f"The answer {old.status} is no longer documented{_instead(pair, rule)}."
    return pair.shift(rule, says, side=Side.RESPONSE, old=old.at, new=pair.new.at, words=old.status)


def _instead(pair: OperationPair, rule: Rule) -> str:
    """Which success is documented where another one was."""
    fresh = [r.status for r in pair.new.responses if _covering(pair.old, r.status) is None]
    successes = [status[:20] for status in fresh if status.startswith("2")]
    return f"; {' and '.join(successes)} is" if rule is SUCCESS_REMOVED and successes else ""


def _added(pair: OperationPair, new: ResponseSpec) -> Shift:
    rule = SUCCESS_ADDED if new.status.startswith("2") else ADDED
    if new.status in BODILESS and pair.old.responses:
        rule = BARE_ADDED
    says = f"The answer {new.status} is newly documented."
    return pair.shift(rule, says, side=Side.RESPONSE, old=pair.old.at, new=new.at, words=new.status)


def _headers(
    pair: OperationPair, old: ResponseSpec, new: ResponseSpec
) -> Iterator[Shift | Descent]:
    kept = {header.name.lower(): header for header in new.headers}
    known = {header.name.lower() for header in old.headers}
    for header in old.headers:
        found = kept.get(header.name.lower())
        if found is None and header.name.lower() in ENDS:
            continue  # told as what it is, an end that is not announced
        if found is None:
            rule = HEADER_REMOVED if header.required else HEADER_REMOVED_OPTIONAL
            says = f"The header {header.name[:80]} is no longer sent with the answer {old.status}."
            yield _header(pair, rule, says, old, header, None)
            continue
        if header.required != found.required:
            yield _requirement(pair, old, header, found)
        if header.schema is not None or found.schema is not None:
            yield pair.descend(
                header.schema,
                found.schema,
                Side.RESPONSE,
                f"the header {found.name[:80]} of the answer {new.status}",
                at=(header.at, found.at),
                carrier="text",
            )
    for header in new.headers:
        if header.name.lower() not in known:
            says = f"The header {header.name[:80]} is new in the answer {new.status}."
            yield _header(pair, HEADER_ADDED, says, new, None, header)


def _requirement(pair: OperationPair, spec: ResponseSpec, old: Header, new: Header) -> Shift:
    rule = HEADER_REQUIRED if new.required else HEADER_OPTIONAL
    if SHARED in old.at.path and SHARED in new.at.path:
        # Said once for all the answers that name it.
        fate = "is now always sent" if new.required else "may now be missing"
        says = f"The header {new.name[:80]} {fate}."
        words = new.name.lower()
        return pair.shift(rule, says, side=Side.RESPONSE, old=old.at, new=new.at, words=words)
    fate = "is now always sent with" if new.required else "may now be missing from"
    says = f"The header {new.name[:80]} {fate} the answer {spec.status}."
    return _header(pair, rule, says, spec, old, new)


def _header(
    pair: OperationPair,
    rule: Rule,
    says: str,
    spec: ResponseSpec,
    old: Header | None,
    new: Header | None,
) -> Shift:
    name = (old or new or spec.headers[0]).name.lower()
    return pair.shift(
        rule,
        says,
        side=Side.RESPONSE,
        old=old.at if old else None,
        new=new.at if new else None,
        words=f"{spec.status} {name}",
    )


def _media(pair: OperationPair, old: ResponseSpec, new: ResponseSpec) -> Iterator[Shift | Descent]:
    if bool(old.media) != bool(new.media):
        yield from _body(pair, old, new)
        return
    for media in old.media:
        if not covered(media.type, new.media) and not narrowed(media.type, new.media):
            yield pair.shift(
                MEDIA_REMOVED if old.status.startswith("2") else ERROR_MEDIA_REMOVED,
                f"The answer {old.status} no longer comes as {media.type[:80]}.",
                side=Side.RESPONSE,
                old=media.at,
                new=new.at,
                words=f"{old.status} {media.type}",
            )
    for media in new.media:
        if not covered(media.type, old.media):
            yield pair.shift(
                MEDIA_ADDED,
                f"The answer {new.status} can now also come as {media.type[:80]}.",
                side=Side.RESPONSE,
                old=old.at,
                new=media.at,
                words=f"{new.status} {media.type}",
            )
    yield from compared(pair, old.media, new.media, Side.RESPONSE, f"the answer {new.status}")


def _body(pair: OperationPair, old: ResponseSpec, new: ResponseSpec) -> Iterator[Shift]:
    if new.media:
        says = f"The answer {new.status} has a body now; none was documented."
        rule = BODY_ADDED
    else:
        says = f"The answer {old.status} no longer has a body."
        rule = BODY_REMOVED if old.status.startswith("2") else ERROR_MEDIA_REMOVED
    yield pair.shift(rule, says, side=Side.RESPONSE, old=old.at, new=new.at, words=old.status)
