"""Which kinds of things a contract implies, and which of its resources only show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from verifier.encoding.paths import names_in
from verifier.mocking.documented import answer_schema
from verifier.mocking.english import singular, words
from verifier.mocking.kinds.alignment import aligned
from verifier.mocking.kinds.called import argument_schemas, called_example, called_item
from verifier.mocking.kinds.kind import Kind
from verifier.mocking.kinds.layout import answer_layout
from verifier.mocking.kinds.schemas import items_of, members_of, node_of, overlap, same
from verifier.model import Contract, Resource, Schema

__all__ = ["Kinds"]

ALIKE = 0.6
EITHER = re.compile(r"Or(?=[A-Z])|_or_")
# A container of most of an API is the account of whoever asks: it is there whatever it is called.
SHARE_OF_A_HOME = 0.6
MOST_LOOKS = 6
TALK = frozenset(("description", "title", "example", "examples"))


class Kinds:
    """The kinds of a contract, worked out when they are first asked for."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._operations = {operation.key: operation for operation in contract.operations}
        resources = (*contract.resources, *contract.calls)
        self._resources = {resource.name: resource for resource in resources}
        self._items: dict[str, Schema | None] = {}
        self._kinds: dict[str, Kind] = {}
        self._logs = {
            name
            for convention in contract.conventions_of("events")
            for name in convention.detail.get("resources", ())
        }
        self._keepers = [r for r in resources if _keeps(r)]
        self._named: dict[tuple[str, ...], list[Resource]] = {}
        for keeper in self._keepers:
            self._named.setdefault(_noun(keeper), []).append(keeper)

    def of(self, resource: Resource) -> Kind:
        """The kind of thing that a resource is about: another's, where it only shows those."""
        if resource.name not in self._kinds:
            self._kinds[resource.name] = self._kind_of(resource)
        return self._kinds[resource.name]

    def named(self, name: str) -> Kind | None:
        """The kind that a resource of this name is about."""
        resource = self._resources.get(name)
        return self.of(resource) if resource is not None else None

    def parent(self, kind: Kind) -> Kind | None:
        """The kind that contains another; None at the top, or where everybody has one."""
        return self.around(kind.resource)

    def around(self, resource: Resource) -> Kind | None:
        """The kind that contains what a resource shows; None at the top, as in ``parent``."""
        parent = self._resources.get(resource.parent) if resource.parent else None
        if parent is None or parent.name in self._homes:
            return None
        return self.of(parent)

    def item(self, resource: Resource) -> Schema | None:
        """The schema of one thing of a resource, without its envelope."""
        if resource.name not in self._items:
            self._items[resource.name] = self._item(resource)
        return self._items[resource.name]

    def _kind_of(self, resource: Resource) -> Kind:
        keeper = resource if _keeps(resource) else self._shown_by(resource) or resource
        if keeper is not resource:
            return self.of(keeper)
        keys = names_in(resource.item)
        own = resource.id_parameter if resource.id_parameter in keys else ""
        makes = (
            self._makes(resource, resource)
            or self._upserts(resource)
            or resource.name in self._made
        )
        return Kind(
            name=resource.name,
            resource=resource,
            template=resource.item,
            keys=keys,
            own=own,
            item=self.item(resource),
            id_path=self._id_path(resource, own),
            creatable=makes,
            made_up=self._is_made_up(resource, makes=makes, single=bool(resource.item) and not own),
            own_schemas=self._own_schemas(resource, own),
            aliases=self._aliases(resource, own),
            shown=called_example(resource, self._operations) if resource.calls else None,
        )

    def _id_path(self, resource: Resource, own: str) -> tuple[str, ...]:
        """
        Where the id is told: in a member, in one of ``metadata`` (Kubernetes), or, where the
        document does not describe a thing, in what is given to make one.
        """
        if resource.id_field:
            return (resource.id_field,)
        item = self.item(resource)
        about = members_of(item).get("metadata")
        if own and about is not None and own in about.members():
            return ("metadata", own)
        creates = self._operations.get(resource.create)
        body = creates.body.media if creates is not None and creates.body else ()
        taken = not members_of(item) and any(own in members_of(media.schema) for media in body)
        return (own,) if own and taken else ()

    def _is_made_up(self, resource: Resource, *, makes: bool, single: bool) -> bool:
        """Whether things are there from the beginning: nobody makes them, or they cannot lack."""
        if resource.name in self._logs:
            return False
        if not makes:
            return bool(resource.read or resource.list or resource.update)
        read = self._operations.get(resource.read)
        return single and read is not None and read.response(404) is None

    def _aliases(self, resource: Resource, own: str) -> tuple[str, ...]:
        """Members that paths of the same form, or a variable such as ``idOrKey``, call it by."""
        if not own or resource.calls:
            return ()
        plain = {"".join(words(name)): name for name in members_of(self.item(resource))}
        named = {
            variable
            for operation in self._operations.values()
            if operation.path.count("/") == resource.item.count("/")
            and (variable := (aligned(resource.item, operation.path) or {}).get(own))
        }
        found: dict[str, None] = {}
        for variable in sorted(named):
            for part in EITHER.split(variable):
                ends = [n for p, n in plain.items() if "".join(words(part)).endswith(p)]
                found |= dict.fromkeys(ends)
        return tuple(name for name in found if name != resource.id_field)

    def _own_schemas(self, resource: Resource, own: str) -> tuple[Schema, ...]:
        """What the paths of its operations, and of what is inside it, say of the id."""
        if not own:
            return ()
        found: dict[str, Schema] = {}
        for schema in argument_schemas(resource, own, self._operations):
            found.setdefault(_look(schema), schema)
        stem = resource.item.partition("{")[0]
        for operation in self._operations.values():
            places = aligned(resource.item, operation.path) if stem in operation.path else None
            variable = (places or {}).get(own)
            for parameter in operation.parameters_in("path") if variable else ():
                if parameter.name == variable and parameter.schema is not None:
                    found.setdefault(_look(parameter.schema), parameter.schema)
        return tuple(found.values())[:MOST_LOOKS]

    @cached_property
    def _homes(self) -> frozenset[str]:
        """Names of resources that contain most of the API."""
        return frozenset(self._find_homes())

    @cached_property
    def _made(self) -> frozenset[str]:
        """Names of resources whose things another one makes: comments, at their issue."""
        makers = (r for r in self._contract.resources if r.create and not _keeps(r))
        found = ((maker, self._shown_by(maker)) for maker in makers)
        return frozenset(k.name for maker, k in found if k is not None and self._makes(maker, k))

    def _makes(self, maker: Resource, keeper: Resource) -> bool:
        """Whether one resource makes the first thing of another: not only out of one there is."""
        operation = self._operations.get(maker.create)
        if operation is None:
            return False
        deeper = operation.path.count("/") > keeper.item.count("/")
        return not (keeper.item and deeper and aligned(keeper.item, operation.path) is not None)

    def _upserts(self, resource: Resource) -> bool:
        """Whether a PUT makes what is not there yet."""
        operation = self._operations.get(resource.replace)
        return operation is not None and bool(resource.id_parameter or resource.delete)

    def _shown_by(self, resource: Resource) -> Resource | None:
        """The resource whose things another one lists: by its schema, else by its name."""
        shown = self.item(resource)
        alike = [k for k in self._keepers if same(self.item(k), shown)]
        noun = _noun(resource)
        named = [
            keeper
            for keeper in self._named.get(noun, ())
            if keeper in alike or overlap(shown, self.item(keeper)) >= ALIKE
        ]
        if len(named) == 1:
            return named[0]
        return alike[0] if len(alike) == 1 else None

    def _item(self, resource: Resource) -> Schema | None:
        if resource.calls:
            return called_item(resource, self._operations)
        shown = list(self._shown_alone(resource))
        # What may be one of several things (a customer, a deleted customer) comes second.
        for found in (*(s for s in shown if s.members()), *shown):
            return found
        for key in (resource.list, resource.search):
            layout = answer_layout(
                answer_schema(self._operations.get(key)), None, resource, many=True
            )
            if layout is not None and layout.schema is not None:
                return members_of(layout.schema).get(resource.envelope) or layout.schema
        return None

    def _shown_alone(self, resource: Resource) -> Iterator[Schema]:
        """The schemas in which one thing of a resource is told."""
        for key in (resource.read, resource.create, resource.update, resource.replace):
            answer = answer_schema(self._operations.get(key))
            if answer is not None and resource.envelope:
                answer = answer.members().get(resource.envelope)
            if answer is not None:
                yield items_of(answer) or answer

    def _find_homes(self) -> Iterator[str]:
        total = len(self._contract.operations)
        for resource in self._contract.resources:
            if resource.parent or not resource.item or not resource.id_parameter:
                continue
            stem = _stem(resource.item)
            begins = stem.partition("{")[0].rpartition("/")[0]
            near = (o.path for o in self._operations.values() if o.path.startswith(begins))
            inside = sum(aligned(stem, path) is not None for path in near)
            if inside >= max(8, SHARE_OF_A_HOME * total):
                yield resource.name


def _keeps(resource: Resource) -> bool:
    return bool(
        resource.item
        and (
            resource.read
            or resource.update
            or resource.replace
            or resource.delete
            or resource.create
        )
    )


def _look(schema: Schema) -> str:
    """What a schema asks for, so that those that ask for the same are looked at once."""
    told = node_of(schema)
    return repr([(name, value) for name, value in told.items() if name not in TALK])


def _noun(resource: Resource) -> tuple[str, ...]:
    return tuple(singular(word) for word in words(resource.name.rpartition(".")[2]))


def _stem(template: str) -> str:
    """``/a/{b}`` of ``/a/{b}.json``: what the paths of its contents begin with."""
    return template[: template.rindex("}") + 1] if "}" in template else template
