"""A workflow of what was recorded: each call a step, each id taken from the answer that told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from verifier.encoding import DecodeError, Decoder, Route, Router
from verifier.model import Case, CaseSource, Contract, Draft, Missing, Need, Operation, fill
from verifier.scenarios.drafting.answers import succeeds
from verifier.scenarios.drafting.archive import Entry, busiest_host
from verifier.scenarios.drafting.arranging import (
    Draftsman,
    UndraftableError,
    is_key,
    with_fresh_keys,
)
from verifier.scenarios.drafting.plots import Act, Condition, LeftOut, Plot, Repertoire, kebab
from verifier.scenarios.drafting.tidings import Tidings, leaves

__all__ = ["recorded"]

MOST_STEPS = 100
DEEPEST_PREFIX = 4
REFUSED = frozenset({401, 403, 429})
MASKED = "«"
UNKNOWN = "not-the-recorded-one"


def recorded(
    contract: Contract, cases: CaseSource, entries: Sequence[Entry], *, id: str
) -> Repertoire:
    """
    One workflow with a step for each call of the recording that the document knows.

    What the recording used without having made it is made by a step of its own, where the document
    offers that.
    """
    host = busiest_host(tuple(entries))
    own = [entry for entry in entries if entry.host == host]
    router = Router(contract.operations)
    prefix = _prefix(router, own)
    drafting = _Drafting(contract, cases, Plot(id=id, summary=f"What was recorded at {host}"))
    left_out = [LeftOut(_named(e), "another host's") for e in entries if e.host != host]
    before: Entry | None = None
    for entry in own:
        if before is not None and _repeats(entry, before):
            continue
        before = entry
        try:
            drafting.add(entry, _route(router, entry, prefix))
        except UndraftableError as error:
            left_out.append(LeftOut(_named(entry), str(error)))
    plots = (drafting.plot,) if drafting.plot.acts else ()
    return Repertoire(plots, tuple(left_out))


class _Drafting:
    def __init__(self, contract: Contract, cases: CaseSource, plot: Plot) -> None:
        self.plot = plot
        self._contract = contract
        self._cases = cases
        self._draftsman = Draftsman(contract, cases)
        self._tidings = Tidings()
        self._arranged: dict[tuple[str, str], str] = {}
        self._secrets = _parameters_of_secrets(contract)

    def add(self, entry: Entry, route: Route) -> None:
        """A step for an entry; UndraftableError where it cannot be one."""
        operation = route.operation
        if operation is None:
            raise UndraftableError("the document does not know this call")
        if entry.status in REFUSED or entry.status >= 500 or not entry.status:
            raise UndraftableError(f"it was answered {entry.status or 'by nothing'}")
        if len(self.plot.acts) >= MOST_STEPS:
            raise UndraftableError(f"there are {MOST_STEPS} steps already")
        draft = self._without_secrets(_decoded(operation, route, entry), operation)
        draft = self._explained(draft, self._needs(operation))
        act = Act(
            id=self.plot.free(kebab(operation.id or f"{operation.method} {operation.path}")),
            operation=operation,
            draft=draft,
            criteria=(_answered(operation, entry.status),),
        )
        self.plot.acts.append(replace(act, draft=with_fresh_keys(self.plot, act.id, draft)))
        sent = {str(value) for _, value in leaves(_values(draft))}
        self._tidings.hear(act.id, entry, sent)

    def _needs(self, operation: Operation) -> tuple[Need, ...]:
        """Where an operation takes the id of something that must exist."""
        sample = self._cases.sample(operation, path={}, body={}, query={})
        return () if isinstance(sample, Missing) else sample.needs

    def _explained(self, draft: Draft, needs: Sequence[Need]) -> Draft:
        """The draft with an expression for each value that an earlier answer told."""
        wanted = {(need.location, need.name): need for need in needs}
        places: list[tuple[str, Mapping[str, Any]]] = [
            ("path", draft.path),
            ("query", draft.query),
            ("header", {name: v for name, v in draft.headers.items() if not is_key(name)}),
        ]
        found: dict[Need, Any] = {}
        for location, values in places:
            for name, value in values.items():
                need = wanted.get((location, name), Need(resource="", location=location, name=name))
                found[need] = self._explanation(need, value)
        for pointer, value in leaves(draft.body):
            need = wanted.get(("body", pointer), Need(resource="", location="body", name=pointer))
            found[need] = self._explanation(need, value)
        return _filled(draft, {need: said for need, said in found.items() if said is not None})

    def _explanation(self, need: Need, value: Any) -> str | None:
        """An expression for a recorded value; None where it stands as it is."""
        text = str(value)
        if (need.resource, text) in self._arranged:
            return self._arranged[need.resource, text]
        sure = need.location == "path" or bool(need.resource)
        told = self._tidings.teller(text, sure=sure)
        if told is not None and not told.listed:
            return self._tidings.expression(told, self.plot)
        if need.resource and text not in self._tidings.sent:
            made = self._made(need.resource)
            if made:
                self._arranged[need.resource, text] = made
                return made
        return self._tidings.expression(told, self.plot) if told is not None else None

    def _made(self, resource: str) -> str:
        self.plot.known.clear()
        before = len(self.plot.acts)
        try:
            return self._draftsman.made(self.plot, resource)
        except UndraftableError:
            del self.plot.acts[before:]
            return ""

    def _without_secrets(self, draft: Draft, operation: Operation) -> Draft:
        """The draft without credentials, and with drawn values for what was masked."""
        kept = replace(
            draft,
            query=_but(draft.query, self._secrets),
            headers=_but(draft.headers, self._secrets),
            cookies={},
        )
        masked = [
            Need(resource="", location="body", name=pointer)
            for pointer, value in leaves(kept.body)
            if isinstance(value, str) and MASKED in value
        ]
        if not masked:
            return kept
        sample = self._cases.sample(operation, path={}, body={}, query={})
        drawn = {} if isinstance(sample, Missing) else dict(leaves(sample.draft.body))
        return _filled(
            kept, {need: drawn.get(need.name, "not-the-recorded-one") for need in masked}
        )


def _decoded(operation: Operation, route: Route, entry: Entry) -> Draft:
    try:
        draft = Decoder.of(operation).read(route.path, entry.query, entry.headers, entry.body)
    except DecodeError as error:
        raise UndraftableError(str(error)) from None
    if draft.raw_body is not None:
        raise UndraftableError("its body cannot be read")
    for _, value in leaves(_values(draft)):
        if isinstance(value, str) and (value.startswith("$") or "{$" in value):
            raise UndraftableError("a text in it would be taken for an expression")
    return replace(draft, media_type=draft.media_type.partition(";")[0].strip())


def _values(draft: Draft) -> list[Any]:
    return [dict(draft.path), dict(draft.query), dict(draft.headers), draft.body]


def _filled(draft: Draft, values: Mapping[Need, Any]) -> Draft:
    return fill(Case(operation="", draft=draft), values).draft


def _answered(operation: Operation, status: int) -> Condition:
    """The recorded status; where all went well, whatever good status the document promises."""
    recorded = f"$statusCode == {status}"
    promised = succeeds(operation).text
    if status >= 300 or recorded in promised.split(" || "):
        return Condition(text=promised if status < 300 else recorded)
    return Condition(text=f"{recorded} || {promised}" if "==" in promised else promised)


def _prefix(router: Router, entries: Sequence[Entry]) -> str:
    """What stands before the document's paths in most of the calls."""
    votes: Counter[str] = Counter()
    for entry in entries:
        for prefix in _prefixes(entry.path):
            route = router.find(entry.method, entry.path[len(prefix) :])
            if route is not None and route.operation is not None:
                votes[prefix] += 1
    return max(votes, key=lambda prefix: (votes[prefix], -len(prefix)), default="")


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split("/")[1:]
    for cut in range(min(DEEPEST_PREFIX, len(parts) - 1) + 1):
        yield "".join(f"/{part}" for part in parts[:cut])


def _route(router: Router, entry: Entry, prefix: str) -> Route:
    found = None
    if entry.path.startswith(prefix):
        found = router.find(entry.method, entry.path[len(prefix) :])
    return found or Route(operation=None, path={}, allowed=())


def _parameters_of_secrets(contract: Contract) -> frozenset[str]:
    """Names, in lower case, of the parameters that carry credentials."""
    schemes = contract.schemes.values()
    return frozenset({"authorization", *(s.parameter.lower() for s in schemes if s.parameter)})


def _but(values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if name.lower() not in names and not (isinstance(value, str) and MASKED in value)
    }


def _repeats(entry: Entry, before: Entry) -> bool:
    """Whether somebody asked for the same again, and heard the same: they waited."""
    same = (entry.path, entry.query, entry.status) == (before.path, before.query, before.status)
    return same and entry.method == before.method == "GET"


def _named(entry: Entry) -> str:
    return f"{entry.method} {entry.path}"
