"""Options that several commands share, and their reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verifier.catalogue import LANGUAGES
from verifier.errors import UsageError, nearest

if TYPE_CHECKING:
    from verifier.model import Question

__all__ = [
    "COMPLETE",
    "DOCUMENT",
    "OneOf",
    "Whole",
    "formats_of",
    "history_options",
    "names",
    "question_of",
    "report_options",
    "run_options",
    "subject_options",
]

COMPLETE = "_VERIFIER_COMPLETE"  # the variable by which a shell asks
DOCUMENT = click.argument("document", metavar="DOC", required=False)


class OneOf(click.Choice[str]):
    """One of some words; the nearest is named where it is none of them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word."""
        known = [str(choice) for choice in self.choices]
        if value not in known:
            hint = nearest(str(value), known, f"Known: {', '.join(known)}.")
            self.fail(f"'{value}' is not known. {hint}", param, ctx)
        return str(value)


class Whole(click.IntRange):
    """A whole number within bounds."""

    name = "whole number"


def question_of(text: str) -> Question:
    """The question of an id; UsageError names the known ones."""
    from verifier.model import Question  # start-up time

    try:
        return Question(text)
    except ValueError:
        known = [q.value for q in Question]
        mend = nearest(text, known, f"Known: {', '.join(known)}.")
        raise UsageError(f"there is no question '{text}'", mend=mend) from None


def names(text: str) -> tuple[str, ...]:
    """A comma-separated list."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def subject_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who is evaluated, where, and as whom."""
    for option in reversed(
        (
            click.option("--base-url", metavar="URL", default="", help="Where the API answers."),
            click.option(
                "--principal",
                "principals",
                multiple=True,
                metavar="NAME=KIND:REFERENCE",
                help="A credential, by reference: me=bearer:env:TOKEN. Repeatable; first is used.",
            ),
            click.option(
                "--environment",
                type=OneOf(["sandbox", "production"]),
                default=None,
                help="Production is only read, whatever else is said.",
            ),
            click.option(
                "--allow-writes",
                is_flag=True,
                help="Create and change things; what is created is removed at the end.",
            ),
            click.option(
                "--allow-bursts",
                is_flag=True,
                help="Provoke the limits: send faster than allowed until it refuses.",
            ),
            click.option(
                "--webhook-url",
                metavar="URL",
                default="",
                help="A public address that leads to us, through a tunnel say.",
            ),
            click.option(
                "--webhook-port",
                metavar="PORT",
                type=Whole(0, 65535),
                default=0,
                help="Where we listen for webhooks; any free port if nobody says.",
            ),
            click.option(
                "--overlay",
                "overlays",
                multiple=True,
                metavar="FILE",
                help="Apply an OpenAPI overlay to the document first. Repeatable, in order.",
            ),
        )
    ):
        command = option(command)
    return command


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is asked, how often, and where the run is kept."""
    for option in reversed(
        (
            click.option(
                "--mock", is_flag=True, help="Ask a mock vendor that is made from the document."
            ),
            click.option(
                "--misbehave",
                metavar="NAME,...",
                default="",
                help="Give the mock these defects (with --mock).",
            ),
            click.option("--budget", type=Whole(min=1), help="The most requests to send."),
            click.option(
                "--rate", type=click.FloatRange(min=0), help="Requests a second; 0 is unlimited."
            ),
            click.option(
                "--timeout",
                "timeout_seconds",
                metavar="SECONDS",
                type=click.FloatRange(min=0, min_open=True),
                help="How long to wait for one answer; 30 if nobody says otherwise.",
            ),
            click.option(
                "--minutes",
                type=click.FloatRange(min=0, min_open=True),
                help="The longest that the run asks on; 60 if nobody says otherwise.",
            ),
            click.option(
                "--seed", type=int, default=0, show_default=True, help="Same seed, same run."
            ),
            click.option(
                "--question", "questions", multiple=True, metavar="ID", help="Only this question."
            ),
            click.option(
                "--check", "only", multiple=True, metavar="ID", help="Only this check (* allowed)."
            ),
            click.option(
                "--scenario",
                "scenarios",
                multiple=True,
                metavar="FILE",
                help="These, not the vendor's own.",
            ),
            click.option("--no-scenarios", is_flag=True, help="Leave the vendor's scenarios out."),
            click.option(
                "--mapping",
                "mappings",
                multiple=True,
                metavar="FILE",
                help="Mapping contracts: these, not the vendor's own.",
            ),
            click.option("--no-mappings", is_flag=True, help="Leave its mapping contracts out."),
            click.option(
                "--test-mappings",
                is_flag=True,
                help="Run the implementations that mapping contracts name.",
            ),
            click.option("--output", type=click.Path(path_type=Path), help="Folder of the run."),
            click.option(
                "--waivers",
                multiple=True,
                metavar="FILE",
                help="Findings that are accepted; else waivers.yaml beside the vendor. Repeatable.",
            ),
            click.option(
                "--claims",
                metavar="FILE",
                default="",
                help="What the vendor says of itself; else claims.yaml beside the vendor.",
            ),
        )
    ):
        command = option(command)
    return command


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How the report is written."""
    for option in reversed(
        (
            click.option(
                "--format", "formats", multiple=True, metavar="NAME", help="Only these formats."
            ),
            click.option("--pdf", is_flag=True, help="Print the summary too (takes a Chromium)."),
            click.option(
                "--split",
                is_flag=True,
                help="Write the page in parts too, for servers that blank inline scripts.",
            ),
            click.option(
                "--language",
                type=click.Choice(LANGUAGES),
                default="en",
                show_default=True,
                help="Language of the report.",
            ),
        )
    ):
        command = option(command)
    return command


def history_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What earlier runs a run is held against."""
    for option in reversed(
        (
            click.option(
                "--history",
                metavar="FILE|URL",
                default="",
                envvar="VERIFIER_HISTORY",
                help="Where runs are remembered: a file, or a database by its SQLAlchemy address; "
                "else reports/history.sqlite.",
            ),
            click.option(
                "--compare-to",
                metavar="RUN",
                type=click.Path(path_type=Path),
                help="Folder of an earlier run; else the last whole one of the history.",
            ),
        )
    ):
        command = option(command)
    return command


def formats_of(formats: tuple[str, ...], *, pdf: bool, split: bool) -> tuple[str, ...]:
    """The formats that were named, else the usual ones, and those that have flags of their own."""
    from verifier.reporting import FORMATS  # start-up time

    wanted = (*formats, *(["pdf"] if pdf else []), *(["split"] if split else []))
    return wanted if formats or not wanted else (*FORMATS, *wanted)
