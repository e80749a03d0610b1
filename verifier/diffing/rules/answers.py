"""What the vendor answers: statuses, headers, formats, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.media import covered, match
from verifier.diffing.pairs import OperationPair
from verifier.diffing.shifts import Descent, Movement, Shift, family
from verifier.model import Impact, Operation, ResponseSpec, Side

__all__ = ["answers"]

BODILESS = ("202", "204", "205")


@family("operation")
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
    success = old.status.startswith("2")
    # What is not success was never to be relied on; to lose the catch-all leaves errors untold.
    usual = Impact.WARNING if old.status == "default" else Impact.INFO
    return pair.shift(
        "success-removed" if success else "removed",
        Movement.OTHER,
        f"The answer {old.status} is no longer documented.",
        side=Side.RESPONSE,
        old=old.at,
        words=old.status,
        impact=Impact.BREAKING if success else usual,
    )


def _added(pair: OperationPair, new: ResponseSpec) -> Shift:
    # Clients that parse every success stumble over one without a body.
    bare = new.status in BODILESS and bool(pair.old.responses)
    return pair.shift(
        "success-added" if new.status.startswith("2") else "added",
        Movement.WIDER,
        f"The answer {new.status} is newly documented.",
        side=Side.RESPONSE,
        new=new.at,
        words=new.status,
        impact=Impact.WARNING if bare else Impact.INFO,
    )


def _headers(pair: OperationPair, old: ResponseSpec, new: ResponseSpec) -> Iterator[Shift]:
    kept = {header.name.lower(): header for header in new.headers}
    for header in old.headers:
        found = kept.get(header.name.lower())
        if found is None:
            says = f"The header {header.name[:80]} is no longer sent with the answer {old.status}."
            # What was optional had to be done without anyhow.
            felt = Impact.BREAKING if header.required else Impact.WARNING
            rule, at = "header-removed", None
        elif header.required and not found.required:
            says = f"The header {header.name[:80]} may now be missing from the answer {old.status}."
            felt, rule, at = Impact.BREAKING, "header-optional", found.at
        else:
            continue
        yield pair.shift(
            rule,
            Movement.WIDER,
            says,
            side=Side.RESPONSE,
            old=header.at,
            new=at,
            words=f"{old.status} {header.name.lower()}",
            impact=felt,
        )


def _media(pair: OperationPair, old: ResponseSpec, new: ResponseSpec) -> Iterator[Shift | Descent]:
    for media in old.media:
        if not covered(media.type, new.media):
            yield pair.shift(
                "media-removed",
                Movement.OTHER,
                f"The answer {old.status} no longer comes as {media.type[:80]}.",
                side=Side.RESPONSE,
                old=media.at,
                words=f"{old.status} {media.type}",
                # A client may do without an error's body, not without a result.
                impact=None if old.status.startswith("2") else Impact.WARNING,
            )
    for media in new.media:
        if not covered(media.type, old.media):
            yield pair.shift(
                "media-added",
                Movement.WIDER,
                f"The answer {new.status} can now also come as {media.type[:80]}.",
                side=Side.RESPONSE,
                new=media.at,
                words=f"{new.status} {media.type}",
                # The client asks for the type that it can read (RFC 9110, 12.5.1).
                impact=Impact.INFO,
            )
    for before, after in match(old.media, new.media):
        if before.schema is not None and after.schema is not None:
            root = f"the answer {new.status}"
            yield pair.descend(before.schema, after.schema, Side.RESPONSE, root)
