"""F. Dates and time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from verifier.mapping.edges.clocks import at, clock_changes, on, zone_name
from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.edges.shots import Shot

__all__ = ["EDGES"]

AMBIGUOUS = (date(2027, 3, 4), date(2027, 4, 3), date(2027, 1, 2), date(2027, 12, 11))
CLEAR = (date(2027, 3, 13), date(2027, 12, 31), date(2027, 5, 25))
SHORT_YEARS = ("00", "49", "50", "68", "69", "99")
ENDS = (
    date(2028, 2, 29),
    date(2027, 1, 30),
    date(2027, 1, 31),
    date(2028, 1, 31),
    date(2027, 3, 31),
    date(2027, 10, 31),
    date(2027, 12, 31),
)
NO_DAYS = ("2027-02-29", "2027-04-31", "2027-13-01", "2027-00-10", "0000-00-00")
FAR = (
    datetime(1, 1, 1, 0, 0),
    datetime(1, 1, 2, 12, 0),
    datetime(1899, 12, 31, 12, 0),
    datetime(1969, 12, 31, 12, 0),
    datetime(2038, 1, 20, 12, 0),
    datetime(9999, 12, 1, 12, 0),
    datetime(9999, 12, 31, 23, 59),
)
MIDNIGHT = ((0, 0), (0, 30), (1, 30), (12, 0), (21, 30), (22, 30), (23, 30), (23, 59))
EPOCHS = (0, -1, 10**9, 1_700_000_000, 1_700_000_000_000, 1_700_000_000_000_000, 10**18)
SERIALS = (0, 1, 59, 60, 61, 44562, 2_958_465)
ODD_CLOCKS = (
    "2027-05-17T24:00:00Z",
    "2027-05-17T23:59:60Z",
    "2027-W20-1T09:00:00Z",
    "2027-05-17T09:30:00.123456789Z",
    "2027-05-17T09:30:00.5Z",
    "2027-05-17 09:30:00Z",
    "2027-05-17T09:30Z",
)
OFFSETS = (
    "2027-05-17T23:30:00+09:18",
    "2027-05-17T00:30:00-11:00",
    "2027-05-17T00:30:00+14:00",
    "2027-05-17T09:30:00+00:00",
    "2027-05-17T09:30:00-00:00",
)


def _sites(ground: Ground) -> Iterator[Site]:
    return ground.of_kind("date", "datetime")


def _days(days: tuple[date, ...], ground: Ground) -> Iterator[Shot]:
    for site in _sites(ground):
        for day in days:
            value = on(ground, site, day)
            if value is not None:
                yield ground.shot(site.path, value)


def _swapped(ground: Ground) -> Iterator[Shot]:
    yield from _days(AMBIGUOUS, ground)
    yield from _days(CLEAR, ground)


def _undecidable(ground: Ground) -> Iterator[Shot]:
    return _days(tuple(date(2027, month, 13 - month) for month in range(1, 13)), ground)


def _short_years(ground: Ground) -> Iterator[Shot]:
    for site in _sites(ground):
        form = str(site.given.get("format", "%Y-%m-%d"))
        for year in SHORT_YEARS:
            sample = on(ground, site, date(2027, 5, 17))
            if isinstance(sample, str):
                short = sample.replace("2027", year) if "%Y" in form else f"{sample[:-2]}{year}"
                yield ground.shot(site.path, short)


def _zoneless(ground: Ground) -> Iterator[Shot]:
    texts = ("2027-05-17T23:30:00", "2027-05-17 23:30:00", "2027-05-17", "17/05/2027 23:30")
    return ground.each(ground.of_kind("datetime"), texts)


def _midnight(ground: Ground) -> Iterator[Shot]:
    for site in ground.of_kind("datetime"):
        for month in (1, 7):
            for hour, minute in MIDNIGHT:
                value = at(ground, site, datetime(2027, month, 1, hour, minute))
                yield ground.shot(site.path, value)


def _there_and_back(ground: Ground) -> Iterator[Shot]:
    days = (date(2027, 1, 1), date(2027, 3, 28), date(2027, 10, 31), date(2027, 12, 31))
    return _days((*days, date(1985, 4, 3), date(1970, 1, 1)), ground)


def _changes(ground: Ground) -> Iterator[Shot]:
    for site in ground.of_kind("datetime"):
        name = zone_name(ground, site)
        for wall in clock_changes(name) if name else ():
            yield ground.shot(site.path, at(ground, site, wall), f"{site.path} is {wall} in {name}")


def _ends(ground: Ground) -> Iterator[Shot]:
    yield from _days(ENDS, ground)
    for site in _sites(ground):
        sample = on(ground, site, date(2027, 5, 17))
        if isinstance(sample, str):
            for text in NO_DAYS:
                year, month, day = text.split("-")
                odd = sample.replace("2027", year).replace("05", month, 1).replace("17", day, 1)
                yield ground.shot(site.path, odd)


def _epochs(ground: Ground) -> Iterator[Shot]:
    counted = (site for site in ground.of_kind("datetime") if "epoch" in site.given)
    yield from ground.each(counted, EPOCHS)
    for site in ground.of_kind("datetime"):
        becomes = [ground.mapping.target.meant(rule.target) for rule in site.rules]
        if any(meaning is not None and "epoch" in meaning.given for meaning in becomes):
            for year in (1970, 2001, 2027, 2033):
                value = at(ground, site, datetime(year, 9, 9, 3, 46))
                yield ground.shot(site.path, value)


def _serials(ground: Ground) -> Iterator[Shot]:
    return ground.each((s for s in ground.of_kind("date") if "serial" in s.given), SERIALS)


def _far(ground: Ground) -> Iterator[Shot]:
    for site in _sites(ground):
        for wall in FAR:
            value = at(ground, site, wall)
            if value is not None:
                yield ground.shot(site.path, value)


def _written_otherwise(ground: Ground) -> Iterator[Shot]:
    return ground.each(_worded(ground), ODD_CLOCKS)


def _worded(ground: Ground) -> Iterator[Site]:
    return (site for site in ground.of_kind("datetime") if "epoch" not in site.given)


def _offsets(ground: Ground) -> Iterator[Shot]:
    return ground.each(_worded(ground), OFFSETS)


DAY = "a field that means a day or a time"
TIME = "a field that means a time"
EDGES = (
    Edge(
        number=58,
        title="day and month, or month and day",
        wrong="The fourth of March becomes the third of April, and only sometimes.",
        oracles="D",
        seen="dateutil/dateutil#1224",
        needs=DAY,
        shots=_swapped,
    ),
    Edge(
        number=59,
        title="a whole column that could be read both ways",
        wrong="The order is guessed from the data.",
        oracles="D",
        needs=DAY,
        shots=_undecidable,
    ),
    Edge(
        number=60,
        title="a year of two digits",
        wrong="Children are born in 2049.",
        oracles="PD",
        needs=DAY,
        shots=_short_years,
    ),
    Edge(
        number=61,
        title="a time without a zone",
        wrong="It is taken for UTC, or for the zone of whoever runs it.",
        oracles="PD",
        seen="XeroAPI/Xero-NetStandard#269",
        needs=TIME,
        shots=_zoneless,
    ),
    Edge(
        number=62,
        title="the day of an instant around midnight",
        wrong="It is off by one day.",
        oracles="D",
        seen="calcinai/xero-php#177, XeroAPI/xero-php-oauth2#294",
        needs=TIME,
        shots=_midnight,
    ),
    Edge(
        number=63,
        title="a day to an instant and back",
        wrong="A day is lost with each save.",
        oracles="RD",
        seen="crater-invoice-inc/crater#905",
        needs=DAY,
        shots=_there_and_back,
    ),
    Edge(
        number=64,
        title="hours that the clock skips, or shows twice",
        wrong="It crashes in spring, and is an hour off in autumn.",
        oracles="PD",
        seen="calcom/cal.diy#1092",
        needs="a field that means a time, in a zone that changes its clocks",
        shots=_changes,
    ),
    Edge(
        number=65,
        title="the end of a month, and 29 February",
        wrong="A month later is a day too late, or it crashes.",
        oracles="D",
        seen="due dates",
        needs=DAY,
        shots=_ends,
    ),
    Edge(
        number=66,
        title="seconds, milliseconds, microseconds",
        wrong="It was in 1970, or will be in the year 50000.",
        oracles="DP",
        needs="a time that is counted from 1970",
        shots=_epochs,
    ),
    Edge(
        number=67,
        title="a spreadsheet's days",
        wrong="They are counted from the wrong day, four years and a day apart.",
        oracles="D",
        needs="a day that is counted as a spreadsheet does",
        shots=_serials,
    ),
    Edge(
        number=68,
        title="days far off: 0001, before 1970, after 2038, 9999",
        wrong="It crashes, or an open end becomes a date.",
        oracles="TPD",
        needs=DAY,
        shots=_far,
    ),
    Edge(
        number=69,
        title="24:00, a leap second, weeks, fractions of seconds",
        wrong="It crashes, or takes what is no time.",
        oracles="PD",
        seen="erezsh/reladiff#94",
        needs=TIME,
        shots=_written_otherwise,
    ),
    Edge(
        number=70,
        title="an odd offset",
        wrong="The instant changes on the way.",
        oracles="D",
        needs=TIME,
        shots=_offsets,
    ),
)
