"""A summary in Markdown, for a pull request or a CI step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.reporting.view import View
from verifier.reporting.words import SHAPES

__all__ = ["FILENAME", "NAME", "write"]

NAME = "markdown"
FILENAME = "summary.md"
LONGEST_BYTES = 900_000
MOST_FINDINGS = 60
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def write(view: View) -> bytes:
    """The summary, cut at what a CI step takes."""
    text = "\n".join(_lines(view)) + "\n"
    data = text.encode("utf-8", "replace")
    return data if len(data) <= LONGEST_BYTES else data[:LONGEST_BYTES] + b"\n\n(cut)\n"


def _lines(view: View) -> Iterator[str]:
    verdict, facts = view.verdict, view.run.facts
    yield f"# {_plain(facts.title)}: {verdict.ruling.value}\n"
    yield f"{_plain(verdict.says)} Grade **{verdict.grade.letter}**.\n"
    for condition in verdict.conditions:
        yield f"1. {_plain(condition.says)}"
    yield "\n| question | answer | standing | in a word |\n| --- | --- | --- | --- |"
    for answer in verdict.answers:
        shape = SHAPES.get(answer.answer, "")
        yield (
            f"| {_plain(answer.question.asks)} | {shape} {answer.answer} | {answer.standing} "
            f"| {_plain(answer.says)} |"
        )
    yield from _findings(view)
    if view.supplies:
        yield "\n## Not tested\n"
        for supply in view.supplies[:20]:
            give = f"give `{supply.what}`" if supply.what else "nothing helps"
            yield f"- {supply.count}: {_plain(supply.reason)}; {give}"


def _findings(view: View) -> Iterator[str]:
    entries = view.entries
    if not entries:
        return
    yield f"\n## Findings ({len(entries)})\n"
    for entry in entries[:MOST_FINDINGS]:
        where = f" `{entry.finding.operation}`" if entry.finding.operation else ""
        more = f" and {len(entry.also)} more" if entry.also else ""
        yield (
            f"- {SHAPES.get(entry.level, '')} **{entry.severity}** {_plain(entry.finding.says)}"
            f"{where}{more} ({entry.check})"
        )
    if len(entries) > MOST_FINDINGS:
        yield f"- and {len(entries) - MOST_FINDINGS} more in results.json"


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
