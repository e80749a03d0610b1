"""Ask a mock every operation with valid requests, as a client that knows what it was told."""

import base64
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

from msgspec.structs import replace

from verifier.encoding import EncodeError, encode
from verifier.encoding.paths import names_in
from verifier.encoding.shape import Shape
from verifier.generating import Cases
from verifier.mocking import MockVendor
from verifier.mocking.acting.moving import action_of
from verifier.mocking.acting.references import is_id
from verifier.mocking.explaining import explain
from verifier.mocking.kinds.alignment import aligned
from verifier.model import Missing, Response, fill
from verifier.validating import Direction, judge_response, validator
from verifier.wire import Incoming

ORDER = {
    "create": 0,
    "replace": 1,
    "list": 2,
    "search": 2,
    "read": 3,
    "update": 4,
    "action": 5,
    "delete": 9,
}


CREATING_ROUNDS = 3


@dataclass
class Asked:
    """What came of one operation; ``fault`` says in words how its answer broke the document."""

    operation: object
    status: int = 0
    fault: str = ""
    unasked: str = ""

    @property
    def served(self):
        return not self.unasked and not self.fault and self.status < 400


@dataclass
class Crawl:
    """
    All operations of a contract, in an order in which what is asked about exists.

    Args:
        seed: Same seed, same requests.
    """

    contract: object
    seed: int = 0
    asked: dict = field(default_factory=dict)

    def __post_init__(self):
        self.mock = MockVendor(self.contract, seed=self.seed)
        self.cases = Cases(self.contract, seed=self.seed, fixtures={}, deep=False)
        self.credential = credential(self.mock)

    def run(self):
        """Ask everything once, and creations that were refused again once there is more."""
        practices = self.mock.practices
        ordered = sorted(
            self.contract.operations,
            key=lambda o: (
                self.removes(o),
                -len(practices.of(o).places) if self.removes(o) else 0,
                -o.path.count("/") if self.removes(o) else o.path.count("/"),
                ORDER.get(practices.of(o).role, 6),
            ),
        )
        for operation in ordered:
            if self.shows_from_the_beginning(operation):
                self.asked[operation.key] = self.ask(operation)
        creations = [o for o in ordered if practices.of(o).role == "create"]
        for _ in range(CREATING_ROUNDS):
            for operation in creations:
                known = self.asked.get(operation.key)
                if known is None or not known.served:
                    self.asked[operation.key] = self.ask(operation)
        for operation in ordered:
            if operation.key not in self.asked:
                self.asked[operation.key] = self.ask(operation)
                if self.asked[operation.key].status == 404:
                    # What nobody can make is there since somebody looked: now its ids are known.
                    self.asked[operation.key] = self.ask(operation)
        return self

    def removes(self, operation):
        """Whether things are gone after it, one or several."""
        practice = self.mock.practices.of(operation)
        if practice.role != "action":
            return practice.role == "delete"
        return action_of(practice, self.mock.practices) == "remove several"

    def shows_from_the_beginning(self, operation):
        """Whether it lists, at the top, what nobody can make: its ids are known by nothing else."""
        practice = self.mock.practices.of(operation)
        lists = practice.role == "list" and practice.kind is not None
        return lists and practice.kind.made_up and practice.parent is None

    def ask(self, operation):
        """One valid request for an operation."""
        known = self.known(operation)
        case = self.cases.sample(operation, path={}, body={}, query={})
        if isinstance(case, Missing):
            return Asked(operation, unasked=case.reason)
        values = {need: self.id_of(need.resource) for need in case.needs}
        case = fill(case, {need: value for need, value in values.items() if value is not None})
        path = {
            **case.draft.path,
            **{k: v for k, v in known.items() if k in names_in(operation.path)},
        }
        draft = replace(
            case.draft, path=path, body=self.referring(operation, deepcopy(case.draft.body))
        )
        practice = self.mock.practices.of(operation)
        if practice.call is not None:
            if practice.natural_key:
                known[practice.natural_key] = f"mine-{len(self.asked)}"
            draft = calling(operation, draft, {**known, **self.looked_up(operation)})
        try:
            request = encode(operation, draft)
        except EncodeError as error:
            return Asked(operation, unasked=str(error))
        shown = self.credential(operation)
        headers = (*request.headers, *shown, ("Host", "mock.test"))
        target = request.target
        for name, value in shown:
            if name == "?":
                target += f"{'&' if '?' in target else '?'}{value}"
        answer = self.mock.answer(
            Incoming(method=request.method, target=target, headers=headers, body=request.body)
        )
        return Asked(operation, status=answer.status, fault=fault_of(operation, answer))

    def known(self, operation):
        """Path values of a thing that exists, or of the parent in which one is to be made."""
        practice = self.mock.practices.of(operation)
        kind, places = practice.kind, practice.places
        if kind is None:
            return self.called(operation)
        rows = [r for r in self.mock.state.everyones(kind.name) if self.contained(kind, r)]
        whole = set(kind.keys) <= set(places)
        if rows and (practice.role != "create" or not whole):
            return self.placed(rows[-1], {**practice.parent_places, **places})
        kind, places = practice.parent, practice.parent_places
        while kind is not None:
            rows = self.mock.state.everyones(kind.name)
            if rows:
                return self.placed(rows[-1], places)
            kind = self.mock.practices.kinds.parent(kind)
            places = aligned(kind.template, operation.path) or {} if kind else {}
        return {}

    def looked_up(self, operation):
        """What a call looks a thing up by, of one that exists."""
        practice = self.mock.practices.of(operation)
        name, rows = practice.call.by, self.mock.rows(practice.resource.name)
        inside = [held for row in rows for held in (row.value, *row.value.values())]
        told = [held[name] for held in inside if isinstance(held, dict) and name in held]
        return {name: told[0]} if name and told else {}

    def contained(self, kind, row):
        """Whether what contains a thing is there, where it has to be made."""
        parent = self.mock.practices.kinds.parent(kind)
        if parent is None or not parent.creatable or not parent.own:
            return True
        if not all(key in row.path for key in parent.keys):
            return False
        place = "/".join(row.path[key] for key in parent.around)
        held = self.mock.state.get(parent.name, row.path[parent.own], row.tenant, place)
        return held is not None

    def called(self, operation):
        """Values for a path that is another thing's in all but the name of its last variable."""
        for resource in self.contract.resources:
            kind = self.mock.practices.kinds.of(resource)
            places = aligned(kind.template, operation.path) if kind.template else None
            if not places or operation.path.count("/") != kind.template.count("/"):
                continue
            for row in self.mock.state.everyones(kind.name):
                variable = places.get(kind.own, "")
                name = row.value.get(variable)
                if isinstance(name, str):
                    return {**self.placed(row, places), variable: name}
        return {}

    def placed(self, row, places):
        return {variable: row.path[key] for key, variable in places.items() if key in row.path}

    def referring(self, operation, body):
        """A body whose references lead to things that exist, or that are left out."""
        practice = self.mock.practices.of(operation)
        if practice.kind is None or not isinstance(body, dict):
            return body
        things = practice.body.found_in(body)
        for thing in things:
            for reference in practice.kind.resource.references:
                name = reference.field.strip("/")
                if isinstance(thing, dict) and is_id(thing.get(name)):
                    id = self.id_of(reference.resource)
                    id = id if isinstance(id, type(thing[name])) or id is None else str(id)
                    member = practice.given.get(name)
                    fits = member is None or validator(member, Direction.REQUEST).accepts(id)
                    if id is not None and fits:
                        thing[name] = id
        return body

    def id_of(self, resource):
        kind = self.mock.practices.kinds.named(resource) if resource else None
        rows = self.mock.state.everyones(kind.name) if kind else []
        if not rows:
            return None
        told = kind.id_in(rows[-1].value)
        return rows[-1].id if told is None else told


