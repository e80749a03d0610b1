"""What errors look like, and by what they can be told apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from verifier.dialects.saying import documented, observed, unknown
from verifier.model import Axis, Contract, Convention, Dialect, Exchange

__all__ = ["Errors"]

MOST_HEARD = 1_000
MOST_MEMBERS = 12
CODES = ("code", "error_code", "errorCode", "type", "error", "errno", "reason", "name")
WRAPPERS = ("error", "errors", "fault")


class Errors:
    """Hears refusals and failures."""

    def __init__(self, contract: Contract) -> None:
        self._convention: Convention | None = contract.convention("errors")
        self._shapes: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._types: Counter[str] = Counter()
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._heard = 0

    def hear(self, exchange: Exchange) -> None:
        """Keep the shape of an error's body."""
        response = exchange.response
        if response is None or response.status < 400 or self._heard >= MOST_HEARD:
            return
        self._heard += 1
        self._types[response.media_type or "no content type"] += 1
        body = response.json_or_none() if response.is_json else None
        if not isinstance(body, Mapping):
            self._shapes[("no JSON object",)].append(exchange.id)
            return
        prefix, inner = _unwrapped(body)
        shape = tuple(sorted(f"{prefix}{name}" for name in inner))[:MOST_MEMBERS]
        self._shapes[shape].append(exchange.id)
        for name in CODES:
            held = inner.get(name)
            if isinstance(held, str | int) and not isinstance(held, bool):
                self._codes[prefix + name].add(str(held)[:60])
                return

    def dialect(self) -> Dialect | None:
        """The shape that most errors have, and the others."""
        if not self._heard and self._convention is None:
            return None
        axes = (self._media(), self._members(), self._code(), self._others())
        style = self._convention.style if self._convention else ""
        known = {axis.name: axis.value for axis in axes}
        return Dialect(kind="errors", style=style, axes=axes, duties=tuple(_duties(known)))

    def _media(self) -> Axis:
        if not self._types:
            detail = self._convention.detail if self._convention else {}
            return documented("media-type", detail.get("media_type", ""))
        usual, count = self._types.most_common(1)[0]
        return observed("media-type", f"{usual} ({count} of {self._heard})", self._usual()[1])

    def _usual(self) -> tuple[tuple[str, ...], list[str]]:
        shape = max(self._shapes, key=lambda shape: len(self._shapes[shape]))
        return shape, self._shapes[shape]

    def _members(self) -> Axis:
        if not self._shapes:
            return unknown("members")
        shape, ids = self._usual()
        return observed("members", ", ".join(shape), ids)

    def _code(self) -> Axis:
        if self._codes:
            name = max(self._codes, key=lambda name: len(self._codes[name]))
            shown = sorted(self._codes[name])
            more = " …" if len(shown) > 4 else ""
            return observed("code", f"{name}: {', '.join(shown[:4])}{more}", self._usual()[1])
        if self._heard:
            return observed("code", "none", self._usual()[1])
        return documented(
            "code", self._convention.detail.get("code", "") if self._convention else ""
        )

    def _others(self) -> Axis:
        if not self._shapes:
            return unknown("other-shapes")
        rest = sum(len(ids) for ids in self._shapes.values()) - len(self._usual()[1])
        ids = [held[0] for shape, held in self._shapes.items() if shape != self._usual()[0]]
        return observed("other-shapes", f"{len(self._shapes) - 1}, in {rest} answers", ids)


def _unwrapped(body: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    """The members of an error, taken out of what wraps them."""
    for name in WRAPPERS:
        inner = body.get(name)
        if isinstance(inner, Mapping) and inner:
            return f"{name}/", inner
    return "", body


def _duties(known: Mapping[str, str]) -> Iterator[str]:
    yield "Decide by the status first: 4xx is ours to mend, 5xx and 429 may be repeated."
    code = known["code"]
    if code and code != "none":
        yield f"Decide by {code.partition(':')[0]} within a status, never by the words beside it."
    else:
        yield "Do not read the words of an error to decide: nothing in it is made for programs."
    if not known["other-shapes"].startswith("0"):
        yield "Expect an error without that shape (a gateway's page, an empty body)."
