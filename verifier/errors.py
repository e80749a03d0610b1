"""
Everything that can go wrong with *us*; what is wrong with a vendor is a finding.

VerifierError
  UsageError            a command or call was put wrongly              exit 2
  ConfigError           a file of the user's cannot be used as written  exit 2
  DocumentError         the vendor's document cannot be read at all     exit 2
  NotEnoughEvidence     nothing, or too little, could be tested         exit 3
  VendorUnreachable     no answer, or our credentials were refused      exit 4
  InternalError         a fault of our own                              exit 5

Every message says what went wrong, where, and (``mend``) what to do next.
"""

from collections.abc import Iterable

__all__ = [
    "ConfigError",
    "DocumentError",
    "InternalError",
    "NotEnoughEvidence",
    "UsageError",
    "VendorUnreachable",
    "VerifierError",
    "nearest",
]


def nearest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """The mend for a name that is not known: the one that is close to it, else ``otherwise``."""
    from difflib import get_close_matches  # start-up time

    names = list(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if not close and len(name) > 2:
        close = sorted((n for n in names if name in n), key=lambda n: (n.find(name), n))
    return f"Did you mean '{close[0]}'?" if close else otherwise


class VerifierError(Exception):
    """
    Base of every error raised on purpose.

    Args:
        says: What went wrong, naming the value that caused it.
        where: ``file:line`` or the address concerned; empty where there is none.
        mend: What the user can do next, as a sentence or a command.
    """

    exit_code = 5

    def __init__(self, says: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  {self.mend}" if self.mend else ""
        return f"{place}{self.says}{hint}"


class UsageError(VerifierError):
    """A command or a call was put wrongly."""

    exit_code = 2


class ConfigError(VerifierError):
    """A file of the user's cannot be used as written."""

    exit_code = 2


class DocumentError(VerifierError):
    """The vendor's document cannot be read at all."""

    exit_code = 2


class NotEnoughEvidence(VerifierError):  # noqa: N818  (a verdict on the run, named as the exit code is)
    """Nothing, or too little, could be tested."""

    exit_code = 3


class VendorUnreachable(VerifierError):  # noqa: N818
    """The vendor did not answer, or refused our credentials."""

    exit_code = 4


class InternalError(VerifierError):
    """A fault of our own."""

    exit_code = 5
