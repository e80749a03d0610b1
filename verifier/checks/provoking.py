"""Ways to make a vendor fail on purpose and without harm, shared by checks that look at errors."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from verifier.model import Draw, Exchange, Form, Operation, Request, Send, Step, Vendor

__all__ = ["MOST", "needs_lock", "provocations", "provoke", "readable", "stranger_to"]

MOST = 9
# Of an even number each: turned round, no letter stays what it was.
KINDS = ("0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ")


def readable(vendor: Vendor, *, secured: bool = False) -> Iterator[Operation]:
    """
    GET operations that need no path parameter first: the ones that are sure to be reachable.

    One that ends our session is left out: nothing could be asked afterwards.
    """
    found = [o for o in vendor.contract.operations if o.method == "GET" and not o.ends_session]
    found = [o for o in found if o.secured] if secured else found
    yield from sorted(found, key=lambda o: (len(o.parameters_in("path")), o.deprecated))


def needs_lock(vendor: Vendor) -> str:
    """Why nothing can be said of keys; empty where an operation that reads asks for one."""
    found = any(readable(vendor, secured=True))
    return "" if found else "no operation that only reads asks for a credential"


def provoke(vendor: Vendor) -> Generator[Step, Any, list[Exchange]]:
    """
    Up to MOST errors of different causes: no credential, an unknown path, malformed input.

    Nothing is created or changed: a malformed body is sent only where writing is allowed, and
    cannot be taken for a valid one.
    """
    answers = yield from provocations(vendor)
    return [answer for answer in answers if answer.status >= 400 and answer.status != 429]


def provocations(vendor: Vendor) -> Generator[Step, Any, list[Exchange]]:
    """What was answered to the same requests, errors or not."""
    errors: list[Exchange] = []
    for operation in list(readable(vendor, secured=True))[:2]:
        drawn = yield Draw(operation=operation.key)
        errors.append((yield Send(drawn.request.with_credential(Form.ABSENT))))
    errors.append((yield Send(Request(method="GET", path="/verifier-unknown-path"))))
    for operation in _items(vendor)[:2]:
        strange = Request(method="GET", path=_strange(operation.path), operation=operation.key)
        errors.append((yield Send(strange)))
    if vendor.writable:
        for operation in _creations(vendor)[:2]:
            drawn = yield Draw(operation=operation.key)
            kind = drawn.request.header("content-type") or "application/json"
            errors.append((yield Send(drawn.request.with_body(b'{"torn": ', kind))))
    return errors


def _items(vendor: Vendor) -> list[Operation]:
    return [o for o in vendor.contract.operations if o.method == "GET" and o.parameters_in("path")]


def _creations(vendor: Vendor) -> list[Operation]:
    return [
        o
        for o in vendor.contract.operations
        if o.method == "POST"
        and not o.parameters_in("path")
        and o.body
        and any("json" in media.type for media in o.body.media)
    ]


def _strange(path: str) -> str:
    """A path with every parameter replaced by an id that nobody gave out."""
    parts = ["verifier-unknown" if "{" in part else part for part in path.split("/")]
    return "/".join(parts)


def stranger_to(known: object) -> int | str:
    """An id of the same form as a known one that the vendor will hardly have given out."""
    if isinstance(known, int):
        return 987654321
    text = str(known)
    if text.isdigit():
        return "987654321"
    prefix, mark, rest = text.rpartition("_")
    other = prefix + mark + "".join(_turned(letter) for letter in rest)
    # What has no letter to turn (``--``) becomes a longer one.
    return other if other != text else f"{text}9"


def _turned(letter: str) -> str:
    """Another of its kind, so that what is hexadecimal stays so."""
    for kind in KINDS:
        if letter in kind:
            return kind[-1 - kind.index(letter)]
    return letter
