"""What is on its way out: marks, days that were named and moved, and how much is promised."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair, OperationPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Shift, family
from verifier.diffing.standing import Standing, marks_at, of_marks, of_operation
from verifier.model import (
    Document,
    Edit,
    Impact,
    Movement,
    Operation,
    Pointer,
    Side,
)

__all__ = ["headers", "members", "operations", "parameters", "schemes"]

EQUAL = Movement.EQUAL
NEAR_DAYS = 90
SIGNALS = ("deprecation", "sunset")  # RFC 9745, RFC 8594
COMING = Departure(Impact.WARNING, "it breaks nothing today; it says that something will")
UNDATED_COMING = Departure(Impact.WARNING, "something will break, and nobody says when")
MARKED = Rule(
    name="operation-marked",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="An operation is now deprecated, and the day of its end is named.",
    request=COMING,
    response=COMING,
)
UNDATED = Rule(
    name="operation-marked-undated",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="An operation is now deprecated, and no day is named for its end.",
    request=UNDATED_COMING,
    response=UNDATED_COMING,
)
CLAIMED = Rule(
    name="operation-claimed",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="A description says that an operation is deprecated, and no flag does.",
    request=Departure(Impact.WARNING, "only a sentence says so: please confirm it"),
)
UNMARKED = Rule(
    name="operation-unmarked",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="An operation is no longer deprecated.",
)
SUNSET_NAMED = Rule(
    name="sunset-named",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="The day is named now on which something deprecated stops.",
    request=COMING,
    response=COMING,
)
SUNSET_EARLIER = Rule(
    name="sunset-earlier",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="Something stops earlier than was said.",
    request=Departure(Impact.BREAKING, "plans rest on the day that was named"),
    response=Departure(Impact.BREAKING, "plans rest on the day that was named"),
)
SUNSET_LATER = Rule(
    name="sunset-later", edit=Edit.CHANGED, moves=EQUAL, says="Something stops later than was said."
)
SUNSET_DROPPED = Rule(
    name="sunset-dropped",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="No day is named any more on which something deprecated stops.",
    request=Departure(Impact.WARNING, "that it stops was not taken back, only when"),
    response=Departure(Impact.WARNING, "that it stops was not taken back, only when"),
)
SUNSET_NEAR = Rule(
    name="sunset-near",
    edit=Edit.ADDED,
    moves=EQUAL,
    says=f"The day that is named now is less than {NEAR_DAYS} days away.",
    request=Departure(Impact.WARNING, f"less than {NEAR_DAYS} days are left"),
    response=Departure(Impact.WARNING, f"less than {NEAR_DAYS} days are left"),
)
SUNSET_PASSED = Rule(
    name="sunset-passed",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="The day that is named now has passed, and what was to stop is still published.",
    request=Departure(Impact.WARNING, "it may be gone at any time"),
    response=Departure(Impact.WARNING, "it may be gone at any time"),
)
DATE_BAD = Rule(
    name="date-unreadable",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="A day that is named cannot be read.",
    request=Departure(Impact.WARNING, "nobody can plan for a day that cannot be read"),
)
LESS_STABLE = Rule(
    name="less-stable",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="Less is promised of an operation than before: stable is beta now.",
    request=Departure(Impact.BREAKING, "what was promised to last may change at any time"),
)
MORE_STABLE = Rule(
    name="more-stable",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="More is promised of an operation than before.",
)
PARAMETER_MARKED = Rule(
    name="parameter-marked", edit=Edit.ADDED, moves=EQUAL, says="A parameter is now deprecated."
)
PARAMETER_UNMARKED = Rule(
    name="parameter-unmarked",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="A parameter is no longer deprecated.",
)
HEADER_MARKED = Rule(
    name="header-marked",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="A header of an answer is now deprecated.",
)
SIGNAL_WITHDRAWN = Rule(
    name="signal-withdrawn",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="A header that announces ends is no longer documented: Deprecation or Sunset.",
    response=Departure(Impact.WARNING, "whoever waits for it to learn of an end waits in vain"),
)
SCHEME_MARKED = Rule(
    name="credential-marked",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="A kind of credential is now deprecated.",
    request=COMING,
)
MEMBER_MARKED = Rule(
    name="member-marked",
    edit=Edit.ADDED,
    moves=EQUAL,
    says="A member or a schema is now deprecated.",
)
MEMBER_UNMARKED = Rule(
    name="member-unmarked",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="A member or a schema is no longer deprecated.",
)


@family("operation", area="lifecycle", reads=("deprecated", "summary", "description", "x-"))
def operations(pair: OperationPair) -> Iterator[Shift]:
    """An operation itself."""
    if _told(pair.old) != _told(pair.new):  # finding days in prose is what takes the time here
        old, new = of_operation(pair.old), of_operation(pair.new)
        for rule, says, words in _moved(pair.new.key, old, new, pair.today):
            yield pair.shift(rule, says, old=pair.old.at, new=pair.new.at, words=words)


def _told(operation: Operation) -> tuple[object, ...]:
    """All that may say where an operation stands."""
    texts = (operation.summary, operation.description)
    return (operation.deprecated, operation.extensions, *texts)


def _moved(
    name: str, old: Standing, new: Standing, today: datetime.date
) -> Iterator[tuple[Rule, str, str]]:
    """Rule, sentence and values of every step that something took."""
    until = f" and ends on {new.ends}" if new.ends else ""
    if new.deprecated and not old.deprecated:
        yield MARKED if new.ends else UNDATED, f"{name} is now deprecated{until}.", ""
    elif old.deprecated and not new.deprecated:
        yield UNMARKED, f"{name} is no longer deprecated.", ""
    elif new.claimed and not (new.deprecated or old.claimed or old.deprecated):
        yield CLAIMED, f"The description of {name} says now that it is deprecated.", ""
    else:
        yield from _day(name, old.ends, new.ends)
    yield from _rest(name, old, new, today)


def _rest(
    name: str, old: Standing, new: Standing, today: datetime.date
) -> Iterator[tuple[Rule, str, str]]:
    """What is told beside it: an end that is near or cannot be read, and how much is promised."""
    if new.ends and new.ends != old.ends and (new.ends - today).days < NEAR_DAYS:
        left = (new.ends - today).days
        when = f"is in {left} days" if left >= 0 else f"was {-left} days ago"
        rule = SUNSET_NEAR if left >= 0 else SUNSET_PASSED
        yield rule, f"The end of {name} on {new.ends} {when}.", str(new.ends)
    if new.flaw and new.flaw != old.flaw:
        yield DATE_BAD, f"The end of {name} cannot be read: {new.flaw}.", new.flaw
    if old.level is not None and new.level is not None and old.level != new.level:
        more = new.level > old.level
        says = f"{name} is promised {'more' if more else 'less'} stability than before."
        yield MORE_STABLE if more else LESS_STABLE, says, f"{old.level} -> {new.level}"


def _day(
    name: str, old: datetime.date | None, new: datetime.date | None
) -> Iterator[tuple[Rule, str, str]]:
    words = f"{old} -> {new}"
    if old and new and old != new:
        rule = SUNSET_EARLIER if new < old else SUNSET_LATER
        yield rule, f"{name} was to end on {old} and is now to end on {new}.", words
    elif new and not old:
        yield SUNSET_NAMED, f"{name} is to end on {new}.", words
    elif old and not new:
        yield SUNSET_DROPPED, f"{name} was to end on {old}, and no day is named any more.", words


@family("operation", area="lifecycle", reads=("parameters",))
def parameters(pair: OperationPair) -> Iterator[Shift]:
    """What it takes."""
    known = {(p.location, p.name.lower()): p for p in pair.old.parameters}
    for parameter in pair.new.parameters:
        before = known.get((parameter.location, parameter.name.lower()))
        if before is None:
            continue
        name = f"The {parameter.location} parameter '{parameter.name[:80]}'"
        words = f"{parameter.location} {parameter.name}"
        if before.deprecated != parameter.deprecated:
            fate = "now" if parameter.deprecated else "no longer"
            rule = PARAMETER_MARKED if parameter.deprecated else PARAMETER_UNMARKED
            says = f"{name} is {fate} deprecated."
            yield pair.shift(rule, says, old=before.at, new=parameter.at, words=words)
        marks = marks_at(pair.old_contract.document, before.at)
        others = marks_at(pair.new_contract.document, parameter.at)
        if marks == others:
            continue
        old, new = of_marks(marks), of_marks(others)
        told = (*_day(name, old.ends, new.ends), *_rest(name, old, new, pair.today))
        for rule, says, day in told:
            yield pair.shift(rule, says, old=before.at, new=parameter.at, words=f"{words} {day}")


@family("operation", area="lifecycle", reads=("responses",))
def headers(pair: OperationPair) -> Iterator[Shift]:
    """What its answers carry."""
    known = {
        (spec.status, header.name.lower()): header
        for spec in pair.old.responses
        for header in spec.headers
    }
    for spec in pair.new.responses:
        for header in spec.headers:
            before = known.pop((spec.status, header.name.lower()), None)
            if before is None or not _flag(pair.new_contract.document, header.at):
                continue
            if not _flag(pair.old_contract.document, before.at):
                says = f"The header {header.name[:80]} of the answer {spec.status} is deprecated."
                yield pair.shift(
                    HEADER_MARKED,
                    says,
                    side=Side.RESPONSE,
                    old=before.at,
                    new=header.at,
                    words=header.name.lower(),
                )
    kept = {spec.status for spec in pair.new.responses}
    for (status, name), header in known.items():
        if name in SIGNALS and status in kept:
            says = f"The answer {status} no longer announces an end by its header {name}."
            yield pair.shift(
                SIGNAL_WITHDRAWN, says, side=Side.RESPONSE, old=header.at, words=f"{status} {name}"
            )


@family("contract", area="lifecycle")
def schemes(pair: ContractPair) -> Iterator[Shift]:
    """Kinds of credentials (OpenAPI 3.2 marks them)."""
    for name, new in pair.new.schemes.items():
        old = pair.old.schemes.get(name)
        if old is None or _flag(pair.old.document, old.at):
            continue
        if _flag(pair.new.document, new.at):
            yield Shift(
                rule=SCHEME_MARKED,
                says=f"The credential '{name[:80]}' is now deprecated.",
                side=Side.REQUEST,
                old=old.at,
                new=new.at,
            )


@family("schema", area="lifecycle", reads=("deprecated", "marks"))
def members(pair: SchemaPair) -> Iterator[Shift]:
    """Fields and schemas that are going to be given up, and when."""
    old, new = pair.old, pair.new
    if not (old.deprecated or new.deprecated or old.marks or new.marks):
        return
    was = of_marks({**old.marks, "deprecated": old.deprecated})
    is_now = of_marks({**new.marks, "deprecated": new.deprecated})
    label = pair.label.start
    if was.deprecated != is_now.deprecated:
        fate = "now" if is_now.deprecated else "no longer"
        until = f" and ends on {is_now.ends}" if is_now.ends else ""
        rule = MEMBER_MARKED if is_now.deprecated else MEMBER_UNMARKED
        yield pair.shift(rule, f"{label} is {fate} deprecated{until}.")
    else:
        for rule, says, words in _day(label, was.ends, is_now.ends):
            yield pair.shift(rule, says, words=words)
    for rule, says, words in _rest(label, was, is_now, pair.today):
        yield pair.shift(rule, says, words=words)


def _flag(document: Document, at: Pointer) -> bool:
    return marks_at(document, at).get("deprecated") is True
