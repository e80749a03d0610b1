"""The deterministic sweep: examples, edges one factor at a time, and one mistake at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from verifier.encoding.scalars import json_bytes
from verifier.generating.drawing import Drawing
from verifier.generating.labels import Label
from verifier.generating.parts import identity, location_of, values_in, with_body, with_values
from verifier.generating.trials import Trial, trials
from verifier.generating.wholes import Whole, broken_wholes, valid_wholes
from verifier.model import Case, Draft, Need, Validity
from verifier.sampling import GONE, Change, by_turns
from verifier.sampling.places import placed

__all__ = ["sweep"]

# Far from the numbers of samples, so that no two requests of a run are the same.
FIRST_SERIAL = 100_000


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
        self.seen: set[bytes] = {identity(self.draft)}
        self.added: dict[str, bool] = {}
        self.serial = FIRST_SERIAL

    def valid(self, others: Iterable[Drawing]) -> Iterator[Case]:
        names = ", ".join(f"'{name}'" for name in self.drawing.made_up())
        says = f"a plain request, with {names} in the path made up" if names else "a plain request"
        yield self._case(Label.VALID, "plain", says, self.draft, self.needs)
        every: list[Trial | Whole] = list(valid_wholes(self.drawing, others))
        every += trials(self.drawing, self.draft.body, broken=False)
        yield from self._tried(every, Label.VALID)

    def broken(self) -> Iterator[Case]:
        wholes = list(broken_wholes(self.drawing, self.draft))
        every: list[Trial | Whole] = [*wholes[:1]]
        every += trials(self.drawing, self.draft.body, broken=True)
        every += wholes[1:]
        yield from self._tried(every, Label.BROKEN)

    def _tried(self, every: Iterable[Trial | Whole], wanted: Label) -> Iterator[Case]:
        for one in by_turns(every):
            if isinstance(one, Whole):
                case = self._whole(one, wanted)
            elif one.parameter is None:
                case = self._body_trial(one, wanted)
            else:
                case = self._parameter_trial(one, wanted)
            if case is not None:
                yield case

    def _whole(self, one: Whole, wanted: Label) -> Case | None:
        draft, labels = one.draft, one.drawing.labels
        if not self._is_new(identity(draft)):
            return None
        # Valid ones differ from the plain one by their bodies, broken ones by what is around them.
        valid = wanted is Label.VALID
        if (labels.of_body(draft.body) if valid else labels.of(draft)) is not wanted:
            return None
        if valid:
            draft = with_body(draft, self._fresh(one.drawing, draft.body))
        made = self._case(wanted, one.aspect, one.says, draft, one.needs)
        return replace(made, phase="example") if one.kind == "example" else made

    def _body_trial(self, trial: Trial, wanted: Label) -> Case | None:
        change = trial.change
        body = change.applied(trial.base)
        if not self._stands(change) or not self._is_new(json_bytes([wanted.value, body])):
            return None
        if self.drawing.creates:
            body = change.applied(self._fresh(self.drawing, trial.base))
        needs: tuple[Need, ...]
        if wanted is Label.VALID:
            body, needs = self.drawing.filled(body)
            if not self._is_free(trial, needs):
                return None
        else:
            needs = tuple(n for n in self.drawing.needs_in(body) if not _touches(trial, n))
        draft = with_body(self.draft, body)
        if self._label(draft, trial, body) is not wanted:
            return None
        return self._trial_case(trial, draft, (*self.bare_needs, *needs), wanted)

    def _stands(self, change: Change) -> bool:
        """Whether what is added before something is changed inside it is valid by itself."""
        if change.under is None:
            return True
        pointer, value = change.under
        if pointer not in self.added:
            body = placed(self.draft.body, pointer, value)
            self.added[pointer] = self.labels.of_body(body) is Label.VALID
        return self.added[pointer]

    def _is_free(self, trial: Trial, needs: tuple[Need, ...]) -> bool:
        """Whether a change puts nothing where only an existing id can stand."""
        kind = trial.kind
        if any(_touches(trial, need) for need in needs):
            return kind == "given"
        return kind == "left-out" or not self.drawing.is_opaque(trial.change.pointer)

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
            draft = with_body(draft, self._fresh(self.drawing, draft.body))
        return self._trial_case(trial, draft, needs, wanted)

    def _label(self, draft: Draft, trial: Trial, value: Any) -> Label:
        """By the part that was changed alone, where no other part can be read as one with it."""
        if self.labels.entangled:
            return self.labels.of(draft)
        if trial.parameter is None:
            return self.labels.of_body(value)
        if value is GONE:
            return Label.BROKEN
        return self.labels.of_parameter(trial.parameter, value)

    def _trial_case(
        self, trial: Trial, draft: Draft, needs: tuple[Need, ...], label: Label
    ) -> Case:
        return self._case(label, f"{trial.kind}:{trial.where}", trial.words, draft, needs)

    def _case(
        self, label: Label, aspect: str, says: str, draft: Draft, needs: tuple[Need, ...]
    ) -> Case:
        return Case(
            operation=self.drawing.operation.key,
            draft=draft,
            validity=Validity.VALID if label is Label.VALID else Validity.BROKEN,
            says=says,
            aspect=aspect,
            needs=needs,
        )

    def _fresh(self, drawing: Drawing, body: Any) -> Any:
        if not drawing.creates:
            return body
        self.serial += 1
        return drawing.freshened(body, self.serial)

    def _is_new(self, key: bytes) -> bool:
        if key in self.seen:
            return False
        self.seen.add(key)
        return True


def _touches(trial: Trial, need: Need) -> bool:
    """Whether a change is about what a need asks for, or about what that stands in."""
    change = trial.change
    if change.kind == "extra-property":
        return False
    return f"{need.name}/".startswith(f"{change.pointer}/")
