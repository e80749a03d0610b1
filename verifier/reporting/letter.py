"""The letter to the vendor: what is open, numbered, so that it can be answered by number."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from verifier.catalogue import Catalogue, catalogue
from verifier.model import Condition, Question, Run, Stated, Verdict
from verifier.reporting.compose import PACKAGE
from verifier.reporting.formats.markdown import plain
from verifier.reporting.text import flat

__all__ = ["FORMS", "letter"]

LONGEST_TEXT = 500
FORMS = ("markdown", "mail")


class _Form(Struct, frozen=True):
    """How headings, items and foreign text are written down."""

    subject: str
    heading: str
    group: str
    text: Callable[[str], str]


def _one_line(text: str) -> str:
    return flat(text, LONGEST_TEXT)


MARKDOWN = _Form("# {}", "## {}", "### {}", plain)
MAIL = _Form("Subject: {}", "{}", "{}", _one_line)


def letter(
    vendor: str,
    stated: Sequence[Stated],
    *,
    run: Run | None = None,
    verdict: Verdict | None = None,
    form: str = "markdown",
    language: str = "en",
) -> str:
    """
    The letter: where answers and tests disagree, what failed, and what nobody answered.

    Args:
        vendor: The name by which it is called.
        stated: The questionnaire with what was said and seen.
        run, verdict: What was tested; None where nothing was.
        form: ``markdown``, or ``mail`` for plain text whose first line is the subject.

    Raises:
        UsageError: There is no such language.
    """
    say = catalogue(PACKAGE, language)
    style = MAIL if form == "mail" else MARKDOWN
    lines = [style.subject.format(style.text(say("letter.subject", vendor=vendor))), ""]
    lines += [say("letter.greeting"), "", style.text(say("letter.lead", vendor=vendor))]
    if run is not None and run.facts.mode != "desk":
        day = datetime.datetime.fromtimestamp(run.facts.started, datetime.UTC).date()
        mode = say(f"mode.{run.facts.mode}")
        lines += ["", say("letter.evidence", day=str(day), mode=mode)]
    numbered = _numbered(_sections(stated, verdict, say, style), style)
    lines += numbered or ["", say("letter.nothing")]
    if numbered:
        lines += ["", say("letter.close")]
    return "\n".join([*lines, "", say("letter.regards")]) + "\n"


Section = tuple[str, str, list[tuple[str, list[str]]]]


def _sections(
    stated: Sequence[Stated], verdict: Verdict | None, say: Catalogue, style: _Form
) -> Iterator[Section]:
    """Title, lead, and groups of items; an item is a text, or several lines of one."""
    against = [one for one in stated if one.standing == "contradicted"]
    if against:
        items = [_disagreement(one, verdict, say, style) for one in against]
        yield say("letter.contradicted"), say("letter.contradicted-lead"), [("", items)]
    told = {print for one in against for print in one.against}
    named = verdict.conditions if verdict else ()
    failed = [c for c in named if c.fingerprint and c.fingerprint not in told]
    if failed:
        items = [_condition(condition, say, style) for condition in failed]
        yield say("letter.failed"), say("letter.failed-lead"), [("", items)]
    groups = [
        (say(f"asks.{question.value}"), [_asked(one, say, style) for one in owed])
        for question in Question
        for owed in ([s for s in stated if s.is_open and s.enquiry.question is question],)
        if owed
    ]
    if groups:
        yield say("letter.open"), say("letter.open-lead"), groups


def _numbered(sections: Iterator[Section], style: _Form) -> list[str]:
    lines: list[str] = []
    number = 0
    for title, lead, groups in sections:
        lines += ["", style.heading.format(title), "", lead]
        for name, items in groups:
            lines += ["", style.group.format(name)] if name else []
            lines.append("")
            for item in items:
                number += 1
                lines.append(f"{number}. {item}")
    return lines


def _disagreement(one: Stated, verdict: Verdict | None, say: Catalogue, style: _Form) -> str:
    claim = one.claim
    said = (
        say("letter.claimed", answer=say(f"claims.{claim.answer}"), date=str(claim.date))
        if (claim)
        else ""
    )
    seen = [c.says for c in verdict.conditions if c.fingerprint in one.against] if verdict else []
    shown = say("letter.seen", says=f"{style.text(seen[0])}.") if seen else ""
    return " ".join(filter(None, (style.text(one.asks), said, shown)))


def _condition(condition: Condition, say: Catalogue, style: _Form) -> str:
    ask = f" {style.text(condition.ask)}" if condition.ask else ""
    return f"{style.text(condition.sentence)}{ask} [{condition.fingerprint}]"


def _asked(one: Stated, say: Catalogue, style: _Form) -> str:
    over = say("letter.ran-out", date=str(one.claim.date)) if one.claim and one.over else ""
    return " ".join(filter(None, (style.text(one.asks), over)))
