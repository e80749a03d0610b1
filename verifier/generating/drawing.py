"""The plain draft of an operation, and its fresh variations."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from verifier.generating.freshness import Freshness, stamped
from verifier.generating.holes import NEED, Holes
from verifier.generating.labels import Label, Labels
from verifier.generating.opaque import names_another
from verifier.generating.parts import location_of, parameters_of, with_parameter
from verifier.model import Case, Draft, Media, Missing, Need, Operation, Parameter, escape, unescape
from verifier.sampling import Sampler, Unsatisfiable, sampler
from verifier.sampling.places import found, placed, without
from verifier.validating import Direction

__all__ = ["Drawing", "Drawn", "Unmakable"]

Drawn = tuple[Draft, tuple[Need, ...]]
TRIES = 4


class Unmakable(ValueError):  # noqa: N818
    """
    No valid request could be made.

    Args:
        supply: What the user has to give.
    """

    def __init__(self, says: str, supply: str) -> None:
        super().__init__(says)
        self.missing = Missing(reason=says, supply=f"fixtures: {{{supply}}} in vendor.yaml")


class Drawing:
    """
    Draws the drafts of one operation with bodies of one media type.

    Args:
        media: None where no body is sent.
        fixtures: Bodies by operation key, ids by parameter or resource name.
    """

    def __init__(
        self,
        operation: Operation,
        media: Media | None,
        holes: Holes,
        fixtures: Mapping[str, Any],
        seed: int,
    ) -> None:
        self.operation = operation
        self.media = media
        self.parameters = parameters_of(operation)
        self.labels = Labels(operation, media)
        self.creates = holes.creates(operation)
        self._holes = holes
        self._opaque = holes.opaque.members(media.schema if media else None)
        self._own = fixtures.get(operation.key)
        self._seed = seed
        self._values: dict[tuple[str, str, int], Any] = {}
        self._needs: dict[tuple[str, str], Need | None] = {}
        self._bodies: dict[str, Any] = {}
        self._fresh: Freshness | None = None

    @property
    def body_sampler(self) -> Sampler | None:
        """What makes the bodies; None where nothing is known about them."""
        if self.media is None or self.media.schema is None:
            return None
        return sampler(self.media.schema, Direction.REQUEST)

    def random(self, *parts: Any) -> random.Random:
        """Random numbers that depend on nothing but the seed, the operation and these parts."""
        return random.Random(f"{self._seed}|{self.operation.key}|{parts}")  # noqa: S311

    def plain(self, serial: int = 0, way: str = "plain") -> Drawn:
        """
        What is required, and a typical body; what must be unique differs by ``serial``.

        Args:
            way: As for ``body``.

        Raises:
            Unmakable: Nothing valid could be made for a part of it.
        """
        draft, needs = self.bare(serial)
        if self.media is None:
            return draft, needs
        draft, more = self.bodied(draft, self.freshened(self.body(way), serial))
        return draft, (*needs, *more)

    def sample(self, serial: int, way: str) -> tuple[Draft, tuple[Need, ...], str]:
        """
        A plain draft, its needs, and what is to be said of it; the user's own body goes first.

        Args:
            way: As for ``body``.

        Raises:
            Unmakable: Nothing valid could be made for a part of it, and nothing was supplied.
        """
        own = self.own_body(serial)
        if own is None or self.media is None:
            draft, needs = self.plain(serial, way)
            why = self.labels.refusal(draft)
            if why and serial:
                # What made it unlike the others may be what made it wrong.
                draft, needs = self.plain(0, way)
                why = self.labels.refusal(draft)
            if why:
                raise self.unmakable_body(why)
            return draft, needs, "a plain request"
        draft, needs = self.bare(serial)
        draft = replace(draft, body=own, has_body=True, media_type=self.media.type)
        why = self.labels.refusal(draft)
        forbids = f", which the document forbids: {why}" if why else ""
        return draft, needs, f"the body under fixtures{forbids}"

    def bare(self, serial: int = 0) -> Drawn:
        """The draft of the required parameters, without a body."""
        draft, needs = Draft(), []
        for parameter in self.parameters:
            if parameter.location == "path" or parameter.required:
                draft = with_parameter(draft, parameter, self.value(parameter, serial))
                need = self.need_of(parameter)
                needs += [need] if need else []
        return draft, tuple(needs)

    def bodied(self, draft: Draft, body: Any) -> Drawn:
        """The draft with a body, what the user supplied put into it, and the needs that it has."""
        body, needs = self.filled(body)
        kind = self.media.type if self.media else ""
        return replace(draft, body=body, has_body=True, media_type=kind), needs

    def filled(self, body: Any) -> tuple[Any, tuple[Need, ...]]:
        """A body with ids that the user supplied, and marks where the others belong."""
        needs = []
        for need, given in self._holes.of_body(self.operation, body).items():
            if given is not None:
                body = placed(body, need.name, given)
                continue
            needs.append(need)
            if found(body, need.name) != NEED:
                marked = placed(body, need.name, NEED)
                body = marked if self.labels.of_body(marked) is Label.VALID else body
        return body, tuple(needs)

    def needs_in(self, body: Any) -> tuple[Need, ...]:
        """The needs of a body as it is."""
        found = self._holes.of_body(self.operation, body)
        return tuple(need for need, given in found.items() if given is None)

    def need_of(self, parameter: Parameter) -> Need | None:
        """What a parameter needs; None where it can be made up."""
        key = (parameter.location, parameter.name)
        if key not in self._needs:
            self._needs[key] = self._holes.of_parameter(self.operation, parameter)
        return self._needs[key]

    def knows(self, parameter: Parameter) -> bool:
        """Whether a parameter may be given a value that nobody handed out."""
        return not self._holes.opaque.parameter(parameter)

    def value(self, parameter: Parameter, serial: int = 0) -> Any:
        """
        A typical value of a parameter: what the user or the document shows, else a sample.

        Raises:
            Unmakable: No value is valid and arrives as it was meant.
        """
        key = (parameter.location, parameter.name, serial if self.creates else 0)
        if key not in self._values:
            self._values[key] = self._value(parameter, key[2])
        return self._values[key]

    def _value(self, parameter: Parameter, serial: int) -> Any:
        given = self._holes.supplied(self.operation, parameter)
        if given is not None:
            return given
        try:
            for value in self._proposed(parameter, serial):
                if self.labels.of_parameter(parameter, value) is Label.VALID:
                    return value
        except Unsatisfiable as error:
            raise self._unmakable(parameter, str(error)) from error
        says = "no value is valid and arrives at the other end as it was meant"
        raise self._unmakable(parameter, says)

    def _proposed(self, parameter: Parameter, serial: int) -> Iterator[Any]:
        """What is shown, then samples; each is made only where those before it did not do."""
        name = parameter.name
        if self.need_of(parameter) is not None:
            yield NEED
        yield from (example.value for example in parameter.examples)
        if self._holes.chooses(self.operation, parameter):
            yield f"verifier{serial}"
        if parameter.schema is not None:
            made = sampler(parameter.schema, Direction.REQUEST)
            for turn in range(TRIES):
                yield made.typical(self.random(name, serial, turn), name)
            yield made.minimal(self.random(name, serial), name)
        # Names of files and the like have slashes, which a path cannot hold.
        yield f"verifier{serial or ''}"

    def _unmakable(self, parameter: Parameter, says: str) -> Unmakable:
        what = f"{self.operation.key}: {location_of(parameter)} parameter '{parameter.name}'"
        return Unmakable(f"{what}: {says}", f"{parameter.name}: A_VALUE")

    def made_up(self) -> tuple[str, ...]:
        """The variables of the path for which nobody can know a value that exists."""
        return tuple(
            parameter.name
            for parameter in self.parameters
            if parameter.location == "path"
            and not parameter.examples
            and not _is_choice(parameter)
            and self.need_of(parameter) is None
            and self._holes.supplied(self.operation, parameter) is None
            and not self._holes.chooses(self.operation, parameter)
        )

    def own_body(self, serial: int) -> Any:
        """The body that the user supplied for this operation; None where there is none."""
        return stamped(self._own, serial)

    def body(self, way: str) -> Any:
        """
        A valid body.

        Args:
            way: ``plain``, ``minimal`` or ``full``.

        Raises:
            Unmakable: None could be made.
        """
        if way not in self._bodies:
            self._bodies[way] = self._body(way)
        return self._bodies[way]

    def _body(self, way: str) -> Any:
        made = self.body_sampler
        own = self.own_body(0)
        if own is not None and self.labels.of_body(own) is Label.VALID and way == "plain":
            return own
        if made is None:
            return next((e.value for e in self.media.examples), {}) if self.media else None
        examples = self.media.examples if self.media and way == "plain" else ()
        for shown in (made.shown(example.value) for example in examples):
            if self.labels.of_body(shown) is Label.VALID:
                return shown
        try:
            body = getattr(made, way)(self.random("body"))
        except Unsatisfiable as error:
            raise self.unmakable_body(str(error)) from error
        return self._without_ids(body)

    def _without_ids(self, body: Any) -> Any:
        """Ids of other things that nobody asked for are left out: what they name is not there."""
        if not isinstance(body, dict):
            return body
        wanted = [need.name for need in self._holes.of_body(self.operation, body)]
        opaque = [pointer for pointer in _pointers(body, "") if self.is_opaque(pointer)]
        for pointer in (*reversed(wanted), *reversed(opaque)):
            body = self._lessened(body, pointer)
        return body

    def is_opaque(self, pointer: str) -> bool:
        """Whether a place in a body takes what only the vendor hands out."""
        tokens = [unescape(token) for token in pointer.split("/")[1:] if not token.isdigit()]
        return bool(tokens) and (tokens[0] in self._opaque or names_another(tokens[-1]))

    def _lessened(self, body: Any, pointer: str) -> Any:
        """A body without a member, or without what it is a part of; as it was if it must be."""
        while pointer:
            try:
                less = without(body, pointer)
            except LookupError:
                return body
            if self.labels.of_body(less) is Label.VALID:
                return less
            pointer = pointer.rpartition("/")[0]
        return body

    def unmakable_body(self, says: str) -> Unmakable:
        """Why no body could be made."""
        return Unmakable(f"{self.operation.key}: {says}", f'"{self.operation.key}": A_BODY')

    def freshened(self, body: Any, serial: int) -> Any:
        """A body whose names, addresses and codes differ from those of any other serial."""
        if not serial:
            return body
        if self._fresh is None or self._fresh.body is not body:
            self._fresh = Freshness(
                body,
                lambda body: self.labels.of_body(body) is Label.VALID,
                spared=self._ids_in(body),
            )
        return self._fresh.of(serial)

    def renewed(self, case: Case, serial: int) -> Case:
        """A case with other unique members, labelled as it was; what is special about it stays."""
        draft = case.draft
        if not self.creates or not draft.has_body or draft.raw_body is not None:
            return case
        before = self.labels.signature(draft)
        fresh = Freshness(
            draft.body,
            lambda body: self.labels.signature(replace(draft, body=body)) == before,
            spared={case.aspect.partition(":body")[2], *self._ids_in(draft.body)},
        )
        return replace(case, draft=replace(draft, body=fresh.of(serial)))

    def _ids_in(self, body: Any) -> set[str]:
        """Where a body names other things: an id that was found or supplied stays as it is."""
        return {need.name for need in self._holes.of_body(self.operation, body)}


def _pointers(value: Any, pointer: str) -> Iterator[str]:
    """Every member of a body and of what it holds, outer ones first."""
    if isinstance(value, dict):
        for name, member in value.items():
            inner = f"{pointer}/{escape(str(name))}"
            yield inner
            yield from _pointers(member, inner)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _pointers(item, f"{pointer}/{index}")


def _is_choice(parameter: Parameter) -> bool:
    node = parameter.schema.resolved().value if parameter.schema else {}
    shows = {"enum", "const", "example", "examples", "default"}
    return isinstance(node, Mapping) and bool(shows & node.keys())
