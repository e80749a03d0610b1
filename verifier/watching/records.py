"""Signs and news as they stand in the watcher's memory."""

from __future__ import annotations

import datetime

import orjson

from verifier.model import Announcement, Confidence, Impact, Medium, Milestone, Sighting, Signal

__all__ = ["dump_news", "dump_sighting", "key_of", "load_news", "load_sighting"]


def key_of(sighting: Sighting) -> str:
    """What makes it another sign."""
    signal = sighting.signal
    return "\n".join(
        (
            sighting.scope,
            signal.milestone.value,
            str(signal.date or ""),
            sighting.medium.value,
            sighting.dialect,
        )
    )


def dump_sighting(sighting: Sighting) -> bytes:
    """As JSON, without its days."""
    signal = sighting.signal
    return orjson.dumps(
        {
            "scope": sighting.scope,
            "medium": sighting.medium.value,
            "dialect": sighting.dialect,
            "evidence": sighting.evidence,
            "milestone": signal.milestone.value,
            "date": str(signal.date) if signal.date else None,
            "said": _plain(signal.said),
            "successor": _plain(signal.successor),
            "link": _plain(signal.link),
            "confidence": int(signal.confidence),
        }
    )


def load_sighting(raw: bytes, day: str) -> Sighting:
    """A sign as it was seen on a day."""
    data = orjson.loads(raw)
    return Sighting(
        scope=data["scope"],
        medium=Medium(data["medium"]),
        dialect=data["dialect"],
        evidence=data["evidence"],
        seen=datetime.date.fromisoformat(day),
        signal=Signal(
            milestone=Milestone(data["milestone"]),
            date=datetime.date.fromisoformat(data["date"]) if data["date"] else None,
            said=data["said"],
            successor=data["successor"],
            link=data["link"],
            confidence=Confidence(data["confidence"]),
        ),
    )


def dump_news(news: Announcement) -> bytes:
    """As JSON."""
    return orjson.dumps(
        {
            "id": news.id,
            "vendor": news.vendor,
            "kind": news.kind,
            "severity": news.severity.value,
            "title": _plain(news.title),
            "lines": [_plain(line) for line in news.lines],
            "noticed": news.noticed,
            "due": str(news.due) if news.due else None,
            "detail": dict(news.detail),
        },
        default=str,
    )


def load_news(raw: bytes) -> Announcement:
    """As it was announced."""
    data = orjson.loads(raw)
    return Announcement(
        **{
            **data,
            "severity": Impact(data["severity"]),
            "lines": tuple(data["lines"]),
            "due": datetime.date.fromisoformat(data["due"]) if data["due"] else None,
        }
    )


def _plain(text: str) -> str:
    """Half a surrogate pair, as a hostile document may hold, has no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
