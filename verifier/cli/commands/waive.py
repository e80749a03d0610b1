"""Accept a finding, for a reason and for a time."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

__all__ = ["command"]

LONGEST_DAYS = 180


@click.command("waive")
@click.argument("document", metavar="DOC")
@click.argument("finding", metavar="ID")
@click.option(
    "--reason",
    required=True,
    metavar="WORD",
    help="accepted-risk, vendor-fix-promised, not-applicable, false-positive, sandbox-only.",
)
@click.option("--owner", required=True, metavar="NAME", help="Who answers for it.")
@click.option("--until", metavar="DAY", default="", help="Last day; in 90 days if nobody says.")
@click.option("--operation", metavar="KEY", default="", help="Only at this operation.")
@click.option("--says", metavar="TEXT", default="", help="More: a ticket, a promise.")
@click.option("--waivers", metavar="FILE", type=click.Path(path_type=Path), help="Another file.")
def command(
    document: str,
    finding: str,
    reason: str,
    owner: str,
    until: str,
    operation: str,
    says: str,
    waivers: Path | None,
) -> None:
    """
    Write a waiver into the file beside the vendor.

    ID is a finding's fingerprint, as the gate and the report print it, or a check's id for all of
    its findings. A waived finding is shown and counts nowhere, until the day is over.
    """
    from verifier import loading  # start-up time
    from verifier.jobs import passage  # start-up time
    from verifier.model import Acceptance
    from verifier.runs import papers  # start-up time

    path = waivers or passage.baseline_beside(document).with_name(papers.WAIVERS)
    exact = re.fullmatch(r"[0-9a-f]{16}", finding) is not None
    made = Acceptance(
        reason=_reason(reason),
        owner=owner,
        until=_last_day(until),
        fingerprint=finding if exact else "",
        check="" if exact else _check(finding),
        operation=operation,
        says=says,
    )
    loading.write_acceptance(path, made)
    click.echo(f"{made.subject} is waived until {made.until}, in {path}")


def _reason(word: str) -> str:
    from verifier.errors import UsageError, nearest  # start-up time
    from verifier.model import REASONS

    if word not in REASONS:
        mend = nearest(word, REASONS, f"Known: {', '.join(REASONS)}.")
        raise UsageError(f"there is no reason '{word}'", mend=mend)
    return word


def _last_day(text: str) -> datetime.date:
    from verifier.errors import UsageError  # start-up time

    today = datetime.datetime.now(datetime.UTC).date()
    if not text:
        return today + datetime.timedelta(days=90)
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day", mend="Write it as 2027-01-31.") from None
    most = today + datetime.timedelta(days=LONGEST_DAYS)
    if not today <= day <= most:
        raise UsageError(
            f"a waiver is for at most {LONGEST_DAYS} days, and not for the past",
            mend=f"Give a day up to {most}, and look at it again then.",
        )
    return day


def _check(id: str) -> str:
    """The id of a check that exists; a pattern, and a scenario's, are taken as they are."""
    from verifier import discovery  # start-up time
    from verifier.errors import UsageError, nearest

    known = discovery.checks()
    if "*" in id or id.startswith("scenario.") or id in known:
        return id
    raise UsageError(
        f"'{id}' is neither a fingerprint nor a check",
        mend=nearest(id, known, "A fingerprint has sixteen hexadecimal digits."),
    )
