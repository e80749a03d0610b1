"""What an answer's headers say of a limit, in the dialects that are in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from verifier.model import Exchange, Response

__all__ = ["Quota", "quotas_in", "readings_in", "tightest"]

ITEM = re.compile(
    r'\s*(?:"([^"]{1,100})"|([A-Za-z0-9_*.-]{1,100}))\s*((?:;\s*[a-z]+\s*=\s*[^;,]*)*)'
)
PARAMETER = re.compile(r";\s*([a-z]+)\s*=\s*\"?([^;,\"]*)\"?")
PAIR = re.compile(r"\b(limit|remaining|reset)\s*=\s*(\d+)")
# X-RateLimit-Limit, X-Rate-Limit-Limit-Minute, anthropic-ratelimit-requests-limit ...
FAMILY = re.compile(
    r"^(?P<before>.*limit)-(?P<unit>[\w-]*?-)?(?P<what>limit|remaining|reset|reset-after)"
    r"(?P<after>-[\w-]+)?$"
)
USED = re.compile(r"(?:^|[=\s])(\d+)\s*/\s*(\d+)")
USAGE = frozenset({"x-shopify-shop-api-call-limit", "sforce-limit-info"})
LENGTH = re.compile(r"^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$")
# A number of seconds since the epoch has so many digits; one of milliseconds three more.
EPOCH, EPOCH_MILLISECONDS = 10**9, 10**12
LONGEST_VALUE = 2_000


class Quota(Struct, frozen=True, kw_only=True):
    """
    One limit as an answer tells it.

    Args:
        dialect: ``ratelimit``, ``ratelimit-three-fields``, ``x-ratelimit`` or ``usage``.
        headers: Names of the headers, as sent.
        name: Of the policy, or of what is counted; empty where it has none.
        quota, remaining: Units in all, and left.
        reset_seconds: Until it is whole again, as told.
        reset_form: ``seconds``, ``epoch``, ``epoch-milliseconds``, ``time`` or ``length``.
        window_seconds: Of the quota.
    """

    dialect: str
    headers: tuple[str, ...]
    name: str = ""
    quota: int | None = None
    remaining: int | None = None
    reset_seconds: float | None = None
    reset_form: str = ""
    window_seconds: float | None = None

    @property
    def per_second(self) -> float | None:
        """The pace that it allows for ever."""
        if not self.quota or not self.window_seconds:
            return None
        return self.quota / self.window_seconds


def quotas_in(response: Response, now: float) -> tuple[Quota, ...]:
    """
    Every limit that an answer tells; what cannot be read is left out.

    Args:
        now: Seconds since the epoch at which it came.
    """
    spelled = {name.lower(): name for name, _ in response.headers}
    told = {name: (response.header(name) or "")[:LONGEST_VALUE] for name in spelled}
    found = [*_listed(told, spelled), *_families(told, spelled, now), *_used(told, spelled)]
    return tuple(found)


def readings_in(
    exchanges: Iterable[Exchange],
) -> dict[tuple[str, str], list[tuple[Exchange, Quota]]]:
    """What successes tell of each limit, by its dialect and name, in their order."""
    found: dict[tuple[str, str], list[tuple[Exchange, Quota]]] = {}
    for exchange in exchanges:
        if exchange.response is None or not exchange.succeeded:
            continue
        for quota in quotas_in(exchange.response, exchange.ended):
            found.setdefault((quota.dialect, quota.name), []).append((exchange, quota))
    return found


def tightest(quotas: tuple[Quota, ...]) -> Quota | None:
    """The one of which least is left."""
    counted = [quota for quota in quotas if quota.remaining is not None]
    return min(counted, key=lambda q: q.remaining or 0, default=None)


def _listed(told: Mapping[str, str], spelled: Mapping[str, str]) -> Iterator[Quota]:
    """``RateLimit`` and ``RateLimit-Policy`` (draft-ietf-httpapi-ratelimit-headers-07 to -11)."""
    if "ratelimit" not in told:
        return
    headers = tuple(spelled[n] for n in ("ratelimit", "ratelimit-policy") if n in spelled)
    policies = dict(_items(told.get("ratelimit-policy", "")))
    pairs = dict(PAIR.findall(told["ratelimit"]))
    if pairs:
        window = next((_number(given.get("w")) for given in policies.values()), None)
        yield Quota(
            dialect="ratelimit",
            headers=headers,
            quota=_whole(pairs.get("limit")),
            remaining=_whole(pairs.get("remaining")),
            reset_seconds=_number(pairs.get("reset")),
            reset_form="seconds",
            window_seconds=window,
        )
        return
    for name, given in _items(told["ratelimit"]):
        policy = policies.get(name, {})
        yield Quota(
            dialect="ratelimit",
            headers=headers,
            name=name,
            quota=_whole(policy.get("q")),
            remaining=_whole(given.get("r")),
            reset_seconds=_number(given.get("t")),
            reset_form="seconds",
            window_seconds=_number(policy.get("w")),
        )


def _items(value: str) -> Iterator[tuple[str, dict[str, str]]]:
    for part in value.split(","):
        match = ITEM.match(part)
        if match:
            yield match[1] or match[2], dict(PARAMETER.findall(match[3]))


def _families(told: Mapping[str, str], spelled: Mapping[str, str], now: float) -> Iterator[Quota]:
    """Three headers of one name: the limit, what remains of it, and when it is whole again."""
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for name in told:
        match = FAMILY.match(name)
        if match:
            unit = (match["unit"] or "") + (match["after"] or "")
            groups.setdefault((match["before"], unit.strip("-")), {})[match["what"]] = name
    for (before, unit), names in groups.items():
        if "remaining" not in names and "limit" not in names:
            continue
        reset = names.get("reset-after") or names.get("reset", "")
        seconds, form = _reset(told.get(reset, ""), now)
        limit = told.get(names.get("limit", ""), "")
        window = next((_number(given.get("w")) for _, given in _items(limit)), None)
        plain = before == "ratelimit"
        yield Quota(
            dialect="ratelimit-three-fields" if plain else "x-ratelimit",
            headers=tuple(spelled[n] for n in names.values()),
            name=unit,
            quota=_whole(limit.partition(",")[0]),
            remaining=_whole(told.get(names.get("remaining", ""), "")),
            reset_seconds=seconds,
            reset_form=form,
            window_seconds=window,
        )


def _used(told: Mapping[str, str], spelled: Mapping[str, str]) -> Iterator[Quota]:
    """What is used of what there is: Shopify's ``32/40``, Salesforce's ``api-usage=18/5000``."""
    for name in USAGE & told.keys():
        match = USED.search(told[name])
        if match:
            used, quota = int(match[1]), int(match[2])
            yield Quota(
                dialect="usage",
                headers=(spelled[name],),
                quota=quota,
                remaining=max(0, quota - used),
            )


def _reset(value: str, now: float) -> tuple[float | None, str]:
    """Seconds until a reset, and the form in which that is told."""
    text = value.strip()
    number = _number(text)
    if number is not None:
        if number >= EPOCH_MILLISECONDS:
            return number / 1000 - now, "epoch-milliseconds"
        return (number - now, "epoch") if number >= EPOCH else (number, "seconds")
    length = LENGTH.match(text) if text else None
    if length:
        hours, minutes, seconds, milliseconds = (float(part or 0) for part in length.groups())
        return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000, "length"
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() - now, "time"
    except (ValueError, OverflowError):
        return None, ""


def _whole(text: str | None) -> int | None:
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 18 else None


def _number(text: str | None) -> float | None:
    plain = (text or "").strip()
    if not re.fullmatch(r"\d{1,18}(?:\.\d{1,9})?", plain):
        return None
    return float(plain)
