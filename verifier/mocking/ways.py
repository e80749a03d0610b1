"""The two ways in which an operation says what it is about: by its path, or by its arguments."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.encoding.paths import names_in
from verifier.mocking.kinds import Kind, Layout, answer_layout, call_layout
from verifier.mocking.kinds.alignment import aligned, named_alike
from verifier.mocking.kinds.schemas import types
from verifier.model import Call, Media, Resource, Schema

__all__ = ["ByCall", "ByPath", "Way"]

LISTING = ("list", "search")


class ByPath:
    """
    A path whose variables name things: ``/orders/{id}``.

    Args:
        path: Under which the things are found; not always the operation's own.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.variables = names_in(path)

    def places(self, kind: Kind | None) -> Mapping[str, str]:
        """Variable of a kind's own path to the one of this path that stands for it."""
        if kind is None:
            return {}
        if kind.template:
            found = aligned(kind.template, self._path)
            if found is None:
                # A collection: ``/fees/{id}/refunds`` is before ``/fees/{fee}/refunds/{id}``.
                before = aligned(self._path, kind.template)
                found = None if before is None else {ours: its for its, ours in before.items()}
            if found is not None:
                return found
        return named_alike(kind.keys, self.variables)

    def around(self, kind: Kind | None) -> Mapping[str, str]:
        """The same for the kind that contains what it is about."""
        return self.places(kind)

    def answer(
        self, media: Media | None, item: Schema | None, resource: Resource | None, role: str
    ) -> Layout | None:
        """Where things stand in its answer; None where they do not."""
        if resource is None or media is None or types(media.schema) == {"null"}:
            return None
        return answer_layout(media.schema, item, resource, many=role in LISTING)


class ByCall:
    """Arguments that name things: ``/orders.info?order=17``."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.variables = (call.by,) if call.by else ()

    def places(self, kind: Kind | None) -> Mapping[str, str]:
        """Variable of a kind's own to the argument that stands for it; of several their place."""
        keys = () if kind is None else kind.around if self._call.many else kind.keys
        return self._said(keys)

    def around(self, kind: Kind | None) -> Mapping[str, str]:
        """The same for the kind that contains what it is about."""
        return self._said(() if kind is None else kind.keys)

    def answer(
        self, media: Media | None, item: Schema | None, resource: Resource | None, role: str
    ) -> Layout | None:
        """Where things stand in its answer; None where they do not."""
        return call_layout(self._call, media)

    def _said(self, keys: tuple[str, ...]) -> Mapping[str, str]:
        said = self._call.arguments
        return {key: said[key] for key in keys if key in said}


Way = ByPath | ByCall
