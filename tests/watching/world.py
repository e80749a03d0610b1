"""A world of vendors whose documents change by a script, from which follows what is to be told."""

import copy
import datetime
import random
import tempfile
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path

import orjson

from verifier.errors import DocumentError, VendorUnreachable
from verifier.loading import from_mapping, load
from verifier.model import Exchange, Request, Response
from verifier.watching.editions import Edition

START = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
DAY = 86400.0
OPERATIONS = 8
KINDS = (
    *("break", "break", "harmless", "outage", "malformed", "emptied", "deprecate", "move"),
    *("drift", "header", "silence"),
)
# What cannot be had for a while, and what is told of it.
AWAY = {"outage": "document", "malformed": "document", "silence": "api"}


def time_of(day):
    return START.timestamp() + day * DAY


def date_of(day):
    return (START + datetime.timedelta(days=day)).date()


@dataclass(frozen=True)
class Step:
    """Something that a vendor does on a day."""

    day: float
    kind: str
    operation: int = 0
    sunset: float = 0.0
    until: float = 0.0


@dataclass(frozen=True)
class Expected:
    """
    A piece of news that must be told, once, in a span of time.

    What may be overtaken before the next look, such as an end that is moved a day after it came
    near, may also be left out.
    """

    vendor: str
    kind: str
    earliest: float
    latest: float
    key: str = ""
    may: bool = False


def script(name, days, seed):
    """What a vendor does in that time; steps keep their distance, so that each is seen alone."""
    rng = random.Random(f"{name} {seed}")
    steps, day = [], rng.uniform(3, 20)
    free = list(range(1, OPERATIONS))  # the first one is there to drift
    ending, taken = {}, set()
    while day < days - 12:
        kind = rng.choice(KINDS)
        if kind in AWAY:
            steps.append(Step(day, kind, until=day + rng.uniform(3.2, 6)))
            day += 8
        elif kind == "emptied":
            steps.append(Step(day, kind, until=day + rng.uniform(1.5, 4)))
            day += 6
        elif kind == "drift":
            steps.append(Step(day, kind))
        elif kind == "header" and free:
            sunset = _another(int(day + rng.choice([20, 45, 100])), taken)
            steps.append(Step(day, kind, free.pop(rng.randrange(len(free))), sunset))
        elif kind == "deprecate" and free:
            operation = free.pop(rng.randrange(len(free)))
            ending[operation] = _another(int(day + rng.choice([20, 45, 100, 150])), taken)
            steps.append(Step(day, kind, operation, ending[operation]))
        elif kind == "move" and ending:
            operation, old = rng.choice(sorted(ending.items()))
            new = _another(old + rng.choice([-9, 11, 25]), taken)
            if new > day + 3 and old > day + 3:
                ending[operation] = new
                steps.append(Step(day, kind, operation, new))
        else:
            steps.append(Step(day, "break" if kind == "break" else "harmless"))
        day += rng.uniform(3.5, 16)
    return steps


def _another(day, taken):
    """Ends of one day would be told together; here each is to be told alone."""
    while day in taken:
        day += 1
    taken.add(day)
    return day


def document(steps, day):
    """The vendor's document on a day; DocumentError while it cannot be had or read."""
    root = copy.deepcopy(BASE)
    kinds, extra = list("abcdefghijklmnopqrstuvwxyz"), 0
    for step in steps:
        if step.day > day:
            break
        path = f"/things{step.operation}"
        if step.kind == "outage" and day < step.until:
            raise DocumentError("the server is away", where="world")
        if step.kind == "malformed" and day < step.until:
            _torn(root)
        if step.kind == "emptied" and day < step.until:
            return {**root, "paths": {}}
        if step.kind == "break":
            kinds.pop()
        if step.kind == "harmless":
            extra += 1
            root["paths"][f"/more{extra}"] = copy.deepcopy(root["paths"]["/things0"])
        if step.kind == "deprecate":
            root["paths"][path]["get"]["deprecated"] = True
        if step.kind in ("deprecate", "move"):
            root["paths"][path]["get"]["x-sunset"] = str(date_of(step.sunset))
    root["components"]["schemas"]["Kind"]["enum"] = kinds
    return root


