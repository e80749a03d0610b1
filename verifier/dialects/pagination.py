"""How lists are cut into pages, and how one comes to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from verifier.dialects.saying import documented, observed
from verifier.model import Axis, Contract, Convention, Dialect, Exchange

__all__ = ["Pages"]

MOST_HEARD = 2_000
FLAG = re.compile(r"has_?(?:more|next)", re.IGNORECASE)


class Pages:
    """Hears requests for a page after the first."""

    def __init__(self, contract: Contract) -> None:
        found = contract.conventions_of("pagination")
        self._convention: Convention | None = max(
            found, key=lambda c: (c.confidence, len(c.operations)), default=None
        )
        self._followed: list[str] = []
        self._most = 0
        self._most_at = ""
        self._heard = 0

    def hear(self, exchange: Exchange) -> None:
        """Keep that a further page was had, and how long the longest was."""
        convention = self._convention
        if convention is None or not exchange.succeeded or self._heard >= MOST_HEARD:
            return
        if exchange.request.operation not in convention.operations:
            return
        self._heard += 1
        query = dict(parse_qsl(exchange.request.query))
        if str(convention.detail.get("token", "\0")) in query and len(self._followed) < 4:
            self._followed.append(exchange.id)
        rows = _rows(exchange.value, str(convention.detail.get("items", "")))
        if rows > self._most:
            self._most, self._most_at = rows, exchange.id

    def dialect(self) -> Dialect | None:
        """How pages are walked."""
        convention = self._convention
        if convention is None:
            return None
        detail = convention.detail
        token = str(detail.get("token", ""))
        axes = (
            observed("style", convention.style, self._followed)
            if self._followed
            else documented("style", convention.style),
            documented("parameter", token),
            documented("size", detail.get("size", "")),
            documented("items", detail.get("items", "")),
            documented("next", detail.get("next", "")),
            observed("longest", f"{self._most} items", [self._most_at])
            if self._most
            else Axis(name="longest"),
        )
        return Dialect(
            kind="pagination",
            style=convention.style,
            axes=axes,
            duties=tuple(_duties(convention)),
        )


def _rows(value: object, member: str) -> int:
    held = value.get(member) if isinstance(value, Mapping) and member else value
    return len(held) if isinstance(held, list) else 0


def _duties(convention: Convention) -> Iterator[str]:
    detail = convention.detail
    token, onward = detail.get("token", ""), detail.get("next", "")
    match convention.style:
        case "link-header":
            yield "Follow the Link header's rel=next as it is; never build the address of a page."
        case "cursor":
            yield _onward(convention, str(token), str(onward))
        case _:
            yield f"Count '{token}' up; expect items to move while pages are read."
    yield "End where the vendor says that there is no next page, not where a page is short."
    yield "Stop with an alert when a page leads to one that was read before."
    yield "Tell items apart by id: one may come twice."


def _onward(convention: Convention, token: str, onward: str) -> str:
    """What a client sends to come to the next page."""
    if FLAG.search(onward):
        return f"Send the last item's id of a page as '{token}' for the next, while {onward} holds."
    if onward:
        return f"Send the member {onward} of a page as '{token}' for the next, unchanged."
    if convention.opaque:
        return (
            f"Take '{token}' as the vendor gives it with a page; the document does not say where."
        )
    return f"Send the last item's id of a page as '{token}' for the next, unchanged."
