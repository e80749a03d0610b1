"""What a request needs at the vendor's: drawn, filled with what is there, found or created."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Generator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from verifier import encoding
from verifier.model import (
    Case,
    CaseSource,
    Create,
    Created,
    Draw,
    Drawn,
    Exchange,
    Item,
    Missing,
    Need,
    Operation,
    Request,
    Resource,
    Sweep,
    Validity,
    Vendor,
    alters,
    fill,
)
from verifier.probing.attempts import Attempts
from verifier.probing.errand import Errand, Errands
from verifier.probing.holdings import Holdings
from verifier.probing.obstacles import NotTestable
from verifier.probing.sender import Sender
from verifier.probing.surroundings import around

__all__ = ["World"]

DEEPEST = 4
SWEPT_FOR_EACH = 3
# RFC 9112, 3: a request line of 8,000 octets is what everybody should take.
LONGEST_TARGET = 7_800
KEYS = re.compile(r"idempoten|request-id$|repeatability", re.IGNORECASE)
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class World:
    """
    Finds and creates items; draws cases with their needs filled.

    Args:
        run: A few characters that no other run has: part of every idempotency key.
    """

    def __init__(
        self,
        vendor: Vendor,
        cases: CaseSource,
        sender: Sender,
        holdings: Holdings,
        errands: Errands,
        run: str,
    ) -> None:
        self._vendor = vendor
        self._cases = cases
        self._sender = sender
        self._holdings = holdings
        self._attempts = Attempts()
        self._errands = errands
        self._seeking = asyncio.Lock()
        self._seeker: Errand | None = None
        self._run = run

    async def draw(self, step: Draw, errand: Errand) -> Drawn:
        """A sendable case; NotTestable where a need cannot be filled."""
        operation = self._vendor.contract.operation(step.operation)
        case = self._sample(operation, errand, path=step.path, body=step.body, query=step.query)
        if step.exact:
            in_path = tuple(need for need in case.needs if need.location != "body")
            case = replace(case, draft=replace(case.draft, body=dict(step.body)), needs=in_path)
        case = await self.filled(case, operation, errand)
        given = frozenset((*step.body, *step.query))
        return Drawn(case=case, request=self.encoded(operation, case, errand, given=given))

    async def sweep(self, step: Sweep, errand: Errand) -> tuple[Drawn, ...]:
        """Sendable valid cases with the given values in them; NotTestable where there are none."""
        operation = self._vendor.contract.operation(step.operation)
        cases = self._cases.cases(operation, limit=step.limit * SWEPT_FOR_EACH)
        if isinstance(cases, Missing):
            raise NotTestable(cases.reason, cases.supply)
        drawn: dict[Request, Drawn] = {}
        for case in cases:
            if case.validity is Validity.VALID and len(drawn) < step.limit:
                case = await self.filled(_holding(case, step), operation, errand)
                made = Drawn(case=case, request=self.encoded(operation, case, errand))
                drawn.setdefault(made.request, made)
        if not drawn:
            raise NotTestable(f"no valid request for {operation.key} could be drawn")
        return tuple(drawn.values())

    def smaller(self, case: Case, errand: Errand) -> Generator[Drawn, bool, None]:
        """Ever smaller cases as the case source makes them; send back whether each still fails."""
        operation = self._vendor.contract.operation(case.operation)
        shrinking = self._cases.shrink(case)
        fails: bool | None = None
        while True:
            try:
                offered = next(shrinking) if fails is None else shrinking.send(fails)
            except StopIteration:
                return
            fails = yield Drawn(case=offered, request=self.encoded(operation, offered, errand))

    def encoded(
        self,
        operation: Operation,
        case: Case,
        errand: Errand,
        *,
        given: frozenset[str] = frozenset(),
    ) -> Request:
        """
        The request of a case; NotTestable where it cannot be written down.

        Args:
            given: Members and parameters that whoever asks chose: a key among them stays.
        """
        return self._sendable(operation, self._keyed(case, errand, given))

    def _sendable(self, operation: Operation, case: Case) -> Request:
        request = _written(operation, case)
        if self._sender.guarded(request):
            leave = f"may_change: ['{operation.key}'] in vendor.yaml"
            raise NotTestable(
                "nothing is removed but what this run created",
                "" if request.method == "DELETE" else leave,
            )
        return request

    def _keyed(self, case: Case, errand: Errand, given: frozenset[str] = frozenset()) -> Case:
        """A case with idempotency keys of its own."""
        draft = case.draft
        # A key that is broken on purpose stays so.
        broken = case.aspect if case.validity is Validity.BROKEN else ""
        if "header/" not in broken:
            draft = replace(draft, headers=self._with_fresh_keys(draft.headers, errand))
        if "query/" not in broken:
            draft = replace(draft, query=self._with_fresh_keys(draft.query, errand, given))
        if isinstance(draft.body, dict) and draft.raw_body is None:
            named = broken.partition(":body/")[2]
            body = self._with_fresh_keys(draft.body, errand, given | {named})
            draft = replace(draft, body=body)
        return replace(case, draft=draft)

    def _with_fresh_keys(
        self, drawn: Mapping[str, Any], errand: Errand, given: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """
        Idempotency keys that no request had before, as long as the drawn ones: under a key that
        was used with another request even a sound vendor refuses what its document allows.
        """
        fresh = dict(drawn)
        for name, value in drawn.items():
            if KEYS.search(name) and isinstance(value, str) and name not in given:
                serial = f"{self._run}-{errand.fresh()}"
                fresh[name] = f"{value[: max(0, len(value) - len(serial))]}{serial}"
                if UUID.fullmatch(value):
                    fresh[name] = self.fresh(errand, len(value))
        return fresh

    def fresh(self, errand: Errand, longest: int) -> str:
        """A UUID that no request of this or another run held, cut to what the vendor takes."""
        return str(uuid5(NAMESPACE_URL, f"verifier:{self._run}:{errand.fresh()}"))[:longest]

    async def filled(
        self,
        case: Case,
        operation: Operation,
        errand: Errand,
        *,
        fresh: bool = False,
        depth: int = 0,
    ) -> Case:
        """
        The case with the ids of existing things in its holes.

        Args:
            fresh: With new things, and itself unlike any request before it.
        """
        if fresh:
            case = self._cases.renew(case, fresh=errand.fresh())
        if not case.needs:
            return case
        values: dict[Need, Any] = {}
        # A deletion only ever meets what was created for it.
        fresh = fresh or operation.method == "DELETE"
        paths: dict[str, Any] = {}
        for need in reversed(case.needs):
            if need.location == "path" and need.name in paths:
                values[need] = paths[need.name]
                continue
            item = await self.existing(
                need.resource,
                errand,
                fresh=fresh,
                own=self._changes(operation, need),
                depth=depth + 1,
            )
            here = item.path if need.location == "path" else {}
            values[need] = here.get(need.name) or item.called(need.name)
            if need.location == "path":
                paths |= item.path
        return fill(case, values)

    def _changes(self, operation: Operation, need: Need) -> bool:
        """Whether an operation would change the very item that a need asks for."""
        contract = self._vendor.contract
        of = contract.resource(need.resource)
        return need.location == "path" and alters(contract, operation, need.name, of)

    async def existing(
        self, name: str, errand: Errand, *, fresh: bool = False, own: bool = False, depth: int = 1
    ) -> Item:
        """
        An item of a resource: a fixture, else one that is known, listed or created.

        Args:
            fresh: Make a new one where that is possible.
            own: Only one that this run created, or may change: it will be changed.
        """
        if depth > DEEPEST:
            raise NotTestable(f"'{name}' needs too many other things first", self._supply(name))
        resource = self._resource(name)
        if fresh and resource.create and self._vendor.writable:
            return (await self.create(Create(resource=name), errand, depth=depth)).item
        at_hand = self._holdings.own if own else self._holdings.known
        if name in at_hand:
            return at_hand[name]
        if self._seeker is errand:
            return await self._sought(resource, errand, own=own, depth=depth)
        async with self._seeking:
            self._seeker = errand
            try:
                return await self._sought(resource, errand, own=own, depth=depth)
            finally:
                self._seeker = None

    async def _sought(self, resource: Resource, errand: Errand, *, own: bool, depth: int) -> Item:
        """What is there for all is looked for by one errand at a time, whichever comes first."""
        mine, errand.numbers = errand.numbers, self._errands.shared(resource.name)
        try:
            if own:
                return await self._own_item(resource, errand, depth)
            return self._holdings.known.get(resource.name) or await self._found(
                resource, errand, depth
            )
        finally:
            errand.numbers = mine

    async def _found(self, resource: Resource, errand: Errand, depth: int) -> Item:
        name = resource.name
        item = self._holdings.fixture(resource) or await self._listed(resource, errand, depth)
        if item is None and resource.create and self._vendor.writable:
            item = (await self.create(Create(resource=name), errand, depth=depth)).item
        if item is None:
            raise NotTestable(f"no item of '{name}' is known", self._supply(name))
        self._holdings.known[name] = item
        return item

    async def _own_item(self, resource: Resource, errand: Errand, depth: int) -> Item:
        own = self._holdings.own
        if resource.name not in own and resource.create and self._vendor.writable:
            await self.create(Create(resource=resource.name), errand, depth=depth)
        item = own.get(resource.name) or self._holdings.changeable(resource)
        if item is None:
            raise NotTestable(
                f"'{resource.name}' that are not ours are never changed, and none can be created",
                f"fixtures: {{{resource.name}: AN_ID}} and may_change: [{resource.name}] in "
                "vendor.yaml",
            )
        return item

    async def create(self, step: Create, errand: Errand, *, depth: int = 0) -> Created:
        """A fresh item, in the ledger."""
        resource = self._resource(step.resource)
        if not resource.create:
            raise NotTestable(f"'{step.resource}' cannot be created", self._supply(step.resource))
        operation = self._vendor.contract.operation(resource.create)
        if not step.having:
            self._attempts.permit(operation.key)
        case, exchange = await self._asked(operation, step, errand, depth)
        if self._attempts.begin_sparing(operation.key, exchange):
            less = await self._asked(operation, step, errand, depth)
            self._attempts.spared(operation.key, less[1])
            case, exchange = less if less[1].succeeded else (case, exchange)
        item = self._holdings.made_by(exchange)
        if item is None:
            body = f'fixtures: {{"{operation.key}": A_BODY_THAT_IS_ACCEPTED}} in vendor.yaml'
            obstacle = NotTestable(
                f"no item of '{step.resource}' could be created: {operation.key} {exchange.answer}",
                # No other body would have been answered either.
                body if exchange.failure is None else "",
            )
            if not step.having:
                self._attempts.refused(operation.key, exchange, obstacle)
            raise obstacle
        self._attempts.created(operation.key)
        self._holdings.own.setdefault(resource.name, item)
        returned = resource.item_in(exchange.value)
        return Created(item=item, exchange=exchange, sent=case.draft.body, returned=returned)

    async def _asked(
        self, operation: Operation, step: Create, errand: Errand, depth: int
    ) -> tuple[Case, Exchange]:
        """One attempt at creating something."""
        case = self._sample(operation, errand, body=step.having)
        case = self._keyed(await self.filled(case, operation, errand, depth=depth), errand)
        return case, await self._sender.send(self._sendable(operation, case), errand)

    def _sample(
        self,
        operation: Operation,
        errand: Errand,
        *,
        path: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Case:
        """A plain case, or the least one where the vendor took no other; NotTestable without."""
        case = self._cases.sample(
            operation,
            path=path or {},
            body=body or {},
            query=query or {},
            fresh=errand.fresh(),
            least=self._attempts.sparing(operation.key),
        )
        if isinstance(case, Missing):
            raise NotTestable(case.reason, case.supply)
        return case

    def _resource(self, name: str) -> Resource:
        try:
            return self._vendor.contract.resource(name)
        except KeyError:
            raise NotTestable(f"no resource '{name}' was recognised", self._supply(name)) from None

    def _supply(self, name: str) -> str:
        return f"fixtures: {{{name}: AN_ID}} in vendor.yaml"

    async def _listed(self, resource: Resource, errand: Errand, depth: int) -> Item | None:
        if not resource.list:
            return None
        operation = self._vendor.contract.operation(resource.list)
        case = self._cases.sample(operation, path={}, body={}, query={})
        if isinstance(case, Missing):
            return None
        case = await self.filled(case, operation, errand, depth=depth)
        exchange = await self._sender.send(self.encoded(operation, case, errand), errand)
        if not exchange.succeeded:
            return None
        rows = resource.rows_in(exchange.value)
        path = around(resource, operation.path, case.draft.path)
        return self._holdings.first_of(resource, rows, path)


def _written(operation: Operation, case: Case) -> Request:
    """The request of a case as it is; NotTestable where it cannot be written down."""
    try:
        request = encoding.encode(operation, case.draft)
    except encoding.EncodeError as error:
        raise NotTestable(str(error)) from error
    if len(request.target) > LONGEST_TARGET:
        raise NotTestable("its address would be longer than what every server takes")
    return request


def _holding(case: Case, step: Sweep) -> Case:
    """A case with the given values in it; what they fill is no need any more."""
    draft = case.draft
    body = {**draft.body, **step.body} if isinstance(draft.body, dict) else draft.body
    draft = replace(
        draft, path={**draft.path, **step.path}, query={**draft.query, **step.query}, body=body
    )
    given = {**step.path, **step.query, **{f"/{name}": value for name, value in step.body.items()}}
    needs = tuple(need for need in case.needs if need.name not in given)
    return replace(case, draft=draft, needs=needs)
