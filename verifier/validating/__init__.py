"""Values against schemas, answers and requests against operations, and a second opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.late import late
from verifier.validating.standalone import standalone

if TYPE_CHECKING:
    from verifier.validating.opinions import Opinion, second_opinion
    from verifier.validating.requests import judge_request
    from verifier.validating.responses import Reading, judge_response
    from verifier.validating.validators import Validator, validator
    from verifier.validating.violations import Direction, Violation

__all__ = [
    "Direction",
    "Opinion",
    "Reading",
    "Validator",
    "Violation",
    "judge_request",
    "judge_response",
    "second_opinion",
    "standalone",
    "validator",
]

__getattr__ = late(__name__)
