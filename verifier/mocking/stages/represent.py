"""What was decided, in the document's shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verifier.mocking.acting.counting import counted_in
from verifier.mocking.acting.expanding import Expanding
from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies, written
from verifier.mocking.composing import Composer, joined
from verifier.mocking.documented import json_media, tells
from verifier.mocking.errors import Errors
from verifier.mocking.hooks import Hooks
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import members_of, types
from verifier.mocking.links import item_path
from verifier.mocking.outcome import Counted, Listed, Outcome, Plain, Shown, Unchanged
from verifier.mocking.paging import around, link_header, relative_to
from verifier.mocking.practice import Practice
from verifier.mocking.refusal import Refusal
from verifier.mocking.telling import Saying, Teller
from verifier.mocking.turn import Turn
from verifier.model import Headers, Schema
from verifier.validating import Direction, validator
from verifier.wire import Answer

__all__ = ["Represent"]


class Represent:
    """Puts decisions into words."""

    def __init__(
        self,
        bodies: Bodies,
        errors: Errors,
        teller: Teller,
        expanding: Expanding,
        hooks: Hooks,
        *,
        relative_pages: frozenset[str],
    ) -> None:
        self._bodies = bodies
        self._errors = errors
        self._teller = teller
        self._expanding = expanding
        self._relative = relative_pages
        self._hooks = hooks
        self._composer = Composer(bodies)

    def __call__(self, turn: Turn) -> None:
        """Set the answer."""
        decision = turn.decision
        if isinstance(decision, Answer):
            turn.answer = decision
        elif isinstance(decision, Refusal):
            turn.answer = self._errors.say(turn.operation, decision)
        elif decision is not None and turn.asked is not None:
            turn.answer = self._told(turn.asked, decision)

    def _told(self, asked: Asked, outcome: Outcome) -> Answer:
        practice = asked.practice
        match outcome:
            case Unchanged():
                return Answer(status=304, headers=(("ETag", outcome.row.etag),))
            case Shown():
                return self._shown(asked, practice, outcome)
            case Listed():
                return self._listed(asked, practice, outcome)
            case Counted() if practice.media is not None:
                return _answer(practice, self._number(practice, outcome.number), ())
            case Plain() if practice.media is not None:
                return _answer(practice, self._plain(practice, outcome.says), ())
        moved: Headers = (("Location", f"{asked.base}/"),) if 300 <= practice.status < 400 else ()
        return Answer(status=practice.status, headers=moved)

    def _shown(self, asked: Asked, practice: Practice, outcome: Shown) -> Answer:
        headers = _shown_headers(asked, outcome)
        status = _status(practice, outcome)
        layout, kind = practice.answer, practice.kind
        if layout is None or kind is None:
            return self._without_a_thing(practice, status, headers, _beside(practice, outcome))
        beside = _beside(practice, outcome)
        rows = outcome.rows if layout.many else outcome.rows[:1]
        told = self._teller.say(kind, rows, layout.schema)
        if self._as_it_is(asked) and not outcome.gone:
            body = self._composer.body(practice, told, beside)
            if body is not None:
                return _typed(practice, body, headers, status)
        things = self._things(asked, kind, told)
        if outcome.gone:
            things = [{}] if _tells_nothing(layout.schema) else list(map(_marked_gone, things))
        things, spoilt = self._shaped(asked, things)
        value = joined(beside, layout.around(things))
        whole = self._whole(practice, value, spoilt=spoilt)
        return _answer(practice, whole, headers, status)

    def _without_a_thing(
        self, practice: Practice, status: int, headers: Headers, beside: Mapping[str, Any]
    ) -> Answer:
        """An answer that does not tell the thing, with whatever body is documented for it."""
        media = practice.media
        if status != practice.status:
            media = json_media(practice.operation.response(status))
        if media is None:
            return Answer(status=status, headers=headers)
        told = ("Content-Type", media.type)
        made = self._bodies.make(media.schema, beside) if beside and media.schema else None
        body = written(made or self._bodies.of_media(media, {}), media.type)
        return Answer(status=status, headers=(told, *headers), body=body)

    def _as_it_is(self, asked: Asked) -> bool:
        """Whether nothing is made of things but what they are."""
        return not self._hooks.has("shown") and not self._expanding.wanted(asked)

    def _things(self, asked: Asked, kind: Kind, told: Sequence[Saying]) -> list[Any]:
        things = [one.value for one in told]
        wanted = self._expanding.wanted(asked)
        if not wanted:
            return things
        return [self._expanding.expanded(asked, kind, thing, wanted) for thing in things]

    def _shaped(self, asked: Asked, things: list[Any]) -> tuple[list[Any], bool]:
        """What misbehaviours make of things, and whether they make anything of them."""
        if not self._hooks.has("shown"):
            return things, False
        told = [
            self._hooks.through("shown", asked, dict(thing)) if isinstance(thing, dict) else thing
            for thing in things
        ]
        return told, told != things

    def _listed(self, asked: Asked, practice: Practice, outcome: Listed) -> Answer:
        layout, kind, media = practice.answer, practice.kind, practice.media
        links = link_header(asked, outcome.page) if practice.linked else ()
        if layout is None or kind is None or media is None:
            return self._unlisted(practice, links)
        told = self._teller.say(kind, outcome.page.rows, layout.schema)
        plain: Mapping[str, Any] = {}
        beside = plain
        if layout.path and media.schema is not None:
            beside = around(media.schema, asked, outcome.pager, outcome.page, layout.path)
            plain = relative_to(asked.base, beside, self._relative)
        if plain == beside and self._as_it_is(asked):
            body = self._composer.body(practice, told, beside)
            if body is not None:
                return _typed(practice, body, links, practice.status)
        things, spoilt = self._shaped(asked, self._things(asked, kind, told))
        value = joined(plain, layout.around(things))
        whole = self._whole(practice, value, spoilt=spoilt or plain != beside)
        return _answer(practice, whole, links)

    def _unlisted(self, practice: Practice, headers: Headers) -> Answer:
        if practice.media is None:
            return Answer(status=practice.status, headers=headers)
        return _answer(practice, self._plain(practice, {}), headers)

    def _whole(self, practice: Practice, value: Any, *, spoilt: bool) -> Any:
        """A value with what its schema asks for around it, unless somebody spoilt it on purpose."""
        schema = practice.media.schema if practice.media else None
        if spoilt or schema is None or validator(schema, Direction.RESPONSE).accepts(value):
            return value
        if not isinstance(value, Mapping):
            # A list of things that are not what it lists: an example tells more than a falsehood.
            return self._bodies.of_media(practice.media, {}) if practice.media else value
        made = self._bodies.make(schema, value)
        if practice.call is not None and isinstance(made, dict):
            # What only an example shows is told beside what the schema asks for.
            told = joined(made, value)
            made = told if validator(schema, Direction.RESPONSE).accepts(told) else made
        fits = isinstance(made, dict) or validator(schema, Direction.RESPONSE).accepts(made)
        return made if fits else value

    def _number(self, practice: Practice, number: int) -> Any:
        """How many there are: bare, or in the member that is for it."""
        name, schema = counted_in(practice), practice.media.schema if practice.media else None
        return self._bodies.make(schema, {name: number}) if name and schema else number

    def _plain(self, practice: Practice, says: Mapping[str, Any]) -> Any:
        """An example or a sampled body, for what is no resource."""
        return self._bodies.of_media(practice.media, says) if practice.media else None


def _beside(practice: Practice, outcome: Shown) -> Mapping[str, Any]:
    """What the answer of a call tells of a thing beside it: how it is named."""
    if practice.call is None or not outcome.rows:
        return {}
    row, call, media = outcome.rows[0], practice.call, practice.media
    told = {name: row.path[key] for name, key in call.tells.items() if key in row.path}
    schema = media.schema if media is not None else None
    for name in schema.members() if schema is not None else ():
        if isinstance(row.value.get(name), (str, int)) and name != call.shown:
            told.setdefault(name, row.value[name])
    return told


def _tells_nothing(schema: Schema | None) -> bool:
    """Whether an answer is an object of which the document knows no member."""
    return types(schema) == {"object"} and not members_of(schema)


def _marked_gone(thing: Any) -> Any:
    """A thing that is gone says so where it can."""
    if isinstance(thing, Mapping) and isinstance(thing.get("deleted"), bool):
        return {**thing, "deleted": True}
    return thing


def _status(practice: Practice, outcome: Shown) -> int:
    """The documented success; what is not new is not told with 201, where the document helps."""
    if practice.status == 201 and not outcome.created and practice.role != "action":
        return 200 if tells(practice.operation, 200) else 201
    if outcome.created and practice.status in (200, 204) and practice.operation.method == "PUT":
        return 201 if tells(practice.operation, 201) else practice.status
    return practice.status


def _shown_headers(asked: Asked, outcome: Shown) -> Headers:
    practice = asked.practice
    if not outcome.rows:
        return ()
    row, kind = outcome.rows[0], practice.kind
    headers: Headers = ()
    if practice.tagged and not outcome.gone:
        headers += (("ETag", row.etag),)
    if outcome.created and practice.status == 201 and kind is not None:
        path = item_path(kind, row.path)
        if not path:
            path = f"{asked.incoming.target.partition('?')[0].rstrip('/')}/{row.id}"
        headers += (("Location", path),)
    return headers


def _answer(practice: Practice, value: Any, headers: Headers, status: int = 0) -> Answer:
    body = written(value, practice.content_type)
    return _typed(practice, body, headers, status or practice.status)


def _typed(practice: Practice, body: bytes, headers: Headers, status: int) -> Answer:
    return Answer(
        status=status, headers=(("Content-Type", practice.content_type), *headers), body=body
    )
