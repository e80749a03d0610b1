"""What the mock does for each operation: worked out once, when it is first asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verifier.mocking.bodies import json_media, success_of
from verifier.model import Contract, Media, Operation, Resource, ResponseSpec, Schema

__all__ = ["Practice", "Practices"]

ROLES = ("create", "read", "list", "update", "replace", "delete", "search")
BODILESS = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """
    One operation as the mock carries it out.

    Args:
        role: What it does to its resource: one of ``ROLES``, ``action``, or empty where it does
            nothing known.
        spec: The documented success that it is answered with; None where there is none.
        media: The media type of that; None where it has no body.
        item: Schema of one thing of the resource, without its envelope; None where there is none.
        tagged: Whether its answers carry an ETag.
    """

    operation: Operation
    resource: Resource | None
    role: str
    spec: ResponseSpec | None
    status: int
    media: Media | None
    item: Schema | None
    tagged: bool

    @property
    def kind(self) -> str:
        """The content type of its answers."""
        named = self.media.type if self.media else "application/json"
        return "application/json" if "*" in named else named


class Practices:
    """What is done for each operation of a contract."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._resources = {key: r for r in contract.resources for key in r.operations}
        self._known: dict[str, Practice] = {}
        self._items: dict[str, Schema | None] = {}

    def of(self, operation: Operation) -> Practice:
        """The practice of an operation."""
        known = self._known.get(operation.key)
        if known is None:
            known = self._known[operation.key] = self._work_out(operation)
        return known

    def item(self, resource: Resource) -> Schema | None:
        """The schema of one thing of a resource."""
        if resource.name not in self._items:
            self._items[resource.name] = self._item(resource)
        return self._items[resource.name]

    def _work_out(self, operation: Operation) -> Practice:
        resource = self._resources.get(operation.key)
        spec = success_of(operation)
        status = int(spec.status) if spec and spec.status.isdigit() else 0
        media = None if status in BODILESS else json_media(spec)
        return Practice(
            operation=operation,
            resource=resource,
            role=_role(resource, operation),
            spec=spec,
            status=status or (200 if media else 204),
            media=media,
            item=self.item(resource) if resource else None,
            tagged=any(header.name.lower() == "etag" for header in (spec.headers if spec else ())),
        )

    def _item(self, resource: Resource) -> Schema | None:
        for key in (resource.read, resource.create, resource.update, resource.replace):
            operation = self._contract.operation(key) if key else None
            media = json_media(success_of(operation)) if operation else None
            if media is not None and media.schema is not None:
                if resource.envelope:
                    return media.schema.members().get(resource.envelope)
                return media.schema
        return self._listed(resource)

    def _listed(self, resource: Resource) -> Schema | None:
        """The schema of what a list holds."""
        operation = self._contract.operation(resource.list) if resource.list else None
        media = json_media(success_of(operation)) if operation else None
        around = media.schema if media is not None else None
        if around is not None and resource.list_member:
            around = around.members().get(resource.list_member)
        if around is None:
            return None
        node, at = around.resolved()
        if not isinstance(node, Mapping) or "items" not in node:
            return None
        return Schema(document=around.document, node=node["items"], at=at / "items")


def _role(resource: Resource | None, operation: Operation) -> str:
    if resource is None:
        return ""
    roles: Mapping[str, str] = {role: getattr(resource, role) for role in ROLES}
    for role, key in roles.items():
        if key == operation.key:
            return role
    return "action" if operation.key in resource.actions else ""
