"""A letter for what was tested, and every reason why it is not a better one."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.judging.method import Ceiling, Method, method
from verifier.model import Cap, Grade, Outcome, Run, Severity, Status, fingerprint

__all__ = ["grade", "severity_of"]

WORTH = {Status.PASS: 1.0, Status.WARNING: 0.5, Status.REVIEW: 0.5, Status.FAIL: 0.0}
ORDER = "ABCDEF"


def grade(run: Run) -> Grade:
    """The grade of a run; NR where too few of the critical checks had evidence."""
    rules = method()
    score = _score(run, rules)
    coverage = _coverage(run)
    uncapped = rules.letter(score)
    caps = tuple(sorted(_caps(run, rules), key=lambda cap: cap.letter, reverse=True))
    lowest = max((cap.letter for cap in caps), default="A", key=ORDER.index)
    letter = max(uncapped, lowest, key=ORDER.index)
    if letter == "A" and score >= 99.5 and not _any(run, Status.WARNING, Status.FAIL):
        letter = uncapped = "A+"
    if coverage < rules.evidence_needed:
        letter = "NR"
    return Grade(
        letter=letter,
        score=round(score, 1),
        uncapped=uncapped,
        caps=caps,
        coverage=round(coverage, 3),
        method=rules.version,
    )


def severity_of(run: Run, outcome: Outcome) -> Severity:
    """How bad the outcome's check says that a failure is."""
    card = run.cards.get(outcome.check)
    return Severity(card.severity) if card else Severity.MINOR


def _score(run: Run, rules: Method) -> float:
    """The weighted share of passes; document and behaviour apart, each check as one."""
    shares: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    by_check: dict[str, list[Outcome]] = {}
    for outcome in run.outcomes:
        if outcome.status in WORTH:
            by_check.setdefault(outcome.check, []).append(outcome)
    for outcomes in by_check.values():
        weight = rules.weights[severity_of(run, outcomes[0])]
        worth = sum(WORTH[o.status] for o in outcomes) / len(outcomes)
        shares[any(o.requests or o.samples for o in outcomes)].append((weight, weight * worth))
    parts = [
        (part, 100 * sum(got for _, got in pairs) / sum(weight for weight, _ in pairs))
        for part, pairs in shares.items()
        if sum(weight for weight, _ in pairs)
    ]
    if len(parts) < 2:
        return parts[0][1] if parts else 0.0
    share = {True: rules.behaviour_share, False: 1 - rules.behaviour_share}
    return sum(share[part] * score for part, score in parts)


def _coverage(run: Run) -> float:
    """The share of critical checks that apply somewhere and had evidence somewhere."""
    critical = [o for o in run.outcomes if severity_of(run, o) >= Severity.MAJOR]
    applicable = {o.check for o in critical if o.status is not Status.NOT_APPLICABLE}
    tested = {o.check for o in critical if o.status in WORTH}
    return len(tested) / len(applicable) if applicable else 0.0


def _caps(run: Run, rules: Method) -> Iterable[Cap]:
    for ceiling in rules.ceilings:
        failed = [o for o in run.outcomes if o.check in ceiling.checks and o.status is Status.FAIL]
        if failed and _holds(run, ceiling, rules):
            first = failed[0]
            because = first.findings[0].says if first.findings else ceiling.because
            yield Cap(
                letter=ceiling.letter,
                because=f"{ceiling.because}: {because}",
                fingerprint=fingerprint(first.check, first.findings[0]) if first.findings else "",
            )


def _holds(run: Run, ceiling: Ceiling, rules: Method) -> bool:
    if not ceiling.share:
        return True
    judged = [o for o in run.outcomes if o.check in ceiling.checks and o.status in WORTH]
    failed = [o for o in judged if o.status is Status.FAIL]
    return len(failed) > rules.contradictions_allowed * len(judged)


def _any(run: Run, *statuses: Status) -> bool:
    return any(outcome.status in statuses for outcome in run.outcomes)
