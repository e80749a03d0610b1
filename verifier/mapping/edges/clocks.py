"""Days and times as a field writes them, those that no calendar or clock shows included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from verifier.mapping.date_formats import date_form
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.records import written
from verifier.mapping.zones import zone_of

__all__ = ["at", "clock_changes", "on", "zone_name"]

YEAR = 2027
STEP = timedelta(minutes=30)


def on(ground: Ground, site: Site, day: date) -> Any:
    """A day as a field of dates writes it."""
    if site.kind == "date":
        return written(site.value, day, ground.base)
    return at(ground, site, datetime(day.year, day.month, day.day, 9, 15))


def at(ground: Ground, site: Site, wall: datetime) -> Any:
    """A time on the clock of the field's zone, as the field writes it; any, real or not."""
    given = site.given
    if site.kind == "date":
        return written(site.value, wall.date(), ground.base)
    form = given.get("format")
    if form and date_form(form).local:
        return date_form(form).write(wall)
    instant = wall.replace(tzinfo=zone_of(given["zone"]) if "zone" in given else UTC)
    try:
        return written(site.value, instant, ground.base)
    except OverflowError:
        return None


def zone_name(ground: Ground, site: Site) -> str:
    """The zone that matters for a field: its own, or the one of a day that it becomes."""
    if "zone" in site.given:
        return str(site.given["zone"])
    for rule in site.rules:
        meaning = ground.mapping.target.meant(rule.target)
        if meaning is not None and "zone" in meaning.given:
            return str(meaning.given["zone"])
    return ""


def clock_changes(name: str) -> Iterator[datetime]:
    """Times on the wall around each change of the clock in a year, half-hours apart."""
    zone = zone_of(name)
    instant = datetime(YEAR, 1, 1, tzinfo=UTC)
    end = datetime(YEAR + 1, 1, 1, tzinfo=UTC)
    while instant < end:
        following = instant + timedelta(hours=1)
        before, after = (moment.astimezone(zone) for moment in (instant, following))
        if before.utcoffset() != after.utcoffset():
            wall = before.replace(tzinfo=None)
            for steps in range(-1, 6):
                yield wall + steps * STEP
        instant = following
