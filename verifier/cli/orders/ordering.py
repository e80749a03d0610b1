"""From what the command line gave to the order of an evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from verifier.cli.options import formats_of, names, question_of

if TYPE_CHECKING:
    from verifier.runs.assignment import Assignment

__all__ = ["assignment"]


def assignment(document: str | None, given: Mapping[str, Any]) -> Assignment:
    """
    The order, with the scenarios and mapping contracts that belong to the vendor.

    Args:
        given: What ``subject_options``, ``run_options`` and ``report_options`` took.

    Raises:
        click.UsageError: No document is named.
    """
    from verifier.runs import playbill  # start-up time
    from verifier.runs.assignment import Assignment

    if document is None:
        raise click.UsageError("Name a document, a vendor.yaml, or a folder with one.")
    order = Assignment(
        where=document,
        base_url=given["base_url"],
        principals=tuple(given["principals"]),
        environment=given["environment"] or "",
        allow_writes=given["allow_writes"],
        allow_bursts=given["allow_bursts"],
        webhook_url=given["webhook_url"],
        webhook_port=given["webhook_port"],
        overlays=tuple(given["overlays"]),
        mock=given["mock"],
        misbehave=names(given["misbehave"]),
        budget=given["budget"],
        per_second=given["rate"],
        timeout_seconds=given["timeout_seconds"],
        minutes=given["minutes"],
        seed=given["seed"],
        questions=tuple(question_of(name).value for name in given["questions"]),
        only=tuple(given["only"]),
        folder=given["output"],
        formats=formats_of(given["formats"], pdf=given["pdf"], split=given["split"]),
        language=given["language"],
        waivers=tuple(given["waivers"]),
        claims=given["claims"],
        mappings=_mappings(document, given),
        test_mappings=given["test_mappings"],
    )
    if given["no_scenarios"]:
        return order
    return playbill.playing(order, given["scenarios"] or playbill.found_beside(document))


def _mappings(document: str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The mapping contracts: those named, else the vendor's own."""
    from verifier.runs import meanings  # start-up time

    if given["no_mappings"]:
        return ()
    return tuple(given["mappings"]) or meanings.found_beside(document)