def calling(operation, draft, known):
    """A draft of a call whose arguments name what exists."""
    queried = {parameter.name for parameter in operation.parameters_in("query")}
    body = draft.body if isinstance(draft.body, dict) else {}
    media = operation.body.media if operation.body else ()
    known_here = media[0].schema.members() if media else {}
    beside = {
        name: Shape.of(known_here[name]).cast(value) if name in known_here else value
        for name, value in known.items()
        if name not in queried
    }
    return replace(
        draft,
        query={**draft.query, **{n: v for n, v in known.items() if n in queried}},
        body={**body, **beside} if beside else draft.body,
        has_body=draft.has_body or bool(beside),
    )


def credential(mock):
    """Gives the headers of a principal that may do everything, for an operation."""
    secrets, schemes = mock.secrets["full"], mock.contract.schemes
    pair = f"{secrets.get('username')}:{secrets.get('password')}"
    basic = f"Basic {base64.b64encode(pair.encode()).decode()}"

    def headers(operation):
        for need in operation.security:
            for name in need.schemes:
                scheme = schemes.get(name)
                if scheme is None:
                    continue
                if scheme.type == "apiKey" and scheme.location == "header":
                    return ((scheme.parameter, secrets["key"]),)
                if scheme.type == "apiKey" and scheme.location == "query":
                    return (("?", f"{scheme.parameter}={secrets['key']}"),)
                if scheme.type == "apiKey" and scheme.location == "cookie":
                    return (("Cookie", f"{scheme.parameter}={secrets['key']}"),)
                if scheme.type != "apiKey":
                    word = scheme.http_scheme == "basic"
                    return (("Authorization", basic if word else f"Bearer {secrets['token']}"),)
        return (("Authorization", f"Bearer {secrets['token']}"),) if "token" in secrets else ()

    return headers


