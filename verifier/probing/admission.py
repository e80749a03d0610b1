"""Whether the vendor lets us in at all, told from what it says to credentials sent as they are."""

from __future__ import annotations

from collections import Counter

from verifier.errors import VendorUnreachable
from verifier.model import Exchange, Form, Request, Vendor
from verifier.probing.footing import Footing
from verifier.probing.obstacles import NotTestable

__all__ = ["Admission"]

UNAUTHORIZED, FORBIDDEN = 401, 403
REFUSED = frozenset({UNAUTHORIZED, FORBIDDEN})
UNDECIDED = frozenset({429, *range(500, 600)})
# So many operations that all say 401, and none that lets us in, leave nothing to be learned.
ENOUGH_OPERATIONS = 6
ENOUGH_REFUSALS = 4


class Admission:
    """
    Counts where our credentials were let in and where they were refused.

    Only operations that ask for a credential are counted: what is open to all says nothing.
    """

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor
        self._secured = {o.key for o in vendor.contract.operations if o.secured}
        self._unauthorized: Counter[tuple[str, str]] = Counter()
        self._footing = Footing(vendor)
        self.admitted = 0
        self.refused = 0

    def noted(self, exchange: Exchange, *, judged: bool = False) -> bool:
        """
        Take note of an exchange; whether its credential was let in, or not looked at.

        Args:
            judged: Whether a flow judges it, and may have looked for a 403 (though not for a 401).
        """
        self._footing.noted(exchange)
        identity, status = exchange.request.identity, exchange.status
        if identity.form is not Form.INTACT or not status or status in UNDECIDED:
            return False
        if judged and status == FORBIDDEN:
            return False
        operation = exchange.request.operation
        own = not exchange.request.api and operation in self._secured
        if own and self._vendor.principal(identity.principal):
            self.refused += status in REFUSED
            self.admitted += status not in REFUSED
            key = identity.principal, operation
            self._unauthorized[key] = self._unauthorized[key] + 1 if status == UNAUTHORIZED else 0
        return status not in REFUSED

    @property
    def doubtful(self) -> bool:
        """Whether our credentials were refused, and let in nowhere so far."""
        return self.refused > 0 and self.admitted == 0

    def permit(self, request: Request) -> None:
        """
        Ask no more where we are not let in, and nothing where that is so everywhere.

        Raises:
            NotTestable: This operation has said 401 to this principal again and again.
            VendorUnreachable: Every operation has, or nothing of the document is there at all.
        """
        if request.identity.form is not Form.INTACT:
            return
        self._footing.permit()
        if not self.admitted and len(self._unauthorized) >= ENOUGH_OPERATIONS:
            raise self._shut_out()
        if self._unauthorized[request.identity.principal, request.operation] >= ENOUGH_REFUSALS:
            raise NotTestable("our credential was refused (401)", "a principal that may do this")

    def conclude(self) -> None:
        """
        A run whose credentials were refused wherever one is asked for has tested nothing.

        Raises:
            VendorUnreachable: That is so.
        """
        if self.doubtful:
            raise self._shut_out()
        self._footing.conclude()

    def _shut_out(self) -> VendorUnreachable:
        names = ", ".join(f"'{p.name}'" for p in self._vendor.principals)
        plural = "s" if len(self._vendor.principals) > 1 else ""
        return VendorUnreachable(
            f"our credentials were refused every time ({self.refused} requests)",
            where=self._vendor.base_url,
            mend=f"Check the principal{plural} {names}: is the secret the right one, still valid, "
            "and does it belong to this address?",
        )
