"""Whether the vendor's address is the one that its document tells of."""

from __future__ import annotations

from collections import Counter

from verifier.errors import VendorUnreachable
from verifier.model import Exchange, Form, Vendor

__all__ = ["Footing"]

NOT_FOUND = 404
# So many operations that need no id and all say 404 leave nothing to be found.
ENOUGH_OPERATIONS = 6


class Footing:
    """
    Counts operations that need no id, and what they say.

    Only requests that are as the document has them are counted, and only an answer is one.
    """

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor
        plain = [o for o in vendor.contract.operations if "{" not in o.path]
        self._plain = {operation.key for operation in plain}
        self._lost: Counter[str] = Counter()
        self._found = False

    def noted(self, exchange: Exchange) -> None:
        """Take note of an exchange; anything but a 404 is a foothold."""
        request = exchange.request
        if request.api or not request.operation or not exchange.status:
            return
        if exchange.status != NOT_FOUND:
            self._found = True
        elif request.operation in self._plain and request.identity.form is Form.INTACT:
            self._lost[request.operation] += 1

    def permit(self) -> None:
        """
        Ask no more where nothing of the document is there.

        Raises:
            VendorUnreachable: That is so.
        """
        if not self._found and len(self._lost) >= ENOUGH_OPERATIONS:
            raise self._elsewhere()

    def conclude(self) -> None:
        """
        A run to which every operation said 404, those that need no id included, tested nothing.

        Raises:
            VendorUnreachable: That is so.
        """
        if not self._found and len(self._lost) > 1:
            raise self._elsewhere()

    def _elsewhere(self) -> VendorUnreachable:
        servers = self._vendor.contract.servers
        said = ", ".join(servers[:3]) or "none"
        return VendorUnreachable(
            f"every answer is 404 ({len(self._lost)} operations that need no id)",
            where=self._vendor.base_url,
            mend=f"Is the base path right? As its servers the document says: {said}.",
        )
