"""The plain draft of an operation, and its fresh variations."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verifier.generating.parts import Holes, media_of, with_parameter
from verifier.model import Draft, Example, Media, Missing, Need, Operation, Parameter
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction, validator

__all__ = ["FRESH", "Drawing"]

FRESH = re.compile(
    r"name|email|mail|title|slug|code|key|reference|external|login|username|handle|number|domain"
    r"|label|subject",
    re.IGNORECASE,
)
MARK = re.compile(r"@|$")


class Drawing:
    """
    Draws the drafts of one operation.

    Args:
        fixtures: Bodies by operation key, ids by parameter or resource name.
    """

    def __init__(
        self, operation: Operation, holes: Holes, fixtures: Mapping[str, Any], seed: int
    ) -> None:
        self.operation = operation
        self.media = media_of(operation)
        self._holes = holes
        self._fixtures = fixtures
        self._seed = seed

    def random(self, *parts: Any) -> random.Random:
        """Random numbers that depend on nothing but the seed, the operation and these parts."""
        return random.Random(f"{self._seed}|{self.operation.key}|{parts}")  # noqa: S311

    def plain(self, serial: int = 0, *, full: bool = True) -> tuple[Draft, tuple[Need, ...]]:
        """
        A valid draft of required parameters and a typical body, with its needs.

        Raises:
            Unsatisfiable: No valid value could be made for a part of it.
        """
        draft, needs = Draft(), []
        for parameter, need, given in self._holes.of_path(self.operation):
            value = given if given is not None else self.value(parameter, serial)
            draft = with_parameter(draft, parameter, value)
            needs += [need] if need else []
        for parameter in self.operation.parameters:
            if parameter.location != "path" and parameter.required and _sendable(parameter):
                draft = with_parameter(draft, parameter, self.value(parameter, serial))
        body_needs: tuple[Need, ...] = ()
        if self.operation.body is not None and self.media is not None:
            draft, body_needs = self.bodied(draft, self.body(serial, full=full))
        return draft, (*needs, *body_needs)

    def bodied(self, draft: Draft, body: Any) -> tuple[Draft, tuple[Need, ...]]:
        """The draft with a body, fixtures put into it, and the needs that it has."""
        needs = []
        for need, given in self._holes.of_body(self.operation, body).items():
            if given is None or isinstance(given, Mapping):
                needs.append(need)
            else:
                body = _put(body, need.name, given)
        kind = self.media.type if self.media else "application/json"
        return replace(draft, body=body, has_body=True, media_type=kind), tuple(needs)

    def value(self, parameter: Parameter, serial: int = 0) -> Any:
        """A typical value of a parameter: what the user or the document shows, else a sample."""
        given = self._fixtures.get(parameter.name)
        if given is not None and not isinstance(given, Mapping):
            return given
        shown = _shown(parameter.examples, parameter)
        if shown is not None:
            return shown
        if parameter.schema is None:
            return "verifier"
        made = sampler(parameter.schema, Direction.REQUEST)
        return made.typical(self.random(parameter.name, serial), parameter.name)

    def body(self, serial: int = 0, *, full: bool = True) -> Any:
        """A typical body: the fixture, else a sample; its unique members vary with ``serial``."""
        given = self._fixtures.get(self.operation.key)
        if isinstance(given, Mapping):
            return self._freshened(dict(given), serial)
        media = self.media
        if media is None or media.schema is None:
            return next((e.value for e in media.examples), {}) if media else {}
        made = sampler(media.schema, Direction.REQUEST)
        for example in media.examples if serial == 0 or full else ():
            if validator(media.schema, Direction.REQUEST).accepts(example.value):
                return self._freshened(example.value, serial)
        rng = self.random("body", serial)
        return self._freshened(made.full(rng) if full else made.minimal(rng), serial)

    def _freshened(self, body: Any, serial: int) -> Any:
        """Names, codes and addresses with a number in them, where that stays valid."""
        if not serial or not isinstance(body, dict):
            return body
        judge = self._judge()
        for name, held in list(body.items()):
            if isinstance(held, str) and FRESH.search(name):
                for changed in _variants(held, serial):
                    candidate = {**body, name: changed}
                    if judge is None or judge.accepts(candidate):
                        body = candidate
                        break
        return body

    def _judge(self) -> Any:
        media: Media | None = self.media
        return validator(media.schema, Direction.REQUEST) if media and media.schema else None

    def missing(self, error: Unsatisfiable) -> Missing:
        """What to supply where nothing valid could be made."""
        return Missing(
            reason=str(error),
            supply=f'fixtures: {{"{self.operation.key}": A_BODY}} (or a parameter by its name) '
            "in vendor.yaml",
        )


def _variants(text: str, serial: int) -> tuple[str, ...]:
    if "@" in text:
        user, _, host = text.partition("@")
        return (f"{user}{serial}@{host}",)
    return (f"{text} {serial}", f"{text}{serial}", f"{text[: -len(str(serial))]}{serial}")


def _sendable(parameter: Parameter) -> bool:
    ignored = parameter.location == "header" and parameter.name.lower() in (
        "accept",
        "content-type",
        "authorization",
    )
    return not ignored


def _shown(examples: tuple[Example, ...], parameter: Parameter) -> Any:
    for example in examples:
        if parameter.schema is None:
            return example.value
        if validator(parameter.schema, Direction.REQUEST).accepts(example.value):
            return example.value
    return None


def _put(body: Any, pointer: str, value: Any) -> Any:
    token, _, rest = pointer[1:].partition("/")
    if isinstance(body, list):
        return [_put(item, pointer, value) for item in body]
    if not isinstance(body, dict) or token not in body:
        return body
    return {**body, token: _put(body[token], f"/{rest}", value) if rest else value}
