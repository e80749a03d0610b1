"""From a run and its verdict to the view that all formats write down."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from msgspec import Struct

from verifier import dialects
from verifier.catalogue import Catalogue, catalogue
from verifier.model import (
    AccessMatrix,
    ChangeTimeline,
    Correspondence,
    Dialect,
    EdgeCases,
    Losses,
    Outcome,
    Picture,
    Question,
    RateStaircase,
    RetryTimeline,
    Run,
    Sighting,
    Since,
    Standing,
    Verdict,
    picture_in,
)
from verifier.phrasebook import accounted, spoken
from verifier.reporting import listing
from verifier.reporting.advice import next_command
from verifier.reporting.circumstances import facts
from verifier.reporting.coverage import by_operation, by_resource, supplies
from verifier.reporting.drawing import Figure
from verifier.reporting.endings import Listener, timeline
from verifier.reporting.findings import QUIET, entries
from verifier.reporting.leftovers import left, perhaps
from verifier.reporting.pictures import (
    access,
    calendar,
    correspondence,
    coverage,
    edges,
    latency,
    losses,
    retries,
    staircase,
    trend,
)
from verifier.reporting.proofs import Replay, prover
from verifier.reporting.view import Chapter, Entry, Matrix, Rule, Times, View

__all__ = ["PACKAGE", "compose"]

PACKAGE = "verifier.reporting"
MOST_FIGURES = 6
CLEANING = "clean-up"  # the purpose of what the driver sends to remove things
Samples = dict[str, list[float]]


def compose(
    run: Run,
    verdict: Verdict,
    *,
    past: Sequence[Standing] = (),
    known: Collection[str] = (),
    since: Since | None = None,
) -> View:
    """
    Everything that a report says about a run, in the language of its verdict.

    Args:
        past: How earlier runs of the vendor ended, the oldest first.
        known: Fingerprints of failures that are in a baseline.
        since: What changed from an earlier run.
    """
    say = catalogue(PACKAGE, verdict.language)
    run = spoken(run, verdict.language)
    outcomes = accounted(run, verdict.language)
    found = entries(run, outcomes)
    survey = _survey(run, say)
    times = latency.times_of(survey.samples)
    matrix = by_operation(run, outcomes)
    replay = Replay(run)
    standings = (*past, _standing(run, verdict, outcomes)) if past else ()
    return View(
        run=run,
        verdict=verdict,
        words=say,
        outcomes=outcomes,
        chapters=tuple(_chapters(run, verdict, outcomes, found, survey.heard, say)),
        by_operation=matrix,
        by_resource=by_resource(run, outcomes),
        supplies=tuple(supplies(run, outcomes)),
        times=times,
        facts=tuple(facts(run, say, cleaning=survey.cleaning)),
        left=tuple(left(run, replay)),
        perhaps=tuple(perhaps(run, say)),
        rows=survey.rows,
        proof=prover(run, replay, say),
        figures=_figures(matrix, survey.samples, times, standings, say),
        dialects=survey.dialects,
        past=tuple(past),
        known=frozenset(known),
        since=since,
        next_command=next_command(run),
    )


class _Survey(Struct, frozen=True):
    """What reading every exchange once gives."""

    samples: Samples
    heard: tuple[Sighting, ...]
    rows: tuple[listing.Row, ...]
    dialects: tuple[Dialect, ...]
    cleaning: int


def _survey(run: Run, say: Catalogue) -> _Survey:
    samples: Samples = defaultdict(list)
    heard: list[Sighting] = []
    listener, ears = Listener(), dialects.Listener(run.contract)
    rows = []
    cleaning = 0
    row = listing.reader(say)
    for number, id in enumerate(run.exchange_ids):
        exchange = run.exchange(id)
        cleaning += exchange.purpose == CLEANING
        if exchange.response is not None and exchange.request.operation:
            milliseconds = exchange.timing.total_seconds * 1000
            samples[exchange.request.operation].append(milliseconds)
            heard += listener.hear(exchange)
            ears.hear(exchange)
        if number < listing.MOST_LISTED:
            rows.append(row(exchange))
    return _Survey(samples, tuple(heard), tuple(rows), ears.dialects(run.deliveries), cleaning)


def _figures(
    matrix: Matrix,
    samples: Samples,
    times: Sequence[Times],
    standings: Sequence[Standing],
    say: Catalogue,
) -> dict[str, Figure]:
    made = {
        "coverage": coverage.draw(matrix, say),
        "distribution": latency.distribution(samples, times, say),
        "slowest": latency.slowest(times, say),
        "trend": trend.draw(standings, say),
    }
    return {name: figure for name, figure in made.items() if figure is not None}


def _chapters(
    run: Run,
    verdict: Verdict,
    outcomes: Iterable[Outcome],
    found: Sequence[Entry],
    heard: Iterable[Sighting],
    say: Catalogue,
) -> Iterator[Chapter]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        counts[outcome.check][outcome.status.value] += 1
        if outcome.story is not None:
            told[run.cards[outcome.check].question].append(outcome)
    for answer in verdict.answers:
        name = answer.question.value
        mine = [entry for entry in found if entry.question == name]
        cards = [card for card in run.cards.values() if card.question == name]
        figures = list(_pictures(run, mine, say))
        if answer.question is Question.CHANGE:
            figures[:0] = _endings(run, heard, say)
        yield Chapter(
            answer=answer,
            entries=tuple(entry for entry in mine if entry.level not in QUIET),
            notes=tuple(entry for entry in mine if entry.level in QUIET),
            rules=tuple(Rule(card.id, card.title, counts[card.id]) for card in cards),
            figures=tuple(figures[:MOST_FIGURES]),
            stories=tuple(told.get(name, ())),
            stated=tuple(s for s in verdict.stated if s.enquiry.question is answer.question),
        )


def _pictures(run: Run, found: Iterable[Entry], say: Catalogue) -> Iterator[Figure]:
    """What the checks of a question handed over to be drawn."""
    for entry in found:
        picture = picture_in(entry.detail)
        if picture is not None:
            figure = _drawn(picture, entry, run, say)
            if figure is not None:
                yield figure


def _drawn(picture: Picture, entry: Entry, run: Run, say: Catalogue) -> Figure | None:
    name, title = f"picture-{entry.fingerprint}", entry.says
    if isinstance(picture, ChangeTimeline):
        return calendar.draw(picture, _day(run), name, title, say)
    draw = DRAWN[type(picture)]
    return draw(picture, name, title, say)


DRAWN: Mapping[type, Callable[[Any, str, str, Catalogue], Figure | None]] = {
    AccessMatrix: access.draw,
    Correspondence: correspondence.draw,
    EdgeCases: edges.draw,
    Losses: losses.draw,
    RateStaircase: staircase.draw,
    RetryTimeline: retries.draw,
}


def _endings(run: Run, heard: Iterable[Sighting], say: Catalogue) -> list[Figure]:
    """What the document and the answers announce."""
    known = timeline(run.contract, heard, _day(run))
    figure = calendar.draw(known, _day(run), "endings", say("calendar.title"), say)
    return [] if figure is None else [figure]


def _day(run: Run) -> date:
    return datetime.fromtimestamp(run.facts.started, UTC).date()


def _standing(run: Run, verdict: Verdict, outcomes: Iterable[Outcome]) -> Standing:
    failed = {outcome.check for outcome in outcomes if outcome.status.value == "fail"}
    return Standing(
        run=run.facts.id,
        at=run.facts.started,
        letter=verdict.grade.letter,
        score=verdict.grade.score,
        failed=len(failed),
    )
