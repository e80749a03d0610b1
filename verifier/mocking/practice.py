"""What the mock does for each operation: worked out once, when it is first asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from verifier.encoding.paths import names_in
from verifier.mocking.codes import taken_by_word
from verifier.mocking.documented import json_media, success_of
from verifier.mocking.kinds import Kind, Kinds, Layout, answer_layout, body_layout, call_layout
from verifier.mocking.kinds.alignment import aligned, named_alike
from verifier.mocking.kinds.schemas import is_read_only, members_of, types
from verifier.model import Call, Contract, Media, Operation, Resource, ResponseSpec, Schema

__all__ = ["Practice", "Practices"]

ROLES = ("create", "read", "list", "update", "replace", "delete", "search")
VARIABLE = re.compile(r"\{[^{}]+\}")
BODILESS = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
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
        # A path that is another's in all but the names of its variables, or but what stands after
        # it (``?beta=true``), leads to the same things.
        meant = operation.key
        if meant not in self._resources:
            meant = self._alike.get(_shape(operation), meant)
        resource = self._resources.get(meant)
        call = resource.calls.get(operation.key) if resource is not None else None
        role = call.role if call is not None else _role(resource, meant)
        kind = self.kinds.of(resource) if resource is not None else None
        if kind is not None and kind.item is not None and not _is_object(kind.item):
            # Its things are texts or numbers: there is nothing to keep of them.
            kind = None
        spec = success_of(operation)
        status = int(spec.status) if spec and spec.status.isdigit() else 0
        media = None if status in BODILESS else json_media(spec)
        item = kind.item if kind is not None else None
        answer = None
        if call is not None:
            answer = call_layout(call, media)
        elif resource is not None and media is not None and types(media.schema) != {"null"}:
            many = role in ("list", "search")
            answer = answer_layout(media.schema, item, resource, many=many)
        body = _body(operation, item, resource)
        given = members_of(body.schema)
        variables = names_in(operation.path) if call is None else (call.by,) if call.by else ()
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
            answer=answer,
            body=body,
            given=given,
            sealed=frozenset(name for name, member in given.items() if is_read_only(member)),
            variables=variables,
            places=_places(kind, operation.path, variables) if call is None else _named(call, kind),
            parent=parent,
            parent_places=(
                _places(parent, operation.path, variables)
                if call is None
                else _named(call, parent, whole=True)
            ),
            tagged=_tagged(operation, spec),
            linked=_names_header(spec, "link"),
            natural_key=(
                self._natural_key(operation) if call is None else taken_by_word(operation, given)
            ),
            call=call,
        )

    def _natural_key(self, operation: Operation) -> str:
        """The caller's own key, where the document knows that it can be in conflict (409)."""
        conflicts = any(spec.status == "409" for spec in operation.responses)
        return self._natural_keys.get(operation.key, "") if conflicts else ""


def _is_object(schema: Schema) -> bool:
    named = types(schema)
    return not named or "object" in named


def _places(kind: Kind | None, path: str, variables: tuple[str, ...]) -> Mapping[str, str]:
    if kind is None:
        return {}
    if kind.template:
        found = aligned(kind.template, path)
        if found is None:
            # A collection: ``/fees/{id}/refunds`` is before ``/fees/{fee}/refunds/{id}``.
            before = aligned(path, kind.template)
            found = None if before is None else {ours: theirs for theirs, ours in before.items()}
        if found is not None:
            return found
    return named_alike(kind.keys, variables)


def _named(call: Call, kind: Kind | None, *, whole: bool = False) -> Mapping[str, str]:
    """
    The arguments of a call that name a thing, or the place of several.

    Args:
        whole: Whether it is a thing in any case.
    """
    keys = () if kind is None else kind.keys if whole or not call.many else kind.around
    return {key: call.arguments[key] for key in keys if key in call.arguments}


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
    return "action" if key in resource.actions else ""
