"""The verdict in a screenful."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.catalogue import Catalogue, catalogue
from verifier.model import Answer, Condition, Grade, Level, Ruling, Run, Verdict
from verifier.phrasebook import accounted, spoken
from verifier.reporting.advice import hints, next_command
from verifier.reporting.compose import PACKAGE
from verifier.reporting.coverage import supplies
from verifier.reporting.findings import entries
from verifier.reporting.marks import SHAPES, shape_of
from verifier.reporting.text import flat
from verifier.reporting.view import answered

__all__ = ["show", "summary"]

MOST_FINDINGS = 8
MOST_SUPPLIES = 4
LONGEST_TEXT = 400
LONGEST_COMMAND = 2_000
COLOURS = {
    Ruling.READY: "green",
    Ruling.CONDITIONS: "yellow",
    Ruling.NOT_READY: "red",
    Ruling.UNKNOWN: "blue",
}
# What a reader acts on comes first.
ORDER = (
    *("fail", "errored", "warning", "review", "inconclusive", "waived"),
    *("pass", "not tested", "not applicable"),
)
WEIGHTS = ("blocker", "major", "minor", "note")


def show(run: Run, verdict: Verdict) -> None:
    """Print the summary to standard output; its first line coloured where that is a terminal."""
    from rich.console import Console  # start-up time

    console = Console(highlight=False, soft_wrap=True)
    head, _, rest = summary(run, verdict).strip("\n").partition("\n")
    console.print()
    console.print(head, markup=False, style=f"bold {COLOURS[verdict.ruling]}")
    console.print(rest, markup=False)
    console.print()


def summary(run: Run, verdict: Verdict) -> str:
    """The summary, in the language of the verdict."""
    return "\n".join(_lines(run, verdict)) + "\n"


def _lines(run: Run, verdict: Verdict) -> Iterator[str]:
    say, grade = catalogue(PACKAGE, verdict.language), verdict.grade
    run = spoken(run, verdict.language)
    ruling = say(f"ruling.{verdict.ruling.name.lower().replace('_', '-')}")
    letter = say("terminal.grade", letter=grade.letter)
    yield f"{_plain(run.facts.title)}: {ruling}. {letter}."
    yield _plain(verdict.says)
    yield from _grade(grade, say)
    for number, condition in enumerate(verdict.conditions, 1):
        yield from _condition(number, condition, say)
    yield ""
    for answer in verdict.answers:
        yield _answer(answer, say)
    yield from _findings(run, say)
    yield from _supplies(run, say)
    command = next_command(run)
    if command:
        yield f"\n{say('terminal.next')} {flat(command, LONGEST_COMMAND)}"
        yield from (f"  {_plain(hint)}" for hint in hints(run, say))


def _grade(grade: Grade, say: Catalogue) -> Iterator[str]:
    def figure(score: float | None) -> str:
        if score is None:
            return say("terminal.none")
        return say("terminal.of-hundred", score=say.number(score, 1))

    behaviour, document = figure(grade.score), figure(grade.document)
    yield "  " + say(
        "terminal.scores",
        behaviour=behaviour,
        document=document,
        tested=grade.tested,
        critical=grade.critical,
    )
    held = "grade.would-hold" if grade.letter == "NR" else "grade.held"
    for cap in grade.caps:
        yield "  " + _plain(say(held, letter=cap.letter, because=cap.because))
    if grade.caps and grade.letter not in ("NR", grade.uncapped):
        yield "  " + say("grade.uncapped", letter=grade.uncapped)
    if grade.unwaived:
        yield "  " + say("grade.unwaived", letter=grade.unwaived)


def _condition(number: int, condition: Condition, say: Catalogue) -> Iterator[str]:
    if number == 1:
        yield ""
    yield f"  {number}. {_plain(condition.sentence)}"
    if condition.ask:
        yield f"     {say('terminal.ask')}: {_plain(condition.ask)}"


def _answer(answer: Answer, say: Catalogue) -> str:
    ordered = sorted(answer.counts.items(), key=lambda held: ORDER.index(held[0]))
    counts = ", ".join(f"{n} {say(f'status.{word}')}" for word, n in ordered)
    word, standing = answered(answer, say), say(f"standing.{answer.standing}")
    name = say(f"short.{answer.question.value}")
    return f"  {shape_of(answer)} {name:<14} {word:<12} {standing:<11} {counts}".rstrip()


def _findings(run: Run, say: Catalogue) -> Iterator[str]:
    found = [entry for entry in entries(run, run.accounted) if entry.level == Level.FAIL.value]
    if not found:
        return
    yield f"\n{say('terminal.findings')}"
    for entry in sorted(found, key=lambda e: WEIGHTS.index(e.severity))[:MOST_FINDINGS]:
        evidence = f" [{entry.evidence[0]}]" if entry.evidence else ""
        operations = entry.operations
        where = f" {_plain(operations[0])}" if operations else ""
        more = f" {say('finding.places', n=len(operations) - 1)}" if len(operations) > 1 else ""
        yield f"  {SHAPES['fail']} {entry.check}{where}{more}{evidence}"
        yield f"      {_plain(entry.says)}"
    if len(found) > MOST_FINDINGS:
        yield f"  {say('terminal.more', n=len(found) - MOST_FINDINGS)}"


def _supplies(run: Run, say: Catalogue) -> Iterator[str]:
    useful = [supply for supply in supplies(run, accounted(run, say.language)) if supply.what]
    if not useful:
        return
    yield f"\n{say('terminal.supplies')}"
    for supply in useful[:MOST_SUPPLIES]:
        checks = say("missing.checks", n=len(supply.checks))
        yield "  " + say("terminal.supply", what=_plain(supply.what), checks=checks)


def _plain(text: str) -> str:
    return flat(text, LONGEST_TEXT)
