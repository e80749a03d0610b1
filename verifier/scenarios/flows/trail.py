"""What happened so far: the beats of the story, and the numbers of the evidence."""

from __future__ import annotations

from msgspec import Struct, field

from verifier.model import Beat, Delivery, Exchange, Story
from verifier.scenarios.description import Description, Workflow
from verifier.scenarios.flows.act import Act

__all__ = ["Trail"]

MOST_BEATS = 200
MOST_EVIDENCE = 10


class Trail(Struct):
    """Written down while a workflow is played."""

    beats: list[Beat] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    steps: int = 0
    cut: int = 0

    def note(self, act: Act, step: str, kind: str, says: str, *, at: str = "") -> None:
        """Something that was not sent: a jump, a wait, a visit."""
        self._add(Beat(step=step, kind=kind, says=says, depth=act.depth, place=act.place(at or "")))

    def sent(
        self,
        act: Act,
        step: str,
        kind: str,
        exchange: Exchange,
        *,
        at: str,
        held: bool | None = None,
        seen: tuple[str, ...] = (),
        more: str = "",
    ) -> None:
        """Something that was sent, with ``more`` to say about it, and what came back."""
        self.evidence.append(exchange.id)
        request = exchange.request
        self._add(
            Beat(
                step=step,
                kind=kind,
                says=f"{request.method} {request.target}{f' ({more})' if more else ''}",
                actor=_actor(exchange),
                exchange=exchange.id,
                answer=str(exchange.status) if exchange.status else exchange.answer,
                held=held,
                seen=seen,
                depth=act.depth,
                place=act.place(at),
            )
        )

    def received(self, act: Act, step: str, delivery: Delivery, *, at: str, held: bool) -> None:
        """Something that the vendor brought to us."""
        self._add(
            Beat(
                step=step,
                kind="receive",
                says=f"{delivery.method} to our hook",
                exchange=delivery.id,
                answer=str(delivery.answered),
                held=held,
                depth=act.depth,
                place=act.place(at),
            )
        )

    def leading_to(self, *ids: str) -> tuple[str, ...]:
        """Evidence for something: these exchanges first, then the ones before them."""
        before = [id for id in reversed(self.evidence) if id not in ids]
        return (*ids, *reversed(before[: MOST_EVIDENCE - len(ids)]))

    def story(self, description: Description, workflow: Workflow, row: str) -> Story:
        """All of it, for the report."""
        return Story(
            title=workflow.summary or workflow.id,
            place=str(description.place(workflow.at)),
            row=row,
            tags=workflow.extension.tags,
            beats=tuple(self.beats),
            cut=self.cut,
        )

    def _add(self, beat: Beat) -> None:
        if len(self.beats) < MOST_BEATS:
            self.beats.append(beat)
        else:
            self.cut += 1


def _actor(exchange: Exchange) -> str:
    identity = exchange.request.identity
    if identity.form.value == "intact":
        return identity.principal
    return (
        "" if identity.form.value == "absent" else f"{identity.principal} ({identity.form.value})"
    )
