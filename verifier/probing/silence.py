"""Patience with a vendor that gives no answer: an operation is left alone, then the run ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

from verifier.errors import VendorUnreachable
from verifier.model import Exchange, Failure, FailureKind, Operation, Request, Vendor
from verifier.probing.obstacles import OutOfBudget, Silent

__all__ = ["Silence", "knock"]

OPERATION_PATIENCE = 4
VENDOR_PATIENCE = 8
TLS_ALERT = b"\x15"
# Nobody can be there, so a second try would tell nothing.
HOPELESS = frozenset({FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS})
MENDS = {
    FailureKind.DNS: "Check the host in the base URL.",
    FailureKind.REFUSED: "Is the server running, and is the port in the base URL right?",
    FailureKind.TLS: "Nothing was sent. Check the address; an authority of your own is trusted "
    "where SSL_CERT_FILE names its PEM file.",
    FailureKind.TIMEOUT: "Is it the right address? --timeout SECONDS waits longer.",
    FailureKind.GARBAGE: "Is the port right, and does it want https:// instead of http://?",
}
MEND = "Is it the right address, does it let us in from here, and does it speak TLS (https://)?"
Ask = Callable[[Request], Awaitable[Exchange]]


class Silence:
    """
    Counts requests without an answer, one after the other.

    Only a failure of the wire is silence; whatever status comes is an answer.
    """

    def __init__(self) -> None:
        self._of: Counter[str] = Counter()
        self._last: dict[str, Exchange] = {}
        self._row = 0

    def noted(self, exchange: Exchange) -> None:
        """Take note of an exchange; an answer ends the silence."""
        key = exchange.request.operation
        if exchange.failure is None:
            self._row = self._of[key] = 0
            return
        if exchange.failure.kind is FailureKind.ABANDONED:
            return
        self._row += 1
        self._of[key] += 1
        self._last[key] = exchange

    def permit(self, request: Request) -> None:
        """Silent where the operation has given no answer too often."""
        key = request.operation
        if key and self._of[key] >= OPERATION_PATIENCE:
            answer = self._last[key].answer
            raise Silent(f"it {answer} {self._of[key]} times in a row, and was left alone")

    @property
    def deep(self) -> bool:
        """Whether it is time to ask if anybody is still there."""
        return self._row >= VENDOR_PATIENCE

    def broken(self) -> None:
        """Somebody is there after all."""
        self._row = 0


async def knock(vendor: Vendor, ask: Ask) -> None:
    """
    A harmless request or two: is there anybody at all?

    Raises:
        VendorUnreachable: Nobody answers at the address, in words that say how.
    """
    root, plain = _knocks(vendor)
    failure = await _failure(ask, root)
    if failure is not None and failure.kind not in HOPELESS:
        failure = await _failure(ask, plain)
    if failure is not None:
        mend = MENDS.get(failure.kind, MEND)
        raise VendorUnreachable(_says(failure), where=vendor.base_url, mend=mend)


async def _failure(ask: Ask, request: Request) -> Failure | None:
    try:
        return (await ask(request)).failure
    except OutOfBudget:
        return None


def _knocks(vendor: Vendor) -> tuple[Request, ...]:
    """The root, and what the document says can be read without knowing anything."""
    plain = next((o for o in vendor.contract.operations if _is_plain(o)), None)
    second = Request(method="GET", path=plain.path if plain else "/")
    return Request(method="GET", path="/"), second


def _is_plain(operation: Operation) -> bool:
    return operation.method == "GET" and "{" not in operation.path


def _says(failure: Failure) -> str:
    if failure.kind is not FailureKind.GARBAGE or failure.received[:1] == TLS_ALERT:
        return failure.says
    start = failure.received[:60].decode("utf-8", "replace")
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in start)
    return f"{failure.says}; it begins {shown!r}"
