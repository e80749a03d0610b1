"""Which of the codes that a document lists says what is wrong, told by their words; or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from verifier.mocking.documented import json_media
from verifier.mocking.english import singular, word_set, words
from verifier.mocking.kinds.schemas import alternatives, choices, declared, items_of, members_of
from verifier.mocking.refusal import Refusal
from verifier.model import Operation, Schema
from verifier.validating import Violation
from verifier.wire.rendering import reason

__all__ = ["CODES", "Topic", "best", "fit", "fitting_form", "taken_by_word"]

CODES = word_set("code errorcode error name errortype key faultcode statustext slug issue")
SHORT, LONG = "short small min minimum few", "long large max maximum exceeded many"
# The words of each way to be wrong, by the schema's keyword that was not kept.
WAYS = {
    "required": word_set("missing required absent mandatory omitted blank empty lacking"),
    "type": word_set("type syntax format malformed"),
    "format": word_set("syntax format malformed"),
    "pattern": word_set("syntax format malformed pattern"),
    "minLength": word_set(f"string length {SHORT}"),
    "maxLength": word_set(f"string length {LONG}"),
    "minItems": word_set(f"array list item number count {SHORT}"),
    "maxItems": word_set(f"array list item number count {LONG}"),
    "minimum": word_set("range out low small min minimum number"),
    "maximum": word_set("range out high large big max maximum number exceeded"),
    "enum": word_set("enum value option choice"),
    "const": word_set("value constant"),
    "additionalProperties": word_set(
        "unknown unexpected additional extra unrecognized unsupported supported allowed permitted"
    ),
    "uniqueItems": word_set("duplicate unique item"),
    "multipleOf": word_set("precision decimal multiple"),
    "malformed": word_set("malformed json syntax parse parsing unreadable body payload"),
}
WAYS |= {
    "exclusiveMinimum": WAYS["minimum"],
    "exclusiveMaximum": WAYS["maximum"],
    "unevaluatedProperties": WAYS["additionalProperties"],
}
# What goes without saying of a request that is refused, and of one in which something is wrong.
REFUSED = word_set(
    """
    invalid not valid error bad illegal incorrect wrong failed failure validation request
    unprocessable entity
    """
)
PLAIN = REFUSED | word_set("value parameter param field property attribute argument input")
STATUSES = {
    401: word_set(
        """
        authentication unauthenticated unauthorized auth authorization credential token missing
        header required
        """
    ),
    403: word_set("forbidden permission denied access authorized unauthorized scope insufficient"),
    404: word_set("found exist missing unknown resource object id no such"),
    409: word_set("conflict already exist duplicate unique taken"),
    429: word_set("rate limit limited exceeded too many throttled throttling"),
}
TAKEN = word_set("already duplicate duplicated exists in taken use used")
ABOUT_THINGS = (404, 409)
UNSAID = word_set("a an the of or and is be cannot too in to has been for")
OF_THE_WAY, OF_THE_FIELD, OF_THE_THING = 4, 5, 2
DEEPEST = 4


class Topic(Struct, frozen=True):
    """
    What an error is about, in words.

    Args:
        way: Those for the way in which something is wrong.
        field: Those of the member that is wrong.
        thing: Those of what was asked for.
        plain: Those that say no more than that it was refused.
    """

    way: frozenset[str]
    field: frozenset[str] = frozenset()
    thing: frozenset[str] = frozenset()
    plain: frozenset[str] = PLAIN

    @classmethod
    def of(
        cls, refusal: Refusal, violation: Violation | None, operation: Operation | None
    ) -> Topic:
        """The topic of a refusal, or of one of the things that are wrong."""
        named = violation is not None or refusal.status in ABOUT_THINGS
        thing = _thing(operation.path) if operation is not None and named else frozenset[str]()
        thing |= _plain(refusal.about)
        if violation is None:
            told = _plain(refusal.code) | _plain(reason(refusal.status))
            way = told | STATUSES.get(refusal.status, frozenset())
            return cls(way, thing=thing, plain=REFUSED)
        way = WAYS.get(violation.keyword, frozenset())
        steps = [step for step in violation.path.split("/") if step and not step.isdecimal()]
        name = violation.member or (steps[-1] if steps else "")
        if not name:
            # Then it is the whole that is wrong: the body, say.
            way |= {violation.part, "payload"}
        return cls(way, _plain(name), thing)


def best(topic: Topic, listed: Sequence[Any]) -> str | None:
    """
    The code that says most of a topic; None where each says something that is not so.

    ``MISSING_REQUIRED_PARAMETER`` says of an intent that is missing what is wrong with it;
    ``CITY_REQUIRED`` does not.
    """
    codes = [code for code in listed if isinstance(code, str)]
    most = max(codes, key=lambda code: _said(topic, code), default="")
    return most if _said(topic, most) else None


def fitting_form(topic: Topic, schema: Schema) -> Schema | None:
    """
    Of the forms that an entry of an error may have the one whose code fits best; the schema itself
    where there are no codes to choose from, None where none of them fits.
    """
    forms = [(_of_form(topic, form), form) for form in alternatives(schema)]
    if all(said is None for said, _ in forms):
        return schema
    most, form = max(forms, key=lambda pair: pair[0] or 0)
    return form if most else None


def fit(topic: Topic, schema: Schema | None) -> int:
    """How much the best code says that a list in an error of this schema may hold."""
    most, pending = 0, [schema] if schema is not None else []
    for _ in range(DEEPEST):
        members = [m for one in pending for told in declared(one).values() for m in told]
        entries = [inner for inner in map(items_of, members) if inner is not None]
        forms = [form for entry in entries for form in alternatives(entry)]
        most = max((most, *(_of_form(topic, form) or 0 for form in forms)))
        pending = forms
    return most


def _of_form(topic: Topic, form: Schema) -> int | None:
    """How much of a topic the best of the codes of one form says; None where it lists none."""
    listed = [
        code
        for name, told in declared(form).items()
        if "".join(words(name)) in CODES | {"type"}
        for member in told
        for code in choices(member)
    ]
    return _said(topic, best(topic, listed) or "") if listed else None


def taken_by_word(operation: Operation, given: Iterable[str]) -> str:
    """
    The member that no two things may share, as a code of an operation's errors has it:
    ``name_taken``, ``handle_already_exists``; empty where none does.
    """
    media = [
        json_media(s)
        for s in operation.responses
        if s.status[:1] == "4" or not s.status[:1].isdigit()
    ]
    codes = {
        words(code)
        for one in media
        for name, member in members_of(one.schema if one is not None else None).items()
        if "".join(words(name)) in CODES
        for code in choices(member)
        if isinstance(code, str)
    }
    named = ((name, words(name)) for name in given)
    for name, parts in named:
        rests = [set(code[len(parts) :]) for code in codes if code[: len(parts)] == parts]
        if any(rest and rest <= TAKEN for rest in rests):
            return name
    return ""


@lru_cache(maxsize=4096)
def _said(topic: Topic, code: str) -> int:
    """How much of a topic a code says; 0 where it says anything else."""
    said = 0
    for word in _plain(code) - UNSAID:
        if word in topic.way:
            said += OF_THE_WAY
        elif word in topic.plain:
            said += 1
        elif word in topic.field:
            said += OF_THE_FIELD
        elif word in topic.thing:
            said += OF_THE_THING
        else:
            return 0
    return said


def _thing(path: str) -> frozenset[str]:
    """What the end of a path is called: of ``/indexes/{uid}`` the words of an index."""
    named = [step for step in path.split("/") if step and "{" not in step]
    return _plain(named[-1]) if named else frozenset()


@lru_cache(maxsize=4096)
def _plain(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in words(text))
