"""The verdict in a screenful."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Answer, Level, Run, Verdict
from verifier.reporting.compose import compose
from verifier.reporting.view import View
from verifier.reporting.words import SHAPES

__all__ = ["lines", "show"]

MOST_FINDINGS = 8
MOST_SUPPLIES = 4


def show(run: Run, verdict: Verdict) -> None:
    """Print the summary to standard output; coloured where that is a terminal."""
    from rich.console import Console  # start-up time

    console = Console(highlight=False, soft_wrap=True)
    for line in lines(compose(run, verdict)):
        console.print(line, markup=False)


def lines(view: View) -> Iterator[str]:
    """The summary, line by line."""
    verdict, grade = view.verdict, view.verdict.grade
    yield ""
    yield f"{view.run.facts.title}: {verdict.ruling.value}. Grade {grade.letter}."
    yield verdict.says
    for cap in grade.caps if grade.letter != "NR" else ():
        yield f"  held at {cap.letter}: {cap.because}"
    if verdict.conditions:
        yield ""
        for number, condition in enumerate(verdict.conditions, 1):
            yield f"  {number}. {_plain(condition.says)}"
    yield ""
    for answer in verdict.answers:
        yield _answer(answer)
    yield from _findings(view)
    yield from _supplies(view)
    yield ""


def _answer(answer: Answer) -> str:
    shape = SHAPES.get(answer.answer, " ")
    counts = ", ".join(f"{count} {word}" for word, count in answer.counts.items())
    return (
        f"  {shape} {answer.question.value:<12} {answer.answer:<8} {answer.standing:<10} {counts}"
    )


def _findings(view: View) -> Iterator[str]:
    failed = [entry for entry in view.entries if entry.level == Level.FAIL.value]
    if not failed:
        return
    yield f"\n{len(failed)} findings that fail, the worst first:"
    for entry in sorted(failed, key=lambda e: ORDER.index(e.severity))[:MOST_FINDINGS]:
        evidence = f" [{entry.finding.evidence[0]}]" if entry.finding.evidence else ""
        where = f" {entry.finding.operation}" if entry.finding.operation else ""
        more = f" and {len(entry.also)} more" if entry.also else ""
        yield f"  {SHAPES['fail']} {entry.check}{where}{more}{evidence}"
        yield f"      {_plain(entry.finding.says)}"


ORDER = ("blocker", "major", "minor", "note")


def _supplies(view: View) -> Iterator[str]:
    useful = [supply for supply in view.supplies if supply.what]
    if not useful:
        return
    yield "\nTo test more:"
    for supply in useful[:MOST_SUPPLIES]:
        yield f"  give {supply.what}: {supply.count} more outcomes"


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
