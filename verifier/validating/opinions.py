"""
A second opinion on an answer, from an independent implementation (openapi-core).

It is asked only to confirm what the compiled validator has found; it is some hundred times slower.
What it says counts as follows.

    it accepts the answer                           agrees is False
    it refuses it                                   agrees is True
    all that it says is a known error of its own    agrees is None
    it cannot read the document, or crashes         agrees is None
"""

from __future__ import annotations

import importlib
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verifier.model import Contract, Document, Operation, Request, Response, UnresolvedReference

__all__ = ["Opinion", "second_opinion"]

# Never asked for over a network: every address that openapi-core resolves is led to the document.
BASE = "http://document.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """
    What the other implementation thinks of an answer.

    Args:
        agrees: True where it finds the answer wrong too, False where it accepts it, None where it
            cannot tell.
        says: Its reason in one sentence.
    """

    agrees: bool | None
    says: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """The request as openapi-core wants it; ``path`` is the operation's place, see _Finder."""

    method: str
    path: str
    parameters: Any
    host_url: str = ""
    content_type: str = ""
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Answered:
    """The response as openapi-core wants it."""

    status_code: int
    content_type: str
    headers: Mapping[str, str]
    data: bytes | None


class _Finder:
    """Leads openapi-core to the operation that we mean, whatever the servers and paths say."""

    def __init__(self, spec: Any, base_url: str | None = None) -> None:
        self.spec = spec

    def find(self, method: str, name: str) -> tuple[Any, ...]:
        path = self.spec / "paths" / name
        return path, path / method, None, None, None


class _Files(dict[str, Callable[[str], Any]]):
    """A reader for every URL scheme: further files of the document, and nothing else."""

    def __init__(self, document: weakref.ref[Document]) -> None:
        super().__init__()
        self._document = document

    def __contains__(self, scheme: object) -> bool:
        return True

    def __missing__(self, scheme: str) -> Callable[[str], Any]:
        return self._read

    def _read(self, address: str) -> Any:
        document = self._document()
        if document is None or not address.startswith(BASE):
            raise UnresolvedReference(f"{address} is not fetched")
        return document.read(address.removeprefix(BASE))


def second_opinion(
    contract: Contract, operation: Operation, request: Request, response: Response
) -> Opinion:
    """
    Ask openapi-core whether an answer is what the document says.

    Args:
        request: The one that was answered; only its method matters.
    """
    try:
        errors = list(_errors(contract.document, operation, response))
    except Exception as error:  # noqa: BLE001  (whatever another implementation stumbles over)
        return Opinion(agrees=None, says=f"openapi-core gave up: {_line(error)}")
    return _weigh(errors)
