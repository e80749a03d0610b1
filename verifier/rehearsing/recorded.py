"""A rehearsal as a run: so that it is judged, rendered and kept like every other."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from verifier import loading, pipeline
from verifier.mocking import Entry
from verifier.model import (
    CheckCard,
    Exchange,
    Failure,
    FailureKind,
    Finding,
    Judgement,
    Level,
    Outcome,
    Plan,
    Planned,
    Question,
    Request,
    Response,
    RetryTimeline,
    RunFacts,
    Severity,
    Standpoint,
    Status,
    Timing,
    shown,
)
from verifier.pipeline import Evaluation
from verifier.recording import Recorder, Redaction
from verifier.rehearsing.deeds import answered_at, shown_in, told
from verifier.rehearsing.judging import Evidence
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Property
from verifier.rehearsing.rehearsal import Rehearsal
from verifier.rehearsing.repertoire import find_property
from verifier.runs.ending import DOCUMENT

__all__ = ["folder_for", "report"]

PREFIX = Question.INTEGRATION.value
MOST_SHOWN = 24
LONG = 0.1


def folder_for(rehearsal: Rehearsal) -> Path:
    """Where a rehearsal is kept unless somebody says: ``reports/<integration>/<time>``."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    return Path("reports") / rehearsal.profile.integration / f"{stamp}-{secrets.token_hex(2)}"


def report(
    rehearsal: Rehearsal, folder: Path, *, formats: tuple[str, ...] = (), language: str = "en"
) -> Evaluation:
    """
    Write a rehearsal down as a run, and render its report.

    Raises:
        ConfigError: The folder holds a run already, or cannot be written.
    """
    judgements = rehearsal.profile.judgements
    plan = Plan(
        items=tuple(Planned(check=_id(j), subject=j.episode, price=0) for j in judgements),
        omitted=(),
        seed=rehearsal.theatre.seed,
    )
    used = {j.property: find_property(j.property) for j in judgements}
    cards = {f"{PREFIX}.{name}": _card(name, each) for name, each in used.items()}
    recorder = Recorder.create(folder, _facts(rehearsal, folder), plan, cards)
    with recorder:
        loading.pin(rehearsal.theatre.contract, folder / DOCUMENT)
        Scribe(recorder).write(rehearsal)
    return pipeline.report(folder, formats=formats, language=language)


def _facts(rehearsal: Rehearsal, folder: Path) -> RunFacts:
    theatre, profile = rehearsal.theatre, rehearsal.profile
    source = theatre.contract.document.source
    return RunFacts(
        id=folder.name,
        vendor=profile.integration,
        title=f"{profile.integration} ({profile.vendor})",
        mode="mock",
        environment="mock",
        base_url="",
        document=source.location,
        digest=source.digest,
        seed=theatre.seed,
        started=time.time() - profile.seconds,
        tool_version=_version(),
        requests=profile.requests,
        settings={
            "rehearsal": theatre.integration.file,
            "takes": profile.takes,
            "assignment": {"questions": [PREFIX]},
        },
    )


def _card(name: str, known: Property) -> CheckCard:
    return CheckCard(
        id=f"{PREFIX}.{name}",
        title=known.title,
        doc=known.doc,
        question=Question.INTEGRATION.value,
        severity=int(known.severity),
        source=known.source,
    )


def _id(judgement: Judgement) -> str:
    return f"{PREFIX}.{judgement.property}"


class Scribe:
    """Writes judgements down with the requests that carry them, each request once."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._known: dict[tuple[int, int], str] = {}

    def write(self, rehearsal: Rehearsal) -> None:
        """All of a rehearsal's judgements."""
        for judgement in rehearsal.profile.judgements:
            evidence = rehearsal.evidence.get((judgement.property, judgement.episode))
            self._recorder.outcome(self._outcome(judgement, evidence))

    def _outcome(self, judgement: Judgement, evidence: Evidence | None) -> Outcome:
        if judgement.standpoint is Standpoint.UNEXERCISED or evidence is None:
            return Outcome(
                check=_id(judgement),
                subject=judgement.episode,
                status=Status.NOT_APPLICABLE,
                reason=judgement.says,
            )
        seen, entries = evidence
        chosen = list(entries or seen.entries)[:MOST_SHOWN]
        ids = [self._exchange(seen, entry) for entry in chosen]
        broken = judgement.standpoint is Standpoint.BROKEN
        minor = judgement.severity is Severity.NOTE
        level = Level.WARNING if minor else Level.FAIL
        finding = Finding(
            says=judgement.says,
            signature=judgement.episode,
            evidence=tuple(ids),
            expected=judgement.expected,
            seen=f"Take '{judgement.take}' of the episode '{judgement.episode}'.",
            build=judgement.expected,
            level=level if broken else Level.INFORMATION,
            detail=_detail(_picture(judgement.episode, seen, chosen, ids), broken or bool(entries)),
        )
        status = (Status.WARNING if minor else Status.FAIL) if broken else Status.PASS
        return Outcome(
            check=_id(judgement),
            subject=judgement.episode,
            status=status,
            findings=(finding,),
            requests=len(seen.entries),
        )

    def _exchange(self, seen: Performance, entry: Entry) -> str:
        key = (id(seen), entry.serial)
        if key not in self._known:
            number = f"x{len(self._known) + 1}"
            self._known[key] = number
            self._recorder.exchange(_exchange(number, seen, entry))
        return self._known[key]


def _picture(
    episode: str, seen: Performance, entries: Sequence[Entry], ids: Sequence[str]
) -> RetryTimeline:
    """The requests over time, each with the exchange that it is."""
    picture = shown_in(seen, entries)
    pairs = zip(picture.attempts, ids, strict=False)
    attempts = tuple(replace(a, exchange=x) for a, x in pairs)
    return replace(picture, attempts=attempts, during=f"{episode}, {seen.take.name}")


def _detail(picture: RetryTimeline, wanted: bool) -> dict[str, Any]:
    """A picture for the report, where there is something to see in it."""
    told = len(picture.attempts) > 1 or any(a.took_seconds >= LONG for a in picture.attempts)
    return dict(shown(picture)) if wanted and (told or picture.waits) else {}


def _exchange(number: str, seen: Performance, entry: Entry) -> Exchange:
    """A request of the ledger's as evidence; of an answer the ledger keeps the status alone."""
    redaction = Redaction()
    for name, secret in seen.secrets.items():
        redaction.learn(name, secret)
    path, _, query = entry.target.partition("?")
    request = Request(
        method=entry.method,
        path=redaction.clean_text(path),
        query=redaction.clean_text(query),
        headers=tuple(_clean(redaction, entry)),
        body=redaction.clean(entry.body),
        operation=entry.operation,
    )
    whole = told(entry) == str(entry.status)
    lost = Failure(kind=FailureKind.RESET, says="the answer was not delivered", phase="read")
    return Exchange(
        id=number,
        request=request,
        response=Response(status=entry.status) if whole else None,
        failure=None if whole else lost,
        timing=Timing(total_seconds=max(0.0, answered_at(entry) - entry.seconds)),
        started=entry.moment,
        purpose=f"{seen.take.name}{f' ({entry.fault})' if entry.fault else ''}",
    )


def _clean(redaction: Redaction, entry: Entry) -> Iterator[tuple[str, str]]:
    for name, value in entry.headers:
        private = name.lower() in ("authorization", "cookie", "proxy-authorization")
        cleaned = redaction.clean_text(value)
        yield name, "«credential»" if private and cleaned == value else cleaned


def _version() -> str:
    try:
        return version("vendor-verifier")
    except PackageNotFoundError:
        return "0"
