"""A document out of a git revision: ``git:REV:path``, its further files from the same revision."""

from __future__ import annotations

import posixpath
import shutil
import subprocess
from pathlib import Path

from verifier.errors import DocumentError
from verifier.loading.sheet import Sheet
from verifier.loading.text import check_size
from verifier.model import UnresolvedReference

__all__ = ["PREFIX", "RevisionShelf", "is_revision"]

PREFIX = "git:"
TIMEOUT_SECONDS = 60
HOW = "Write git:REVISION:path, such as git:main:specs/acme/openapi.yaml."


def is_revision(where: str) -> bool:
    """Whether it names a file of a git revision."""
    return where.startswith(PREFIX)


class RevisionShelf:
    """
    The files of one revision of the repository in which we are (or which holds the path).

    Args:
        where: ``git:REV:path``; the path starts at the folder that we are in, like any other.
    """

    def __init__(self, where: str) -> None:
        revision, separator, path = where.removeprefix(PREFIX).partition(":")
        if not separator or not revision or not path or revision.startswith("-"):
            raise DocumentError("This names no file of a git revision", where=where, mend=HOW)
        self.location = where
        self.overlays: tuple[Sheet, ...] = ()
        self._revision = revision
        name = Path(path)
        self._here = name.parent if name.is_absolute() else Path()
        self._path = name.name if name.is_absolute() else posixpath.normpath(name.as_posix())
        self.entry = posixpath.basename(self._path)
        self._folder = posixpath.dirname(self._path)

    def entry_bytes(self) -> bytes:
        """The document as it was then."""
        try:
            return self._show(self._path)
        except UnresolvedReference as error:
            raise DocumentError(str(error), where=self.location, mend=HOW) from None

    def take(self, name: str) -> tuple[bytes, str]:
        """A further file of the same revision, in the document's folder or below it."""
        if "://" in name:
            raise UnresolvedReference(f"{name} is on the network, and references may not go there")
        path = posixpath.normpath(posixpath.join(self._folder, name))
        inside = path.startswith(f"{self._folder}/") if self._folder else not path.startswith("..")
        if not inside:
            raise UnresolvedReference(
                f"{name} leads outside the document's folder, which is not allowed"
            )
        return self._show(path), f"{PREFIX}{self._revision}:{path}"

    def _show(self, path: str) -> bytes:
        """The bytes of a file; its size is asked for first."""
        spec = f"{self._revision}:./{path}"
        size = self._git("cat-file", "-s", spec)
        check_size(int(size.strip() or 0), self.location)
        return self._git("cat-file", "blob", spec)

    def _git(self, *arguments: str) -> bytes:
        program = shutil.which("git")
        if program is None:
            raise DocumentError(
                "git is not installed", where=self.location, mend="Install it, or give a file."
            )
        try:
            done = subprocess.run(  # noqa: S603  (no shell, and the revision is no option)
                [program, "-C", str(self._here), *arguments],
                capture_output=True,
                check=False,
                timeout=TIMEOUT_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DocumentError(f"git failed: {error}", where=self.location) from None
        if done.returncode:
            says = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
            raise UnresolvedReference(f"git: {says[:300]}")
        return done.stdout