def _torn(root):
    """The loader's own word about half a document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openapi.json"
        path.write_bytes(orjson.dumps(root)[:-200])
        load(path)
    raise AssertionError("half a document was taken for a whole one")


def answers(steps, day, now):
    """What the API answers on a day; VendorUnreachable while it is silent."""
    values, headers = ["a", "b"], {}
    for step in steps:
        if step.day <= day:
            if step.kind == "silence" and day < step.until:
                raise VendorUnreachable("no answer", where="world")
            if step.kind == "drift":
                values.append(f"new{len(values)}")
            if step.kind == "header":
                ends = time_of(step.sunset)
                moment = datetime.datetime.fromtimestamp(ends, datetime.UTC)
                headers[step.operation] = (("sunset", format_datetime(moment, usegmt=True)),)
    for number in (0, *headers):
        path = f"/things{number}"
        yield Exchange(
            id=f"x{number}",
            request=Request(method="GET", path=path, operation=f"GET {path}"),
            response=Response(
                status=200,
                headers=(("content-type", "application/json"), *headers.get(number, ())),
                body=orjson.dumps({"state": "a" if number else values[-1]}),
            ),
            started=now,
        )


STATE = {"type": "string", "enum": ["a", "b"]}
BASE = {
    "openapi": "3.1.0",
    "info": {"title": "World", "version": "1"},
    "servers": [{"url": "https://api.world.test"}],
    "paths": {
        f"/things{n}": {
            "get": {
                "parameters": [
                    {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}}
                ],
                "responses": {
                    "200": {
                        "description": "Things.",
                        "content": {
                            "application/json": {"schema": {"properties": {"state": STATE}}}
                        },
                    }
                },
            }
        }
        for n in range(OPERATIONS)
    },
    "components": {"schemas": {"Kind": {"type": "string"}}},
}


def expected(name, steps, days, every_days, thresholds=(90, 30, 7, 1)):
    """All that is to be told of a vendor, from the script alone."""
    # A look may come a tenth of a span late, and time goes on in steps of the world.
    late = every_days * 1.15 + 0.3
    ends, facts = {}, []
    for step in steps:
        facts += _of_document(step, late)
        facts += _of_ends(step, ends)
    for spans in ends.values():
        for index, (known, sunset) in enumerate(spans):
            last = spans[index + 1][0] if index + 1 < len(spans) else days
            facts += _escalation(known, sunset, last, thresholds)
    return [
        Expected(name, kind, time_of(day), time_of(day + late + more), key, may)
        for kind, day, more, key, may in facts
        if day < days - late - more - 1
    ]


def _of_document(step, late):
    if step.kind == "break":
        yield "document-changed", step.day, 0.0, "", False
    if step.kind in AWAY:
        yield "unreachable", step.day, late, AWAY[step.kind], False
        yield "recovered", step.until, 0.0, AWAY[step.kind], False
    if step.kind == "drift":
        yield "drift", step.day, 0.0, "", False
    if step.kind == "emptied":
        yield "could-not-check", step.day, 0.0, "", False


def _of_ends(step, ends):
    """What a named or moved day makes of the ledger; ``ends`` is told of it."""
    if step.kind == "deprecate":
        yield "document-changed", step.day, 0.0, "", False
        yield "deadline-named", step.day, 0.0, str(date_of(step.sunset)), False
        ends[step.operation] = [(step.day, step.sunset)]
    if step.kind == "header":
        yield "deadline-named", step.day, 0.0, str(date_of(step.sunset)), False
        ends[step.operation] = [(step.day, step.sunset)]
    if step.kind == "move":
        old = ends[step.operation][-1][1]
        earlier = step.sunset < old
        if earlier or step.sunset - step.day < 90:
            yield "document-changed", step.day, 0.0, "", False
        kind = "deadline-earlier" if earlier else "deadline-later"
        yield kind, step.day, 0.0, str(date_of(step.sunset)), False
        ends[step.operation].append((step.day, step.sunset))


def _escalation(known, sunset, last, thresholds):
    """What is told of one named day: from when it was known until it was moved."""
    day = date_of(sunset)
    for threshold in thresholds:
        near = sunset - threshold
        if known < near < last:
            yield "deadline-near", near, 0.0, f"{day} {threshold}", near + 1.5 >= last
    if sunset + 1 < last:
        yield "deadline-passed", sunset + 1, 0.0, str(day), sunset + 2.5 >= last


class World:
    """Vendors by name; hands out their documents by the hour of its clock."""

    def __init__(self, vendors, days, seed, clock):
        self.days = days
        self.clock = clock
        self.scripts = {
            f"vendor{n:02}": script(f"vendor{n:02}", days, seed) for n in range(vendors)
        }

    def fetch(self, where, validators):
        """The port of the watcher: conditional, like a server with tags."""
        steps, day = self._today(where.removeprefix("world:"))
        root = document(steps, day)
        tag = f"{len([s for s in steps if s.day <= day])} {bool(root['paths'])}"
        if validators.get("etag") == tag:
            return Edition(contract=None, validators=validators)
        return Edition(contract=from_mapping(root, location=where), validators={"etag": tag})

    def probe(self, subject, contract):
        """The port of the watcher: a few plain reads."""
        steps, day = self._today(subject.name)
        return list(answers(steps, day, self.clock.now()))

    def _today(self, name):
        return self.scripts[name], (self.clock.now() - START.timestamp()) / DAY
