"""How a run ends before its plan did: nothing is lost, and the way on is said."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from verifier.catalogue import catalogue
from verifier.errors import VerifierError
from verifier.model import LedgerEntry, Run
from verifier.recording import Recorder
from verifier.reporting import perhaps, removal
from verifier.reporting.compose import PACKAGE

__all__ = ["DOCUMENT", "ending", "left_behind", "perhaps_left", "remains"]

DOCUMENT = "document"
MOST_LEFT = 10
Render = Callable[[], tuple[Run, dict[str, Path]]]


@contextmanager
def ending(recorder: Recorder, render: Render) -> Iterator[None]:
    """
    Add to whatever ends the block early, as notes, what the user can do about it.

    A run that had not asked anything yet is taken away, so that it can be ordered again.

    Args:
        render: Writes the report; gives the run, and format to file.
    """
    try:
        yield
    except (KeyboardInterrupt, VerifierError) as stop:
        if recorder.learned:
            for note in _notes(recorder.folder, render):
                stop.add_note(note)
        else:
            _take_away(recorder)
        raise


def left_behind(run: Run) -> tuple[str, ...]:
    """
    What the run created and could not remove, a line each: the call that would, and why it did not.

    Where the document has no such call, the address of what was left. A mock is gone with all that
    it was given. Of many, the first; the report has them all.
    """
    if run.facts.mode == "mock":
        return ()
    left = [entry for entry in run.ledger if entry.state != "removed"]
    lines = [_left(run, entry) for entry in left[:MOST_LEFT]]
    if len(left) > MOST_LEFT:
        lines.append(f"... and {len(left) - MOST_LEFT} more, in the report")
    return tuple(lines)


def remains(run: Run) -> str:
    """What a run left, or may have left, at the vendor's: paragraphs; empty where nothing was."""
    left, perhaps = left_behind(run), perhaps_left(run)
    parts = []
    if left:
        parts.append("Left behind, to be removed by hand ('verifier cleanup RUN' tries once more):")
        parts += [f"  {line}" for line in left]
    if perhaps:
        parts.append("Perhaps left behind: sent to be created, and nobody knows what came of it:")
        parts += [f"  {line}" for line in perhaps]
    return "\n".join(parts)


def perhaps_left(run: Run) -> tuple[str, ...]:
    """What may have been created: the call that shows it, and what to look for."""
    lines = []
    for one in perhaps(run, catalogue(PACKAGE, "en")):
        calls = [call.replace(" \\\n ", "") for call in one.commands] or [one.resource]
        lines += [f"{call}   # {one.reason}" for call in calls]
        lines += [f"  {path}" for path in one.paths]
    if len(lines) > MOST_LEFT:
        lines[MOST_LEFT:] = ["... and more, in the report"]
    return tuple(lines)


def _left(run: Run, entry: LedgerEntry) -> str:
    call = f"{run.facts.base_url.rstrip('/')}{entry.path}"
    if any(r.name == entry.resource and r.delete for r in run.contract.resources):
        call = removal(run, entry).replace(" \\\n ", "")
    return f"{call}   # {entry.reason or 'still to be removed'}"


def _notes(folder: Path, render: Render) -> Iterator[str]:
    # What ended the run may stand against a report too: a full disk, say.
    with suppress(VerifierError):
        run, files = render()
        left = remains(run)
        if left:
            yield left
        yield f"As far as it got: {files.get('html') or next(iter(files.values()))}"
    yield f"Go on with it: verifier evaluate --resume {shlex.quote(str(folder))}"


def _take_away(recorder: Recorder) -> None:
    shutil.rmtree(recorder.folder / DOCUMENT, ignore_errors=True)
    recorder.discard()
