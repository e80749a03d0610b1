"""What was decided, in the document's shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies, written
from verifier.mocking.errors import Errors
from verifier.mocking.hooks import Hooks
from verifier.mocking.outcome import Listed, Outcome, Plain, Shown, Unchanged
from verifier.mocking.practice import Practice
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Headers
from verifier.validating import Direction, validator
from verifier.wire import Answer

__all__ = ["Represent"]


class Represent:
    """Puts decisions into words."""

    def __init__(self, bodies: Bodies, errors: Errors, hooks: Hooks) -> None:
        self._bodies = bodies
        self._errors = errors
        self._hooks = hooks

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
            case Plain() if practice.media is not None:
                return _answer(practice, self._plain(practice, outcome.says), ())
        return Answer(status=practice.status)

    def _shown(self, asked: Asked, practice: Practice, outcome: Shown) -> Answer:
        resource, row, media = practice.resource, outcome.row, practice.media
        headers = _shown_headers(asked, outcome)
        if media is None or resource is None:
            return Answer(status=practice.status, headers=headers)
        told = self._hooks.through("shown", asked, dict(row.value))
        whole: Any = {resource.envelope: told} if resource.envelope else told
        if media.schema is not None:
            judge = validator(media.schema, Direction.RESPONSE)
            if not judge.accepts(whole):
                made = self._bodies.make(media.schema, whole, f"shown:{asked.serial}")
                whole = made if told == row.value else whole
        return _answer(practice, whole, headers)

    def _listed(self, asked: Asked, practice: Practice, outcome: Listed) -> Answer:
        resource, page, media = practice.resource, outcome.page, practice.media
        items = [self._hooks.through("shown", asked, row.value) for row in page.rows]
        if resource is None or media is None:
            return Answer(status=practice.status, headers=page.headers)
        if resource.envelope:
            items = [{resource.envelope: item} for item in items]
        value: Any = items
        if resource.list_member and media.schema is not None:
            says = {resource.list_member: items, **page.members}
            value = self._bodies.make(media.schema, says, f"list:{asked.serial}")
            if isinstance(value, dict) and value.get(resource.list_member) != items:
                value = {**value, resource.list_member: items}
        return _answer(practice, value, page.headers)

    def _plain(self, practice: Practice, says: Mapping[str, Any]) -> Any:
        """An example or a sampled body, for what is no resource."""
        media = practice.media
        for example in media.examples if media else ():
            judge = validator(media.schema, Direction.RESPONSE) if media and media.schema else None
            if judge is None or judge.accepts(example.value):
                return example.value
        if media is None or media.schema is None:
            return None
        return self._bodies.make(media.schema, says, f"plain:{practice.operation.key}")


def _shown_headers(asked: Asked, outcome: Shown) -> Headers:
    practice, row = asked.practice, outcome.row
    headers: Headers = ()
    if practice.tagged and not outcome.gone:
        headers += (("ETag", row.etag),)
    if outcome.created and practice.status == 201 and practice.resource is not None:
        path = asked.incoming.target.partition("?")[0].rstrip("/")
        headers += (("Location", f"{path}/{row.value.get(practice.resource.id_field, '')}"),)
    return headers


def _answer(practice: Practice, value: Any, headers: Headers) -> Answer:
    kind = practice.kind
    return Answer(
        status=practice.status,
        headers=(("Content-Type", kind), *headers),
        body=written(value, kind),
    )
