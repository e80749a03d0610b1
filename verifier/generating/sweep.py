"""The deterministic sweep: examples, edges one factor at a time, and one mistake at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from verifier.encoding.scalars import json_bytes
from verifier.generating.drawing import Drawing, Unmakable
from verifier.generating.labels import Label
from verifier.generating.parts import identity, location_of, values_in, with_values
from verifier.generating.trials import Trial, trials
from verifier.model import Case, Draft, Need, Validity
from verifier.sampling import GONE, by_turns

__all__ = ["sweep"]

TORN = b'{"torn": '
WRONG_MEDIA = "application/x-verifier"
# Far from the numbers of samples, so that no two requests of a run are the same.
FIRST_SERIAL = 100_000
LABELS = {Label.VALID: Validity.VALID, Label.BROKEN: Validity.BROKEN}


def sweep(drawing: Drawing, others: Iterable[Drawing] = ()) -> Iterator[Case]:
    """
    Every case of the sweep, the most telling first; valid and broken ones take turns.

    Args:
        others: The same operation with its other media types.

    Raises:
        Unmakable: Not even a plain case could be made.
    """
    made = _Sweep(drawing)
    yield from _interleaved(made.valid(others), made.broken())


def _interleaved(valid: Iterator[Case], broken: Iterator[Case]) -> Iterator[Case]:
    """A valid one, then a broken one, until both are spent."""
    sources = [valid, broken]
    while sources:
        for source in list(sources):
            case = next(source, None)
            if case is None:
                sources.remove(source)
            else:
                yield case


@dataclass(frozen=True, slots=True)
class _Special:
    """A request that is broken as a whole."""

    kind: str
    says: str
    draft: Draft


class _Sweep:
    """The sweep of one operation in one media type."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.labels = drawing.labels
        self.draft, self.needs = drawing.plain()
        _, self.bare_needs = drawing.bare()
        why = self.labels.refusal(self.draft)
        if why:
            raise drawing.unmakable_body(why)
        self.seen: set[bytes] = set()
        self.serial = FIRST_SERIAL

    def valid(self, others: Iterable[Drawing]) -> Iterator[Case]:
        yield self._case("plain", self._plain_words(), self.draft, self.needs)
        self.seen.add(identity(self.draft))
        if self.draft.has_body:
            yield from self._whole()
        yield from self._tried(broken=False)
        for other in others:
            yield from self._in_another_media(other)

    def broken(self) -> Iterator[Case]:
        yield from self._tried(broken=True)

    def _plain_words(self) -> str:
        made_up = self.drawing.made_up()
        names = ", ".join(f"'{name}'" for name in made_up)
        return f"a plain request, with {names} in the path made up" if names else "a plain request"

    def _whole(self) -> Iterator[Case]:
        """The examples of the document, and bodies with all or nothing that is optional."""
        drawing = self.drawing
        made = drawing.body_sampler
        for example in drawing.media.examples if drawing.media and made else ():
            says = f"the document's example '{example.name}'"
            value = made.shown(example.value) if made else example.value
            yield from self._of_body(f"example:{example.name}", says, value, phase="example")
        for way, says in (
            ("minimal", "only what is required"),
            ("full", "everything that is optional, too"),
        ):
            try:
                body = drawing.body(way)
            except Unmakable:
                continue
            yield from self._of_body(way, says, body)

    def _of_body(self, aspect: str, says: str, body: Any, phase: str = "sweep") -> Iterator[Case]:
        draft, more = self.drawing.bodied(self.draft, self._fresh(body))
        if self._is_new(identity(replace(draft, body=body))) and (
            self.labels.of(draft) is Label.VALID
        ):
            yield replace(self._case(aspect, says, draft, (*self.bare_needs, *more)), phase=phase)

    def _in_another_media(self, other: Drawing) -> Iterator[Case]:
        try:
            draft, needs = other.plain(self._next() if other.creates else 0)
        except Unmakable:
            return
        if other.media is not None and other.labels.of(draft) is Label.VALID:
            says = f"a body of the type {other.media.type}"
            yield self._case(f"media:{other.media.type}", says, draft, needs)

    def _tried(self, *, broken: bool) -> Iterator[Case]:
        wanted = Label.BROKEN if broken else Label.VALID
        every: list[Trial | _Special] = list(self._specials()) if broken else []
        every += trials(self.drawing, self.draft.body, broken=broken)
        if broken:
            every.sort(key=lambda one: isinstance(one, _Special) and one.kind != "malformed-json")
        for one in by_turns(every):
            if isinstance(one, _Special):
                case = self._special(one)
            elif one.parameter is None:
                case = self._body_trial(one, wanted)
            else:
                case = self._parameter_trial(one, wanted)
            if case is not None:
                yield case

    def _specials(self) -> Iterator[_Special]:
        draft, body = self.draft, self.drawing.operation.body
        if not draft.has_body:
            return
        if "json" in draft.media_type:
            torn = replace(draft, raw_body=TORN)
            yield _Special("malformed-json", "a body that is not JSON", torn)
        if body is not None and body.required:
            without = replace(draft, body=None, has_body=False, media_type="")
            yield _Special("missing-required", "no body", without)
        wrong = replace(draft, media_type=WRONG_MEDIA, raw_body=b"verifier")
        yield _Special("wrong-media-type", f"a body of the type {WRONG_MEDIA}", wrong)

    def _special(self, one: _Special) -> Case | None:
        if self.labels.of(one.draft) is not Label.BROKEN:
            return None
        made = self._case(f"{one.kind}:body", one.says, one.draft, self.bare_needs)
        return replace(made, validity=Validity.BROKEN)

    def _body_trial(self, trial: Trial, wanted: Label) -> Case | None:
        change = trial.change
        body = change.applied(trial.base)
        if not self._is_new(json_bytes([wanted.value, body])):
            return None
        if self.drawing.creates:
            body = change.applied(self._fresh(trial.base))
        needs: tuple[Need, ...]
        if wanted is Label.VALID:
            body, needs = self.drawing.filled(body)
            if any(self._touches(trial, need) for need in needs) and change.kind != "given":
                return None
        else:
            found = self.drawing.needs_in(body)
            needs = tuple(need for need in found if not self._touches(trial, need))
        draft = self.draft
        draft = Draft(
            path=draft.path,
            query=draft.query,
            headers=draft.headers,
            cookies=draft.cookies,
            body=body,
            has_body=True,
            media_type=draft.media_type,
        )
        if self._label(draft, trial, body) is not wanted:
            return None
        return self._trial_case(trial, draft, (*self.bare_needs, *needs), wanted)

    def _label(self, draft: Draft, trial: Trial, value: Any) -> Label:
        if self.labels.entangled:
            return self.labels.of(draft)
        if trial.parameter is None:
            return self.labels.of_body(value)
        if value is GONE:
            return Label.BROKEN
        return self.labels.of_parameter(trial.parameter, value)

    def _touches(self, trial: Trial, need: Need) -> bool:
        """Whether a change is about what a need asks for, or about what that stands in."""
        change = trial.change
        if change.kind == "extra-property":
            return False
        return f"{need.name}/".startswith(f"{change.pointer}/")

    def _parameter_trial(self, trial: Trial, wanted: Label) -> Case | None:
        parameter, change = trial.parameter, trial.change
        if parameter is None:
            return None
        gone = change.value is GONE and not change.pointer
        value = GONE if gone else change.applied(trial.base)
        location = location_of(parameter)
        held = {n: v for n, v in values_in(self.draft, location).items() if n != parameter.name}
        if value is not GONE:
            held[parameter.name] = value
            if not self._is_new(json_bytes([wanted.value, location, parameter.name, value])):
                return None
        draft, needs = with_values(self.draft, location, held), self.needs
        if self._label(draft, trial, value) is not wanted:
            return None
        need = self.drawing.need_of(parameter)
        if need is not None:
            needs = tuple(one for one in needs if one != need)
            needs += (need,) if wanted is Label.VALID else ()
        if self.drawing.creates and draft.has_body:
            draft = replace(draft, body=self._fresh(draft.body))
        return self._trial_case(trial, draft, needs, wanted)

    def _trial_case(
        self, trial: Trial, draft: Draft, needs: tuple[Need, ...], label: Label
    ) -> Case:
        return Case(
            operation=self.drawing.operation.key,
            draft=draft,
            validity=LABELS[label],
            says=trial.words,
            aspect=f"{trial.kind}:{trial.where}",
            needs=needs,
        )

    def _case(self, aspect: str, says: str, draft: Draft, needs: tuple[Need, ...]) -> Case:
        return Case(
            operation=self.drawing.operation.key,
            draft=draft,
            says=says,
            aspect=aspect,
            needs=needs,
        )

    def _fresh(self, body: Any) -> Any:
        return self.drawing.freshened(body, self._next()) if self.drawing.creates else body

    def _next(self) -> int:
        self.serial += 1
        return self.serial

    def _is_new(self, key: bytes) -> bool:
        if key in self.seen:
            return False
        self.seen.add(key)
        return True
