"""Options that several commands share, and their reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from verifier.errors import UsageError

if TYPE_CHECKING:
    from verifier.model import Question

__all__ = ["DOCUMENT", "names", "question_of", "subject_options"]

DOCUMENT = click.argument("document", metavar="DOC", required=False)


def question_of(text: str) -> Question:
    """The question of an id; UsageError names the known ones."""
    from verifier.model import Question  # start-up time

    try:
        return Question(text)
    except ValueError:
        known = ", ".join(q.value for q in Question)
        raise UsageError(f"there is no question '{text}'", mend=f"Known: {known}.") from None


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
                type=click.Choice(["sandbox", "production"]),
                default=None,
                help="Production is only read, whatever else is said.",
            ),
            click.option(
                "--allow-writes",
                is_flag=True,
                help="Create and change things; what is created is removed at the end.",
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
