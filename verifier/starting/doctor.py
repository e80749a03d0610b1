"""Whether everything is there that a user may miss, looked up without a network."""

from __future__ import annotations

import datetime
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

from verifier import loading
from verifier.errors import VerifierError
from verifier.jobs import linting
from verifier.runs import archive, papers
from verifier.runs.history import FILENAME

__all__ = ["Symptom", "examine"]

EXTRAS = {
    "keyring": ("keyring", "secrets in the keyring (keyring:service/user)"),
    "mapping": ("cel_expr_python", "expressions in mapping contracts"),
    "reconcile": ("duckdb", "reconciling two exports"),
    "apprise": ("apprise", "news over Apprise's channels"),
    "postgres": ("sqlalchemy", "a history in a database of the team's"),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOST_VENDORS = 50


class Symptom(Struct, frozen=True, kw_only=True):
    """
    One thing that was looked at.

    Args:
        level: ``well``, ``note`` (something optional is missing) or ``ill``.
        says: What was seen.
        mend: What to do; empty where there is nothing to do.
    """

    level: str
    says: str
    mend: str = ""


def examine(root: Path, *, history: str = "") -> Iterator[Symptom]:
    """
    What there is to say about this machine and a workspace.

    Args:
        root: The folder that holds ``specs`` and ``reports``.
        history: Where runs are remembered, where it is not there.
    """
    yield _ourselves()
    yield from _machine()
    yield from _extras()
    if not root.is_dir():
        yield Symptom(level="ill", says=f"{root}: there is no such folder", mend="Check the path.")
        return
    yield from _reports(root, history)
    yield from _vendors(root)


def _ourselves() -> Symptom:
    python = ".".join(map(str, sys.version_info[:3]))
    try:
        own = version("vendor-verifier")
    except PackageNotFoundError:
        own = "of a checkout"
    return Symptom(level="well", says=f"verifier {own}, Python {python}")


def _machine() -> Iterator[Symptom]:
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8":
        yield Symptom(
            level="note",
            says=f"output is encoded as {encoding or 'nothing'}, and our signs may not be in it",
            mend="Set PYTHONIOENCODING=utf-8.",
        )
    found = next(filter(None, map(shutil.which, BROWSERS)), "")
    if found:
        yield Symptom(level="well", says=f"a Chromium for --pdf: {found}")
    else:
        yield Symptom(
            level="note",
            says="no Chromium: --pdf does not work, all else does",
            mend="Debian: apt-get install chromium.",
        )


def _extras() -> Iterator[Symptom]:
    for extra, (module, use) in EXTRAS.items():
        if importlib.util.find_spec(module) is None:
            yield Symptom(
                level="note",
                says=f"without {use}",
                mend=f"pip install 'vendor-verifier[{extra}]'",
            )
        else:
            yield Symptom(level="well", says=f"with {use}")


def _reports(root: Path, history: str) -> Iterator[Symptom]:
    folder = root / archive.REPORTS
    place = folder if folder.is_dir() else root
    if not os.access(place, os.W_OK):
        yield Symptom(
            level="ill",
            says=f"nothing can be written into {place}",
            mend="Give the folder of a run: --output FOLDER.",
        )
    if history or (folder / FILENAME).is_file():
        yield _history(history or str(folder / FILENAME))


def _history(place: str) -> Symptom:
    named = "the database that --history names" if "://" in place else place
    try:
        count = archive.counted(place)
    except VerifierError as error:
        return Symptom(level="ill", says=str(error))
    runs = "1 run" if count == 1 else f"{count} runs"
    return Symptom(level="well", says=f"a history of {runs} in {named}")


def _vendors(root: Path) -> Iterator[Symptom]:
    found = sorted((root / "specs").glob("*/vendor.y*ml"))[:MOST_VENDORS]
    if not found:
        yield Symptom(
            level="note", says="no vendor in specs/", mend="Begin with one: 'verifier init'."
        )
    for profile in found:
        yield from _vendor(profile)


def _vendor(profile: Path) -> Iterator[Symptom]:
    today = datetime.datetime.now(datetime.UTC).date()
    beside = (profile.with_name(name) for name in (papers.WAIVERS, papers.CLAIMS))
    messages = [
        m for path in (profile, *beside) if path.is_file() for m in linting.lint(path, today=today)
    ]
    yield from (Symptom(level="ill", says=message) for message in messages)
    if messages:
        return
    missing = _unset(profile)
    if missing:
        yield Symptom(
            level="note",
            says=f"{profile}: {', '.join(missing)} not set",
            mend="They are needed to ask the API itself; a mock needs none.",
        )
    else:
        yield Symptom(level="well", says=f"{profile}: sound")


def _unset(profile: Path) -> list[str]:
    """Environment variables that hold its secrets, and are not there."""
    if "://" in loading.document_of(profile):
        return []
    vendor = loading.load_vendor(profile)
    named = [s for principal in vendor.principals for s in principal.secrets.values()]
    return sorted({s.name for s in named if s.scheme == "env" and not os.environ.get(s.name)})
