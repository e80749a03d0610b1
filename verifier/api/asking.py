"""A vendor asked: load, evaluate, run scenarios; render again, go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from verifier import loading, pipeline
from verifier.model import Contract
from verifier.pipeline import Evaluation
from verifier.runs import meanings, playbill
from verifier.runs.assignment import Assignment

__all__ = ["evaluate", "load", "report", "resume", "run"]


def load(where: str | Path, *, overlays: Sequence[str | Path] = ()) -> Contract:
    """
    Read and understand a vendor's document.

    Args:
        where: File, folder or address of an OpenAPI 3.x or Swagger 2 document.
        overlays: OpenAPI overlays to apply first, in order.

    Returns:
        The contract; what is wrong with the document is in ``problems``.

    Raises:
        verifier.errors.DocumentError: It cannot be read at all.
    """
    return loading.load(where, overlays=tuple(overlays))


def evaluate(
    where: str | Path,
    *,
    base_url: str = "",
    principals: Sequence[str] = (),
    environment: str = "",
    allow_writes: bool = False,
    allow_bursts: bool = False,
    webhook_url: str = "",
    webhook_port: int = 0,
    overlays: Sequence[str | Path] = (),
    mock: bool = False,
    misbehave: Sequence[str] = (),
    budget: int | None = None,
    per_second: float | None = None,
    timeout_seconds: float | None = None,
    minutes: float | None = None,
    seed: int = 0,
    questions: Sequence[str] = (),
    only: Sequence[str] = (),
    scenarios: Sequence[str | Path] | None = None,
    mappings: Sequence[str | Path] | None = None,
    test_mappings: bool = False,
    folder: str | Path | None = None,
    formats: Sequence[str] = (),
    language: str = "en",
    watch: Callable[[Any], None] | None = None,
) -> Evaluation:
    """
    Evaluate a vendor: load, plan, probe, judge and report.

    Args:
        where: A document (file, folder, address), a vendor.yaml, or a folder with one.
        base_url: Where the API answers; with neither this nor ``mock`` nothing is sent.
        principals: Credentials by reference, ``"me=bearer:env:TOKEN"``; the first is used.
        environment: ``sandbox`` or ``production`` (read-only, whatever else is said).
        allow_writes: Whether things may be created; they are removed at the end.
        allow_bursts: Whether limits may be provoked; a mock's always may.
        webhook_url, webhook_port: A public address that leads to us, and the port where we listen
            for what comes that way; not needed for a vendor on this machine.
        overlays: OpenAPI overlays to apply to the document first, in order.
        mock: Ask a mock made from the document.
        misbehave: Names of defects to give the mock.
        budget: The most requests to send, clean-up excepted.
        per_second: Pace in requests a second; 0 is unlimited.
        timeout_seconds: How long to wait for one answer.
        minutes: The longest that the run asks on, clean-up excepted.
        seed: Same seed, same run.
        questions: Only checks of these questions (ids).
        only: Only checks of these ids (``*`` allowed).
        scenarios: Arazzo files; None takes those that belong to the vendor's folder.
        mappings: Mapping contracts; None likewise.
        test_mappings: Whether the implementations that they name are run.
        folder: Where the run is recorded; None makes ``reports/<vendor>/<run>``.
        formats: Report formats; empty takes the usual ones.
        language: Of the report: ``en`` or ``de``.
        watch: Called with each ``verifier.probing.Progress``.

    Returns:
        The recorded run, its verdict, its folder and the files written.

    Raises:
        verifier.errors.VerifierError: See its subclasses; each has an ``exit_code`` and a ``mend``.
    """
    assignment = Assignment(
        where=str(where),
        base_url=base_url,
        principals=tuple(principals),
        environment=environment,
        allow_writes=allow_writes,
        allow_bursts=allow_bursts,
        webhook_url=webhook_url,
        webhook_port=webhook_port,
        overlays=tuple(str(overlay) for overlay in overlays),
        mock=mock,
        misbehave=tuple(misbehave),
        budget=budget,
        per_second=per_second,
        timeout_seconds=timeout_seconds,
        minutes=minutes,
        seed=seed,
        questions=tuple(questions),
        only=tuple(only),
        folder=None if folder is None else Path(folder),
        formats=tuple(formats),
        language=language,
        mappings=meanings.found_beside(where)
        if mappings is None
        else tuple(str(file) for file in mappings),
        test_mappings=test_mappings,
    )
    files = playbill.found_beside(str(where)) if scenarios is None else scenarios
    return pipeline.evaluate(playbill.playing(assignment, files), watch=watch)


def report(folder: str | Path, *, formats: Sequence[str] = (), language: str = "en") -> Evaluation:
    """Judge and render a recorded run again, as far as it got; see ``evaluate``."""
    return pipeline.report(Path(folder), formats=tuple(formats), language=language)


def resume(folder: str | Path) -> Evaluation:
    """Go on with a run that was interrupted, without asking again what it knows."""
    return pipeline.resume(Path(folder))


def run(
    *files: str | Path,
    vendor: str | Path = "",
    base_url: str = "",
    principals: Sequence[str] = (),
    environment: str = "",
    allow_writes: bool = False,
    allow_bursts: bool = False,
    webhook_url: str = "",
    webhook_port: int = 0,
    overlays: Sequence[str | Path] = (),
    mock: bool = False,
    misbehave: Sequence[str] = (),
    workflows: Sequence[str] = (),
    tags: Sequence[str] = (),
    inputs: Mapping[str, Any] | None = None,
    sources: Mapping[str, str | Path] | None = None,
    addresses: Mapping[str, str] | None = None,
    lenient: bool = False,
    budget: int | None = None,
    per_second: float | None = None,
    seed: int = 0,
    folder: str | Path | None = None,
    formats: Sequence[str] = (),
    watch: Callable[[Any], None] | None = None,
) -> Evaluation:
    """
    Run the workflows of Arazzo files against one vendor, or its mock.

    Args:
        files: Arazzo 1.0 or 1.1 documents.
        vendor: A document, a vendor.yaml, or a folder with one; if not given, what stands beside
            the document of the first file's first source.
        workflows: Ids; empty takes those that no other one calls.
        tags: Only workflows with one of these (``x-verifier``).
        inputs: Inputs by name; JSON values. Against a mock the others are made from their schemas.
        sources: Source description to the file that stands for it; nothing is fetched.
        addresses: Source description to the address where that API answers, for those that are not
            the vendor's own.
        lenient: Let pass what a scenario says in vain, such as an output that does not exist.
        base_url, principals, environment, allow_writes, allow_bursts, webhook_url,
            webhook_port, overlays, mock, misbehave, budget,
            per_second, seed, folder, formats, watch: As for ``evaluate``.

    Returns:
        The recorded run: an outcome a workflow (``scenario.FILE.WORKFLOW``), each with its story.

    Raises:
        verifier.errors.ConfigError: A scenario is flawed; every flaw is told with its line and its
            mend, and nothing was sent.
    """
    named = {name: str(path) for name, path in (sources or {}).items()}
    opened = [playbill.open_scenario(file).description for file in files]
    where = str(vendor) or (playbill.vendor_of(opened[0], named) if opened else "")
    assignment = Assignment(
        where=where,
        scenarios=tuple(str(file) for file in files),
        only=("scenario.*",),
        base_url=base_url,
        principals=tuple(principals),
        environment=environment,
        allow_writes=allow_writes,
        allow_bursts=allow_bursts,
        webhook_url=webhook_url,
        webhook_port=webhook_port,
        overlays=tuple(str(overlay) for overlay in overlays),
        mock=mock,
        misbehave=tuple(misbehave),
        workflows=tuple(workflows),
        tags=tuple(tags),
        inputs=dict(inputs or {}),
        sources=named,
        apis=playbill.apis_of(opened, where, named),
        addresses=dict(addresses or {}),
        lenient=lenient,
        budget=budget,
        per_second=per_second,
        seed=seed,
        folder=None if folder is None else Path(folder),
        formats=tuple(formats),
    )
    return pipeline.evaluate(assignment, watch=watch)
