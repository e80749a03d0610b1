"""What a vendor says, held against what was seen: a claim is never proof."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec.structs import replace

from verifier import questionnaire
from verifier.catalogue import Catalogue
from verifier.judging.weighing import failures, is_tested, observed
from verifier.model import (
    Answer,
    Claim,
    Claims,
    Enquiry,
    Outcome,
    Stated,
    Status,
    fingerprint,
)

__all__ = ["settled", "stated"]

MOST_AGAINST = 5
MOST_ASKED = 6


def stated(
    outcomes: Sequence[Outcome], claims: Claims, today: datetime.date, language: str
) -> tuple[Stated, ...]:
    """Every enquiry of the questionnaire, with what was said and what was seen."""
    return tuple(
        _stated(enquiry, outcomes, claims.said.get(enquiry.id), today, language)
        for enquiry in questionnaire.enquiries().values()
    )


def _stated(
    enquiry: Enquiry,
    outcomes: Sequence[Outcome],
    claim: Claim | None,
    today: datetime.date,
    language: str,
) -> Stated:
    seen = [outcome for outcome in outcomes if _tests(enquiry, outcome)]
    against = [
        fingerprint(outcome.check, finding) for outcome in seen for finding in failures(outcome)
    ]
    over = claim is not None and not claim.holds(today)
    valid = None if over else claim
    return Stated(
        enquiry=enquiry,
        asks=questionnaire.asks(enquiry.id, language),
        standing=_standing(valid, bool(against), _held(seen)),
        claim=claim,
        over=over,
        against=tuple(dict.fromkeys(against))[:MOST_AGAINST],
    )


def _tests(enquiry: Enquiry, outcome: Outcome) -> bool:
    """Whether it was observed, and is about what the enquiry asks."""
    if not (is_tested(outcome) and observed(outcome)):
        return False
    return any(fnmatchcase(outcome.check, pattern) for pattern in enquiry.checks)


def _held(seen: Iterable[Outcome]) -> bool:
    """Whether something was seen to hold, and nothing to be in doubt."""
    statuses = {outcome.status for outcome in seen}
    return statuses == {Status.PASS}


def _standing(claim: Claim | None, against: bool, held: bool) -> str:
    good = claim is not None and claim.answer in ("yes", "partly")
    if against:
        return "contradicted" if good else "failed"
    if held and (good or claim is None):
        return "proven"
    return "unproven" if claim is None else "declared"


def settled(answer: Answer, told: Sequence[Stated], say: Catalogue) -> Answer:
    """
    The answer to a question after the vendor was heard.

    What the vendor claims and the evidence denies is *contradicted*. Where nothing was seen, its
    word stands as *declared*. What was seen is never mended by words.
    """
    mine = [one for one in told if one.enquiry.question is answer.question]
    against = [one for one in mine if one.standing == "contradicted"]
    if against:
        says = say("claim.contradicted", says=answer.says, asks=against[0].asks)
        return replace(answer, standing="contradicted", says=says)
    heard = [one for one in mine if one.claim and not one.over]
    if answer.answer != "unknown" or not heard:
        return answer
    yes, no, considered = _counted(mine)
    if not considered:
        return answer
    word = "no" if no == considered else "yes" if yes == considered else "partly"
    owed = [one.asks for one in mine if one.is_open]
    return replace(
        answer,
        answer=word,
        standing="declared",
        says=say("claim.declared", yes=yes, all=considered, n=len(owed)),
        ask=(*_blamed(heard), *owed)[:MOST_ASKED] or answer.ask,
    )


def _counted(mine: Iterable[Stated]) -> tuple[int, int, int]:
    """How many were answered with yes, with no, and how many there are that apply."""
    words = [one.claim.answer if one.claim and not one.over else "" for one in mine]
    applying = [word for word in words if word != "not-applicable"]
    return applying.count("yes"), applying.count("no"), len(applying)


def _blamed(heard: Iterable[Stated]) -> Iterator[str]:
    for one in heard:
        if one.claim and one.claim.answer in ("no", "partly"):
            yield one.asks
