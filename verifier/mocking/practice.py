"""What the mock does for each operation: worked out once, when it is first asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from verifier.mocking.codes import taken_by_word
from verifier.mocking.documented import json_media, success_of
from verifier.mocking.kinds import Kind, Kinds, Layout, body_layout
from verifier.mocking.kinds.schemas import is_read_only, members_of, types
from verifier.mocking.ways import ByCall, ByPath, Way
from verifier.model import Call, Contract, Media, Operation, Resource, ResponseSpec, Schema

__all__ = ["Practice", "Practices"]

ROLES = ("create", "read", "list", "update", "replace", "delete", "search")
VARIABLE = re.compile(r"\{[^{}]+\}")
BODILESS = frozenset({204, 205, 304})
_ACTION = "an action"
"""Stands for the operation of a resource that does what no other does."""


class Practice(Struct, frozen=True, kw_only=True):
    """
    One operation as the mock carries it out.

    Args:
        role: What it does to its resource: one of ``ROLES``, ``action``, or empty where it does
            nothing known.
        kind: What is kept for it; None where nothing is.
        spec: The documented success that it is answered with; None where there is none.
        media: The media type of that; None where it has no body.
        answer: Where things stand in that; None where they do not.
        body: Where things stand in what is sent.
        given: Members of one thing that may be sent.
        sealed: Those of them that only the vendor writes.
        variables: Of its path, in order.
        places: Variable of the kind's own path to the one of this path that stands for it.
        parent: The kind that contains it; None at the top.
        parent_places: The same for the parent's path.
        tagged: Whether its answers carry an ETag.
        linked: Whether they carry links to further pages.
        natural_key: The member of its body that no two things may share; empty where any may.
        call: How its arguments name things, where it is called by a name.
    """

    operation: Operation
    resource: Resource | None
    role: str
    kind: Kind | None
    spec: ResponseSpec | None
    status: int
    media: Media | None
    answer: Layout | None
    body: Layout
    given: Mapping[str, Schema] = field(default_factory=dict)
    sealed: frozenset[str] = frozenset()
    variables: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    parent: Kind | None = None
    parent_places: Mapping[str, str] = field(default_factory=dict)
    tagged: bool = False
    linked: bool = False
    natural_key: str = ""
    content_type: str = "application/json"
    call: Call | None = None

    @property
    def verb(self) -> str:
        """What its path says last: the name of an action."""
        last = self.operation.path.partition("?")[0].rstrip("/").rpartition("/")[2]
        return last.rpartition(":")[2] if self.call is None else self.call.verb

    @property
    def item(self) -> Schema | None:
        """Schema of one thing, without its envelope; None where there is none."""
        return self.kind.item if self.kind is not None else None


class Practices:
    """What is done for each operation of a contract."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self.kinds = Kinds(contract)
        resources = (*contract.resources, *contract.calls)
        self._resources = {key: r for r in resources for key in r.operations}
        self._operations = {operation.key: operation for operation in contract.operations}
        self._alike = {
            _shape(self._operations[key]): key
            for key in reversed(self._resources)
            if key in self._operations
        }
        self._known: dict[str, Practice] = {}
        keyed = contract.convention("natural-key")
        self._natural_keys: Mapping[str, str] = keyed.detail.get("fields", {}) if keyed else {}

    def of(self, operation: Operation) -> Practice:
        """The practice of an operation."""
        known = self._known.get(operation.key)
        if known is None:
            known = self._known[operation.key] = self._work_out(operation)
        return known

    def given(self, kind: Kind) -> Mapping[str, Schema]:
        """The members that may be given to whatever makes things of a kind."""
        resource = kind.resource
        for key in (resource.create, resource.replace, resource.update):
            operation = self._operations.get(key)
            if operation is not None and operation.body is not None:
                return self.of(operation).given
        return {}

    def item(self, resource: Resource) -> Schema | None:
        """The schema of one thing of a resource."""
        return self.kinds.item(resource)

    def toggles(self, operation: Operation) -> bool:
        """Whether an operation switches something on or off, or asks whether it is on."""
        if operation.method in ("PUT", "DELETE"):
            return operation.body is None or not operation.body.required
        switch = self._operations.get(f"PUT {operation.path}")
        return operation.method == "GET" and switch is not None and self.toggles(switch)

    def _work_out(self, operation: Operation) -> Practice:
        meant, resource, way = self._meant(operation)
        call = resource.calls.get(meant) if resource is not None else None
        role = call.role if call is not None else _role(resource, meant)
        kind = self.kinds.of(resource) if resource is not None else None
        if kind is not None and kind.item is not None and not _is_object(kind.item):
            # Its things are texts or numbers: there is nothing to keep of them.
            kind = None
        spec = success_of(operation)
        status = int(spec.status) if spec and spec.status.isdigit() else 0
        media = None if status in BODILESS else json_media(spec)
        item = kind.item if kind is not None else None
        body = _body(operation, item, resource)
        given = members_of(body.schema)
        parent = self.kinds.parent(kind) if kind is not None else None
        if parent is None and kind is not None and resource is not None:
            # What has a place of its own is shown at others as well: the orders of a customer.
            parent = self.kinds.around(resource)
        return Practice(
            operation=operation,
            resource=resource,
            role=role,
            kind=kind,
            spec=spec,
            status=status or (200 if media else 204),
            media=media,
            content_type=media.type if media and "*" not in media.type else "application/json",
            answer=way.answer(media, item, resource, role),
            body=body,
            given=given,
            sealed=frozenset(name for name, member in given.items() if is_read_only(member)),
            variables=way.variables,
            places=way.places(kind),
            parent=parent,
            parent_places=way.around(parent),
            tagged=_tagged(operation, spec),
            linked=_names_header(spec, "link"),
            natural_key=self._natural_key(operation, call, given),
            call=call,
        )

    def _meant(self, operation: Operation) -> tuple[str, Resource | None, Way]:
        """
        The operation that one is at bottom, its resource, and how it says what it is about.

        A path that is another's in all but the names of its variables, or but what stands after
        it (``?beta=true``), leads to the same things; so does one with one word more.
        """
        key, path = operation.key, operation.path
        if key not in self._resources:
            key = self._alike.get(_shape(operation), key)
        resource = self._resources.get(key)
        if resource is None:
            resource, path = self._detour(path)
            return _ACTION, resource, ByPath(path)
        call = resource.calls.get(key)
        return key, resource, ByPath(path) if call is None else ByCall(call)

    def _detour(self, path: str) -> tuple[Resource | None, str]:
        """
        The resource that a path acts upon which begins with one word more than that one's:
        ``/test_helpers/refunds/{refund}/expire``; and the path without it.
        """
        *before, last = path.split("/")
        if "{" in last or "{" not in path:
            return None, path
        first = next(index for index, part in enumerate(before) if "{" in part)
        for index, part in enumerate(before[:first]):
            item = "/".join((*before[:index], *before[index + 1 :]))
            resource = self._items.get(VARIABLE.sub("{}", item)) if part else None
            if resource is not None:
                return resource, f"{item}/{last}"
        return None, path

    @cached_property
    def _items(self) -> Mapping[str, Resource]:
        """The paths of single things, whatever their variables are called."""
        resources = (r for r in reversed(self._contract.resources) if r.item and r.id_parameter)
        return {VARIABLE.sub("{}", resource.item): resource for resource in resources}

    def _natural_key(
        self, operation: Operation, call: Call | None, given: Mapping[str, Schema]
    ) -> str:
        """The caller's own key, where the document knows that it can be in conflict."""
        if call is not None:
            return taken_by_word(operation, given)
        conflicts = any(spec.status == "409" for spec in operation.responses)
        return self._natural_keys.get(operation.key, "") if conflicts else ""


