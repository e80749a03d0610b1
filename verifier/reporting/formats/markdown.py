"""A summary in Markdown: for a pull request, and as the summary of a step in GitHub Actions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.model import Answer
from verifier.reporting.marks import SHAPES, shape_of
from verifier.reporting.text import flat
from verifier.reporting.view import Entry, View

__all__ = ["FILENAME", "NAME", "code", "plain", "write"]

NAME = "markdown"
FILENAME = "summary.md"
# GitHub drops a step's summary beyond 1 MiB.
LONGEST_BYTES = 900_000
LONGEST_TEXT = 600
MOST_FINDINGS = 60
MOST_SUPPLIES = 20
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~&$])")
LINK = re.compile(r"(www)\.|(:)(//)", re.IGNORECASE)
MENTION = re.compile(r"@(?=\w)")


def write(view: View) -> bytes:
    """The summary."""
    text = "\n".join(_lines(view)) + "\n"
    data = text.encode("utf-8", "replace")
    if len(data) <= LONGEST_BYTES:
        return data
    kept = data[:LONGEST_BYTES].rpartition(b"\n")[0]
    return kept + f"\n\n{view.words('summary.cut')}\n".encode()


def _lines(view: View) -> Iterator[str]:
    verdict, say = view.verdict, view.words
    ruling = say(f"ruling.{verdict.ruling.name.lower().replace('_', '-')}")
    yield f"# {plain(view.run.facts.title)}: {ruling}\n"
    yield f"{plain(verdict.says)} {say('summary.grade', letter=verdict.grade.letter)}.\n"
    for condition in verdict.conditions:
        yield f"1. {plain(condition.sentence)}"
    yield f"\n{say('summary.questions')}\n| --- | --- | --- | --- |"
    for answer in verdict.answers:
        yield _answer(answer, view)
    yield from _findings(view)
    if view.supplies:
        yield f"\n## {say('summary.missing')}\n"
        for supply in view.supplies[:MOST_SUPPLIES]:
            give = f"{say('missing.give')} {code(supply.what)}" if supply.what else ""
            count = say("missing.checks", n=len(supply.checks))
            yield f"- {count}: {plain(supply.reasons[0])}; {give or say('missing.nothing')}"


def _answer(answer: Answer, view: View) -> str:
    say = view.words
    cells = (
        plain(say(f"asks.{answer.question.value}")),
        f"{shape_of(answer)} {view.answered(answer)}",
        say(f"standing.{answer.standing}"),
        plain(answer.says),
    )
    return f"| {' | '.join(cells)} |"


def _findings(view: View) -> Iterator[str]:
    entries, say = view.entries, view.words
    if not entries:
        return
    yield f"\n## {say('summary.findings', n=len(entries))}\n"
    for entry in entries[:MOST_FINDINGS]:
        yield _finding(entry, view)
    if len(entries) > MOST_FINDINGS:
        yield f"- {say('summary.rest', n=len(entries) - MOST_FINDINGS)}"


def _finding(entry: Entry, view: View) -> str:
    say, operations = view.words, entry.operations
    where = f" {code(operations[0])}" if operations else ""
    more = f" {say('summary.where', n=len(operations) - 1)}" if len(operations) > 1 else ""
    severity = say(f"severity.{entry.severity}")
    says = plain(entry.says)
    return f"- {SHAPES[entry.level]} **{severity}** {says}{where}{more} ({entry.check})"


def plain(text: str) -> str:
    """Foreign text on one line in which nothing is markup, a link, or calls anybody."""
    line = flat(text, LONGEST_TEXT)
    escaped = SPECIAL.sub(r"\\\1", MENTION.sub("＠", line))
    return LINK.sub(lambda m: f"{m[1]}\\." if m[1] else f"\\{m[2]}{m[3]}", escaped)


def code(text: str) -> str:
    """Foreign text as code: fenced by one more backtick than any run of them inside."""
    line = flat(text, LONGEST_TEXT).replace("|", "¦")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"
