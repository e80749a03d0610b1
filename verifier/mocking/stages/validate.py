"""Whether a request is what the document asks for."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.english import word_set, words
from verifier.mocking.hooks import Hooks
from verifier.mocking.otherwise import OTHERWISE
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Operation
from verifier.validating import Violation, judge_request

__all__ = ["Validate"]


CREDENTIALS = word_set("token accesstoken authtoken authorization apikey apitoken")


class Validate:
    """Lets valid requests pass, and says 400 or 422 to the others."""

    def __init__(self, hooks: Hooks, *, any_form: bool = False) -> None:
        self._hooks = hooks
        self._any_form = any_form

    def __call__(self, turn: Turn) -> None:
        """Judge the parameters and the body."""
        if turn.operation is None or turn.draft is None:
            return
        turn.violations = judge_request(turn.operation, turn.draft)
        if turn.violations and self._any_form:
            _forgive(turn, secured=turn.operation.secured)
        if not turn.violations:
            return
        if self._hooks.any("overlooks", turn.operation, turn.violations):
            return
        first = turn.violations[0]
        if _names_nothing(turn.operation, turn.violations):
            says = f"There is nothing of this name: {first.path.strip('/')} {first.says}."
            turn.decision = Refusal(
                status=404, code="not_found", says=says, violations=turn.violations
            )
            return
        turn.decision = Refusal(
            status=422 if first.part == "body" else 400,
            code="invalid",
            says=f"{first.part} {first.path or ''} {first.says}".replace("  ", " "),
            violations=turn.violations,
        )


def _forgive(turn: Turn, *, secured: bool) -> None:
    """Do not ask for a credential once more that was shown as the scheme says."""
    wrong = tuple(one for one in turn.violations if not _is_credential(one))
    if wrong != turn.violations and secured and turn.caller is not None:
        turn.violations, turn.undocumented = wrong, OTHERWISE
        turn.notes.append(OTHERWISE)


def _is_credential(violation: Violation) -> bool:
    """Whether what is missing is the credential once more, which was shown as the scheme says."""
    named = "".join(words(violation.member or violation.path))
    at_rest = violation.part in ("header", "query") and violation.keyword == "required"
    return at_rest and named in CREDENTIALS


def _names_nothing(operation: Operation, violations: Sequence[Violation]) -> bool:
    """Whether a path can be the name of nothing, where the document knows no other word for it."""
    if any(violation.part != "path" for violation in violations):
        return False
    said = [operation.response(status) for status in (400, 422)]
    return not any(said) and operation.response(404) is not None