def fault_of(operation, answer):
    """How an answer breaks the document, in words; empty where it does not."""
    read = judge_response(
        operation, Response(status=answer.status, headers=answer.headers, body=answer.body)
    )
    if read.spec is None:
        return f"{answer.status} is not documented"
    if read.parse_error:
        return read.parse_error
    for violation in (*read.violations, *read.header_violations):
        return f"{violation.part} {violation.path} {violation.says}"[:160]
    return "" if read.media_ok else f"media type of {answer.status}"


@dataclass(frozen=True)
class Finding:
    """
    What is to be said of one operation: ``state``, ``example``, ``refused`` (by a documented
    answer), ``undocumented`` or ``unasked``; and why, where it is not the first.
    """

    operation: object
    kind: str
    why: str = ""


def findings(crawl):
    """One for each operation of a crawl."""
    told = {one.operation.key: one for one in explain(crawl.mock)}
    for key, asked in crawl.asked.items():
        yield _finding(asked, told[key])


def _finding(asked, told):
    operation = asked.operation
    if asked.unasked:
        return Finding(operation, "unasked", "no valid request can be made of the document")
    if asked.fault:
        good = [spec for spec in operation.responses if spec.status[:1] in "23d"]
        silent = asked.status < 400 and not good
        return Finding(
            operation, "undocumented", "no success is documented" if silent else _plain(asked)
        )
    if asked.status >= 400:
        return Finding(operation, "refused", _plain(asked))
    why = re.sub("'[^']*'", "what is kept", told.why)
    return Finding(operation, "state") if told.state else Finding(operation, "example", why)


def _plain(asked):
    """A reason without the names of one document."""
    if asked.status == 404:
        return "nobody can make what it is about (404)"
    if asked.status in (400, 422):
        return f"an id of one form is asked for in another ({asked.status})"
    if asked.status in (401, 403):
        return f"the credential of another kind is asked for ({asked.status})"
    return "the answer does not obey its schema"


def summary(crawl):
    """Counts of operations, and of findings by their kind."""
    return Counter(operations=len(crawl.asked), **Counter(one.kind for one in findings(crawl)))