def _is_object(schema: Schema) -> bool:
    named = types(schema)
    return not named or "object" in named


def _body(operation: Operation, item: Schema | None, resource: Resource | None) -> Layout:
    offered = operation.body.media if operation.body else ()
    media = next((m for m in offered if "json" in m.type), next(iter(offered), None))
    if media is None or media.schema is None:
        return Layout()
    if resource is None:
        return Layout(schema=media.schema)
    return body_layout(media.schema, item, resource)


def _names_header(spec: ResponseSpec | None, name: str) -> bool:
    return any(header.name.lower() == name for header in (spec.headers if spec else ()))


def _tagged(operation: Operation, spec: ResponseSpec | None) -> bool:
    """Whether the document promises a validator, or that one is taken."""
    if _names_header(spec, "etag"):
        return True
    taken = {p.name.lower() for p in operation.parameters_in("header")}
    return bool(taken & {"if-match", "if-none-match"})


def _shape(operation: Operation) -> tuple[str, str]:
    plain = operation.path.partition("?")[0].partition("#")[0]
    return operation.method, VARIABLE.sub("{}", plain)


def _role(resource: Resource | None, key: str) -> str:
    if resource is None:
        return ""
    roles: Mapping[str, str] = {role: getattr(resource, role) for role in ROLES}
    for role, taken in roles.items():
        if taken == key:
            return role
    return "action" if key in resource.actions or key is _ACTION else ""
