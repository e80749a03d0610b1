"""Items that a run knows: the user's, those it was shown, those it created."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import orjson

from verifier import encoding
from verifier.model import Exchange, Intent, Item, Request, Resource, Row, Vendor
from verifier.probing.intents import Intents
from verifier.probing.ledger import Ledger
from verifier.probing.surroundings import around

__all__ = ["Holdings"]

CREATED = 201
# What rows call what a thing is known by.
NAMES = frozenset({"code", "gid", "guid", "handle", "id", "key", "number", "sid", "slug", "uuid"})
VARIABLE = re.compile(r"\{([^{}]+)\}")


class Holdings:
    """
    Keeps what is at hand, and the ledger true, whoever asked.

    Args:
        known: By the name of a resource, an item that may be looked at.
        own: The same, of those that this run created and may change.
    """

    def __init__(self, vendor: Vendor, ledger: Ledger, intents: Intents) -> None:
        self._vendor = vendor
        self._ledger = ledger
        self._intents = intents
        self._creates = {r.create: r for r in vendor.contract.resources if r.create}
        self._shown: set[tuple[str, str]] = set()
        self.known: dict[str, Item] = {}
        self.own: dict[str, Item] = {}

    def noted(self, exchange: Exchange, intent: Intent | None = None) -> None:
        """What was created is ours, what is gone is gone, and an intent has come to something."""
        request = exchange.request
        if request.api:
            return
        if request.method == "DELETE" and exchange.succeeded:
            self._ledger.seen(exchange)
            self._forget(request.path)
            return
        item = self.made_by(exchange)
        if intent is not None:
            named = item is not None or self._names_another(exchange)
            self._intents.answered(intent, exchange, named=named)
        if item is not None:
            self._ledger.created(item, exchange.purpose, request.identity)

    def made_by(self, exchange: Exchange) -> Item | None:
        """What an exchange created; None where it created nothing, or nothing of ours."""
        resource = self._creates.get(exchange.request.operation)
        if resource is None or not exchange.succeeded or _replaced(exchange):
            return None
        path, id = self._named(resource, exchange)
        if id is None or self._stood_before(resource, str(id)):
            return None
        whole = {**path, resource.id_parameter: id} if resource.id_parameter else {}
        row = resource.item_in(exchange.value)
        return Item(resource=resource.name, id=str(id), path=whole, names=_names(row))

    def first_of(
        self, resource: Resource, rows: Iterable[Row], path: Mapping[str, Any]
    ) -> Item | None:
        """The first item of a list; where we did not create it, it stood before us."""
        for row in rows:
            id = resource.id_of(row)
            if id is not None:
                whole = {**path, resource.id_parameter: id}
                names = _names(row)
                item = Item(resource=resource.name, id=str(id), path=whole, names=names)
                if item not in self._ledger:
                    self._shown.add((resource.name, item.id))
                return item
        return None

    def fixture(self, resource: Resource) -> Item | None:
        """The item that the user named."""
        fixtures = self._vendor.fixtures
        id = fixtures.get(resource.name, fixtures.get(resource.id_parameter))
        if id is None or isinstance(id, Mapping):
            return None
        path = {
            p.name: fixtures[p.name]
            for key in resource.operations
            for p in self._vendor.contract.operation(key).parameters_in("path")
            if p.name in fixtures
        }
        return Item(resource=resource.name, id=str(id), path={**path, resource.id_parameter: id})

    def changeable(self, resource: Resource) -> Item | None:
        """The item that the user named, where they said that it may be changed."""
        named = {resource.name, resource.id_parameter}
        return None if named.isdisjoint(self._vendor.may_change) else self.fixture(resource)

    def _named(self, resource: Resource, exchange: Exchange) -> tuple[Mapping[str, Any], Any]:
        """
        Path parameters, and the id that an answer shows: in its body, its Location, our path.

        Beside a plain 201, which says that it was not there before, it may stand in what we sent.
        """
        template = self._vendor.contract.operation(resource.create).path
        path: Mapping[str, Any] = around(
            resource, template, encoding.match_path(template, exchange.request.path) or {}
        )
        shown = resource.item_in(exchange.value)
        id = resource.id_of(shown) if shown else None
        if id is None:
            id = _last_of_location(exchange) or path.get(resource.id_parameter)
        if id is None and exchange.status == CREATED:
            path = {**_named_in_body(exchange.request, resource.item), **path}
            id = path.get(resource.id_parameter)
        return path, id

    def _names_another(self, exchange: Exchange) -> bool:
        """Whether a success says what it met: something that was there, not something new."""
        resource = self._creates[exchange.request.operation]
        named = _replaced(exchange) or self._named(resource, exchange)[1] is not None
        return exchange.succeeded and named

    def _stood_before(self, resource: Resource, id: str) -> bool:
        """Whether an id is the user's, or was listed: a creation that found it is no creation."""
        named = self.fixture(resource)
        return (named is not None and named.id == id) or (resource.name, id) in self._shown

    def _forget(self, path: str) -> None:
        """An item at this path is gone."""
        for held in (self.known, self.own):
            for name, item in list(held.items()):
                if self._ledger.path_of(item) == path:
                    del held[name]


def _replaced(exchange: Exchange) -> bool:
    return exchange.request.method == "PUT" and exchange.status != CREATED


def _last_of_location(exchange: Exchange) -> str | None:
    location = exchange.response.header("location") if exchange.response else None
    return urlsplit(location).path.rstrip("/").rpartition("/")[2] or None if location else None


def _named_in_body(request: Request, template: str) -> dict[str, str | int]:
    """The path parameters of an item that stand as members in what was sent."""
    try:
        sent = orjson.loads(request.body)
    except ValueError:
        return {}
    held = sent if isinstance(sent, dict) else {}
    named = {name: held.get(name) for name in VARIABLE.findall(template)}
    return {name: value for name, value in named.items() if isinstance(value, str | int) and value}


def _names(row: Row | None) -> dict[str, Any]:
    """What a row says that its thing is called."""
    told = {name.lower(): held for name, held in (row or {}).items()}
    return {
        name: held
        for name, held in told.items()
        if name in NAMES and isinstance(held, str | int) and held not in ("", True, False)
    }
