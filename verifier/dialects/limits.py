"""How a vendor tells of its limits, and what it says to whoever is over one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from verifier.dialects.quotas import Quota, quotas_in
from verifier.dialects.saying import documented, observed, unknown
from verifier.model import Axis, Contract, Dialect, Exchange

__all__ = ["Limits"]

MOST_READ = 400
OVER = frozenset({429, 503})
FORMS = (
    (re.compile(r"^\d+$"), "whole seconds"),
    (re.compile(r"^\d+\.\d+$"), "seconds with a decimal"),
    (re.compile(r"^[A-Z][a-z]{2}, \d"), "an HTTP date"),
)
UNITS = {
    "seconds": "seconds from now",
    "epoch": "seconds since 1970",
    "epoch-milliseconds": "milliseconds since 1970",
    "time": "a time (RFC 3339)",
    "length": "a length such as 6m0s",
}


class Limits:
    """Hears what answers say of limits, and refusals."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._read = 0
        self._told: dict[tuple[str, ...], tuple[Quota, str]] = {}
        self._policies: dict[str, Quota] = {}
        self._refusals: Counter[int] = Counter()
        self._waits: dict[str, str] = {}
        self._ids: list[str] = []

    def hear(self, exchange: Exchange) -> None:
        """Read the headers of the first answers, and of every refusal for haste."""
        response = exchange.response
        if response is None:
            return
        wait = response.header("retry-after")
        if response.status == 429 or (response.status in OVER and wait is not None):
            self._refusals[response.status] += 1
            self._ids.append(exchange.id)
            if wait is not None:
                self._waits.setdefault(_form(wait), exchange.id)
        if self._read < MOST_READ:
            self._read += 1
            for quota in quotas_in(response, exchange.started):
                self._told.setdefault(quota.headers, (quota, exchange.id))
                if quota.quota is not None:
                    self._policies.setdefault(quota.name, quota)

    def dialect(self) -> Dialect | None:
        """How limits are told."""
        convention = self._contract.convention("limits")
        if not (self._told or self._refusals or convention):
            return None
        axes = (
            self._signal(),
            self._reset(),
            self._size(),
            self._refusal(),
            self._wait(),
        )
        style = next((q.dialect for q, _ in self._told.values()), "")
        style = style or (convention.style if convention else "")
        return Dialect(kind="limits", style=style, axes=axes, duties=tuple(self._duties(axes)))

    def _signal(self) -> Axis:
        if self._told:
            names = dict.fromkeys(name for headers in self._told for name in headers)
            return observed("signal", ", ".join(names), [id for _, id in self._told.values()])
        convention = self._contract.convention("limits")
        headers = convention.detail.get("headers", ()) if convention else ()
        return documented("signal", ", ".join(headers))

    def _reset(self) -> Axis:
        forms = {q.reset_form: id for q, id in self._told.values() if q.reset_form}
        if not forms:
            return unknown("reset")
        told = " and ".join(UNITS[form] for form in forms)
        return observed("reset", told, forms.values())

    def _size(self) -> Axis:
        if not self._policies:
            return unknown("quota")
        told = [
            f"{quota.quota}"
            + (f" in {quota.window_seconds:g} s" if quota.window_seconds else "")
            + (f" ({name})" if name else "")
            for name, quota in list(self._policies.items())[:4]
        ]
        return observed("quota", "; ".join(told), [id for _, id in self._told.values()])

    def _refusal(self) -> Axis:
        if self._refusals:
            statuses = ", ".join(str(status) for status in sorted(self._refusals))
            return observed("refusal", statuses, self._ids)
        stated = any(o.response(429) is not None for o in self._contract.operations)
        return documented("refusal", "429" if stated else "")

    def _wait(self) -> Axis:
        if self._waits:
            return observed("retry-after", " or ".join(self._waits), self._waits.values())
        if self._refusals:
            return observed("retry-after", "none", self._ids)
        convention = self._contract.convention("limits")
        stated = convention.detail.get("retry_after") if convention else False
        return documented("retry-after", "stated" if stated else "")

    def _duties(self, axes: tuple[Axis, ...]) -> Iterator[str]:
        known = {axis.name: axis.value for axis in axes}
        signal, reset = known["signal"], known["reset"]
        if signal and reset:
            yield f"Read {signal} (the reset is {reset}), and slow down before nothing is left."
        elif signal:
            yield f"Read {signal}, and slow down before nothing is left."
        else:
            yield "Keep a pace of our own: nothing announces the limit."
        refusal = known["refusal"] or "429"
        if known["retry-after"] in ("", "none"):
            yield f"On {refusal}, wait a second, then twice as long each time, with some jitter."
        else:
            yield f"On {refusal}, wait as long as Retry-After says, then ask again; never sooner."
        yield "Set a longest wait, after which the job is put off rather than held."


def _form(value: str) -> str:
    text = value.strip()
    return next((name for pattern, name in FORMS if pattern.match(text)), "neither number nor date")
