"""Bodies that a vendor does not take: asked again with less, and unlike any request before."""

import orjson

from tests.probing.running import a_check, finding, run, vendor
from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.generating import Cases
from verifier.model import Create, Draw, Send, Subject, Validity
from verifier.probing.attempts import PATIENCE


def bodies(journal):
    sent = [e.request for e in journal.exchanges if e.request.method == "POST"]
    return [orjson.loads(request.body) for request in sent]


class Strict(Shelf):
    """Takes nothing that is not required, and no name twice."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def create(self, request):
        body = orjson.loads(request.body)
        if set(body) - {"name"}:
            return self.problem(422, "Too much")
        if body["name"] in self.names:
            return self.problem(409, "Known already")
        self.names.add(body["name"])
        return super().create(request)


def creating(times):
    def flow(vendor):
        for _ in range(times):
            yield Create(resource="items")
        yield Draw(operation="POST /items")
        return ()

    return a_check(flow)


def test_a_body_that_is_taken_is_asked_for_once():
    journal = run(creating(2))
    assert len(bodies(journal)) == 2
    assert all("note" in body for body in bodies(journal))


def test_where_more_is_refused_the_least_is_sent_from_then_on():
    journal = run(creating(3), answer=Strict())
    assert [set(body) == {"name"} for body in bodies(journal)] == [False, True, True, True]
    assert journal.outcomes()[0].status.value == "pass"


def test_what_is_refused_anyway_is_not_asked_for_twice_each_time():
    class Closed(Shelf):
        def create(self, request):
            return self.problem(422, "Never")

    def flow(vendor):
        yield Create(resource="items")

    journal = run(a_check(flow, id="t.one"), a_check(flow, id="t.two"), answer=Closed())
    assert len(bodies(journal)) == 3
    assert {outcome.status.value for outcome in journal.outcomes()} == {"not tested"}


def test_what_is_refused_again_and_again_is_left_alone_for_the_same_reason():
    class Closed(Shelf):
        def create(self, request):
            return self.problem(500, "Never")

    def flow(vendor):
        yield Create(resource="items")

    checks = [a_check(flow, id=f"t.{number}") for number in range(9)]
    journal = run(*checks, answer=Closed())
    assert len(bodies(journal)) == PATIENCE + 1
    (reason,) = {outcome.reason for outcome in journal.outcomes()}
    assert reason == "no item of 'items' could be created: POST /items answered 500"


def test_what_was_refused_at_a_bad_moment_is_asked_for_again():
    class Moody(Shelf):
        def create(self, request):
            self.count += 1
            busy = self.count <= 6
            return self.problem(429, "Not now") if busy else super().create(request)

    def flow(vendor):
        yield Create(resource="items")
        return ()

    checks = [a_check(flow, id=f"t.{number}") for number in range(9)]
    journal = run(*checks, answer=Moody())
    assert "pass" in {outcome.status.value for outcome in journal.outcomes()}


def test_a_case_that_is_sent_again_holds_names_that_no_request_had():
    seen = a_check(
        lambda seen: (finding(seen.exchange.id),) if seen.exchange.succeeded else (),
        subject=Subject.EXCHANGE,
        inputs=(Validity.VALID,),
    )
    journal = run(seen, items=[("t.one", "POST /items")], cases={"POST /items": 1})
    names = [body["name"] for body in bodies(journal)]
    assert len(names) > 1
    assert len(set(names)) == len(names)
    assert journal.outcomes()[0].attempts[0] > 1


KEYS = {
    "idempotency_key": {"type": "string"},
    "client_idempotency_id": {"type": "string", "format": "uuid"},
}
HEADER = "Idempotency-Key"


def keyed():
    """A vendor whose changes need a key in the body."""
    known = {**KEYS, "note": {"type": "string"}}
    schema = {"type": "object", "required": [*KEYS], "properties": known}
    change = {
        "parameters": [{"name": HEADER, "in": "header", "schema": {"type": "string"}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"description": ""}},
    }
    return vendor(document=document(paths={**ITEMS["paths"], "/settings": {"put": change}}))


def settings(journal):
    """The bodies that were sent as they should be."""
    sent = [e.request.body for e in journal.exchanges if e.request.path == "/settings"]
    bodies = [orjson.loads(body) for body in sent if body.endswith(b"}")]
    return [b for b in bodies if all(isinstance(b.get(n), str) for n in KEYS)]


def test_a_key_in_a_body_was_used_by_no_request_before():
    seen = a_check(lambda seen: (), subject=Subject.EXCHANGE, inputs=(Validity.VALID,))
    journal = run(
        seen, items=[("t.one", "PUT /settings")], cases={"PUT /settings": 6}, whom=keyed()
    )
    for name in KEYS:
        used = [body[name] for body in settings(journal)]
        assert len(set(used)) == len(used) > 1


def test_nor_was_a_key_in_a_header_that_a_valid_request_is_all_about():
    whom = keyed()
    seen = a_check(lambda seen: (), subject=Subject.EXCHANGE, inputs=(Validity.VALID,))
    journal = run(seen, items=[("t.one", "PUT /settings")], cases={"PUT /settings": 30}, whom=whom)
    sent = {v for e in journal.exchanges for name, v in e.request.headers if name == HEADER}
    operation = whom.contract.operation("PUT /settings")
    drawn = Cases(whom.contract, seed=3, fixtures={}, deep=False).cases(operation, limit=30)
    again = {case.draft.headers[HEADER] for case in drawn if HEADER in case.draft.headers}
    assert sent
    assert again
    assert not sent & again


def test_a_key_that_a_check_chose_stays():
    def flow(vendor):
        drawn = yield Draw(operation="PUT /settings", body={"idempotency_key": "mine"})
        yield Send(drawn.request)
        return ()

    (body,) = settings(run(a_check(flow), whom=keyed()))
    assert body["idempotency_key"] == "mine"
