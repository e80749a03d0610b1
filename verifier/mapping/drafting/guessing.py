"""What a field probably means: by its name, its schema, and the examples that there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.loading.view import word_set
from verifier.mapping.drafting.side import DraftSide
from verifier.mapping.drafting.times import clock_of, epoch_of
from verifier.mapping.drafting.words import PIECE
from verifier.mapping.nouns import Path
from verifier.mapping.shapes import Field

__all__ = ["Guess", "guess"]

AMOUNTS = word_set("amount price fee balance tax cost subtotal")
MINOR = word_set("minor cents cent pence")
WEIGHTS = word_set("kg g lb lbs oz cm mm inch")
PEOPLE = word_set("person billing shipping recipient payer author")
# What is said about an email or a number, and is none: when it was sent, whether it was checked.
ABOUT = word_set("when domain count status verified type id template subject")
CODE_LETTERS = 2
FORMATS = {"date": "date", "date-time": "datetime"}


class Guess(Struct, frozen=True, kw_only=True):
    """
    What a field may mean.

    Args:
        given: Members of the kind, as a contract writes them.
        question: What a person has to say about it; empty where nothing is left open.
    """

    kind: str
    given: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""


def guess(side: DraftSide, one: Field) -> Guess | None:
    """The meaning of a field; None where nothing tells."""
    words, around = side.words(one.path)
    raw = frozenset(piece.lower() for piece in PIECE.findall(one.path.last))
    for rule in RULES:
        found = rule(side, one, words | (raw & MINOR), around | words, raw)
        if found is not None:
            return found
    return None


Words = frozenset[str]


def _email(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    is_one = one.facts.format == "email" or ("email" in words and not words & ABOUT)
    return Guess(kind="email") if is_one and one.facts.allows("string") else None


def _phone(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    if "phone" not in words or words & ABOUT or one.facts.only != "string":
        return None
    values = [str(value) for value in side.examples(one)]
    if values and all(value.startswith("+") for value in values):
        return Guess(kind="phone", given={"form": "e164"})
    return Guess(
        kind="phone", question=f"where is a number of '{one.path}' dialled that has no country code"
    )


def _plain(kind: str, word: str) -> Callable[..., Guess | None]:
    def rule(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
        return Guess(kind=kind) if word in words and one.facts.only == "string" else None

    return rule


def _code(kind: str) -> Callable[..., Guess | None]:
    """Currencies and countries, where the schema lets nothing longer than a code in."""
    most = 3 if kind == "currency" else CODE_LETTERS

    def rule(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
        if kind not in words or one.facts.only != "string":
            return None
        short = one.facts.longest is not None and one.facts.longest <= most
        listed = one.facts.enum is not None and all(len(str(v)) == most for v in one.facts.enum)
        shaped = any(f"{{{most}}}" in pattern for pattern in one.facts.patterns)
        return Guess(kind=kind) if short or listed or shaped else None

    return rule


def _money(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    if not words & AMOUNTS or not (one.facts.allows("number") or one.facts.allows("integer")):
        return None
    if not one.facts.types or one.facts.only == "string":
        return None
    currency = _currency(side, one)
    if currency is None:
        return None
    minor = bool(raw & MINOR)
    question = ""
    if not minor and one.facts.only == "integer":
        question = f"does '{one.path}' count whole units or the smallest ones (cents)"
    unit = "minor" if minor or one.facts.only == "integer" else "major"
    return Guess(kind="money", given={"unit": unit, "currency": str(currency)}, question=question)


def _currency(side: DraftSide, one: Field) -> Path | None:
    """The field that names the currency: the nearest one outside of lists, or in the same."""
    found = [
        other.path
        for other in side.fields
        if "currency" in side.words(other.path)[0] and other.facts.only == "string"
    ]
    near = [path for path in found if not path.many or one.path.inside(path.parent)]
    return max(near, key=lambda path: len(path.parent.parts), default=None)


def _share(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    named = raw & {"percent", "percentage", "pct", "discount", "rebate"}
    if not named or not one.facts.types <= {"number", "integer"} or not one.facts.types:
        return None
    if one.facts.high == 1:
        return Guess(kind="percent", given={"form": "fraction"})
    if raw & {"percent", "percentage", "pct"} or one.facts.high == 100:
        return Guess(kind="percent", given={"form": "percent"})
    return None


def _quantity(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    units = sorted(raw & WEIGHTS)
    if not units or not one.facts.types <= {"number", "integer"}:
        return None
    return Guess(kind="number", given={"unit": units[0]})


def _time(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    if one.facts.format in FORMATS and one.facts.only == "string":
        return Guess(kind=FORMATS[one.facts.format])
    timely = (
        one.facts.format in FORMATS
        or words & {"when", "birthday"}
        or raw & {"date", "time", "at", "timestamp"}
    )
    if not timely:
        return None
    if one.facts.types and one.facts.types <= {"integer", "number"}:
        return _epoch(side, one)
    if one.facts.only != "string" or one.facts.enum is not None:
        return None
    clock = clock_of(side.examples(one))
    if len(clock.forms) == 1:
        form = clock.forms[0]
        return _clocked(one, form, question="")
    if clock.forms:
        told = " or ".join(clock.forms)
        return _clocked(one, clock.forms[0], question=f"is '{one.path}' written {told}")
    day = "birthday" in words or ("date" in raw and "at" not in raw)
    return Guess(kind="date" if day else "datetime", question=f"how is '{one.path}' written")


def _clocked(one: Field, form: str, question: str) -> Guess:
    kind = "datetime" if "%H" in form else "date"
    if kind == "datetime" and "%z" not in form:
        zone = f"in which time zone is '{one.path}'"
        question = f"{question}, and {zone}" if question else zone
    return Guess(kind=kind, given={"format": form}, question=question)


def _epoch(side: DraftSide, one: Field) -> Guess:
    unit = epoch_of(side.examples(one))
    if unit:
        return Guess(kind="datetime", given={"epoch": unit})
    return Guess(
        kind="datetime",
        given={"epoch": "s"},
        question=f"does '{one.path}' count seconds or milliseconds",
    )


def _name(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    if one.facts.only != "string" or one.facts.enum is not None:
        return None
    for part in ("given", "family"):
        if part in words:
            return Guess(kind="person_name", given={"shape": part})
    of_person = around & PEOPLE or side.known & PEOPLE or "full" in raw
    if words == {"name"} and of_person:
        return Guess(kind="person_name", given={"shape": "full"})
    return None


def _id(side: DraftSide, one: Field, words: Words, around: Words, raw: Words) -> Guess | None:
    named = words & {"id", "sku"} and len(words) == 1
    plain = one.facts.types and one.facts.types <= {"string", "integer"}
    return Guess(kind="identifier") if named and plain and one.facts.enum is None else None


RULES: tuple[Callable[..., Guess | None], ...] = (
    _email,
    _phone,
    _plain("postcode", "postcode"),
    _code("country"),
    _code("currency"),
    _share,
    _quantity,
    _money,
    _time,
    _name,
    _id,
)
