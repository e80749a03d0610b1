"""What is reported was seen twice; what is not sure says why."""

import orjson
import pytest

from tests.probing.running import a_check, finding, run, vendor
from verifier.checks.contract.valid_input_accepted import valid_input_accepted
from verifier.checks.gist import gist
from verifier.checks.specimens import Shelf
from verifier.errors import VendorUnreachable
from verifier.model import (
    Failure,
    FailureKind,
    Reply,
    Request,
    Send,
    Status,
    Subject,
    Validity,
)
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook

LIST = Request(method="GET", path="/items", operation="GET /items")
CREATE = [("t.one", "POST /items")]
OPEN = [(valid_input_accepted.id, "POST /items")]


def telling(condition):
    """A flow that reports as long as the condition holds."""

    def flow(vendor):
        exchange = yield Send(LIST)
        return (finding(exchange.id),) if condition() else ()

    return flow


def observing(condition):
    return a_check(
        lambda seen: (finding(seen.exchange.id),) if condition(seen) else (),
        subject=Subject.EXCHANGE,
        inputs=(Validity.VALID,),
    )


def test_what_shows_again_is_a_failure():
    (outcome,) = run(a_check(telling(lambda: True))).outcomes()
    assert outcome.status is Status.FAIL
    assert outcome.attempts == (2, 2)


def test_what_shows_once_is_flaky_with_every_attempt_as_evidence():
    answers = iter([True, False, False])
    (outcome,) = run(a_check(telling(lambda: next(answers)))).outcomes()
    assert outcome.status is Status.INCONCLUSIVE
    assert outcome.reason == "flaky: seen 1 of 3 times"
    assert outcome.attempts == (1, 3)
    assert outcome.findings[0].evidence == ("x2", "x3", "x4")


def test_a_finding_that_the_budget_did_not_let_us_repeat_is_not_called_flaky():
    (outcome,) = run(a_check(telling(lambda: True)), budget=2).outcomes()
    assert outcome.status is Status.INCONCLUSIVE
    assert "budget of 2 requests" in outcome.reason


def test_an_observation_that_shows_again_fails_with_the_smallest_case_first():
    journal = run(
        observing(
            lambda seen: seen.exchange.request.body and b"name" in seen.exchange.request.body
        ),
        items=CREATE,
        cases={"POST /items": 4},
    )
    (outcome,) = journal.outcomes()
    assert outcome.status is Status.FAIL
    assert outcome.attempts == (2, 2)
    evidence = outcome.findings[0].evidence
    kept = {e.id: e for e in journal.exchanges}
    sizes = [len(orjson.loads(kept[id].request.body)) for id in evidence]
    assert sizes[0] == min(sizes) == 1 < max(sizes)
    assert len(evidence) > 1


def test_an_observation_that_shows_once_is_flaky_with_every_attempt_as_evidence():
    answers = iter([True])
    (outcome,) = run(
        observing(lambda seen: next(answers, False)), items=CREATE, cases={"POST /items": 3}
    ).outcomes()
    assert outcome.status is Status.INCONCLUSIVE
    assert outcome.reason == "flaky: seen 1 of 3 times"
    assert len(outcome.findings[0].evidence) == 3


@pytest.mark.parametrize("when", [1, 4])
def test_a_check_that_crashes_on_an_observation_is_errored(when):
    seen_so_far = []

    def crash(seen):
        seen_so_far.append(seen)
        if len(seen_so_far) >= when:
            raise ZeroDivisionError("ours")
        return True

    (outcome,) = run(observing(crash), items=CREATE, cases={"POST /items": 3}).outcomes()
    assert outcome.status is Status.ERRORED
    assert not outcome.findings


class Broken(HandlerTransport):
    """A wire that gives no answer to anything but the first request."""

    kind = FailureKind.RESET
    count = 0

    async def send(self, outgoing):
        self.count += 1
        if self.count == 1 and self.kind is FailureKind.RESET:
            return await super().send(outgoing)
        return Reply(failure=Failure(kind=self.kind, says="no", phase="connect"))


def test_a_broken_wire_is_no_finding_and_is_said():
    (outcome,) = run(a_check(telling(lambda: True)), transport=Broken(Shelf())).outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert outcome.reason == "GET /items gave no answer (reset)"
    (outcome,) = run(
        observing(lambda seen: True),
        transport=Broken(Shelf()),
        items=[("t.one", "GET /items")],
        cases={"GET /items": 3},
    ).outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert "gave no answer (reset)" in outcome.reason


@pytest.mark.parametrize("kind", [FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS])
def test_nobody_at_the_address_ends_the_run_with_a_mend(kind):
    transport = Broken(Shelf())
    transport.kind = kind
    with pytest.raises(VendorUnreachable) as caught:
        run(a_check(telling(lambda: True)), transport=transport)
    assert caught.value.mend
    assert caught.value.where == "http://vendor.test"


def test_a_refused_credential_tests_nothing_of_an_operation():
    class Half(Shelf):
        def collection(self, request):
            return self.refuse(request) if request.method == "POST" else super().collection(request)

    items = [("t.one", "GET /items"), *CREATE]
    outcomes = run(
        observing(lambda seen: True), answer=Half(), items=items, cases={k: 3 for _, k in items}
    ).outcomes()
    told = {o.subject: (o.status, o.reason) for o in outcomes}
    assert told["GET /items"][0] is Status.FAIL
    assert told["POST /items"] == (Status.NOT_TESTED, "our credential was refused (401)")


def test_a_credential_that_is_refused_everywhere_ends_the_run_after_its_outcomes():
    journal = Notebook()
    with pytest.raises(VendorUnreachable, match="refused every time"):
        run(a_check(telling(lambda: True)), journal=journal, secrets={"T": "stale"})
    (outcome,) = journal.outcomes()
    assert outcome.reason == "our credential was refused (401)"


def test_without_a_credential_of_ours_nobody_refused_us():
    (outcome,) = run(a_check(telling(lambda: True)), whom=vendor(principals=())).outcomes()
    assert outcome.status is Status.FAIL


def test_needs_are_filled_by_a_fixture_then_by_the_list_then_by_creating():
    def paths(shelf, **members):
        journal = run(
            observing(lambda seen: False),
            answer=shelf,
            items=[("t.one", "GET /items/{id}")],
            cases={"GET /items/{id}": 1},
            whom=vendor(**members),
        )
        return [e.request.target for e in journal.exchanges if e.purpose == "cases"][-1], [
            e.request.method for e in journal.exchanges
        ]

    shelf = Shelf()
    shelf.items["listed"] = {"id": "listed", "name": "n", "created_at": "2026-01-01T00:00:00Z"}
    assert paths(shelf, fixtures={"items": "mine"}) == ("/items/mine", ["GET", "GET"])
    assert paths(shelf) == ("/items/listed", ["GET", "GET", "GET"])
    assert paths(Shelf()) == ("/items/it_000001", ["GET", "GET", "POST", "GET", "DELETE"])


class Canonical(Shelf):
    """Takes no name without a dot at its end, and without a note no name at all."""

    def create(self, request: Request):
        told = request.body.decode()
        if '"note"' not in told:
            return self.problem(422, "A note is missing")
        name = orjson.loads(request.body).get("name", "")
        known = isinstance(name, str) and name.endswith(".")
        return super().create(request) if known else self.problem(422, f"'{name}' has no dot")


def refusals(answer):
    journal = run(valid_input_accepted, answer=answer(), items=OPEN, cases={"POST /items": 12})
    (outcome,) = journal.outcomes()
    kept = {exchange.id: exchange for exchange in journal.exchanges}
    return outcome.findings, kept


def test_one_cause_that_meets_a_plain_request_too_is_one_finding():
    findings, _ = refusals(Canonical)
    assert len(findings) == len({finding.cause for finding in findings}) == 2
    assert {finding.cause for finding in findings} == {"has no dot", "a note is missing"}


def test_a_smaller_request_that_fails_of_something_else_is_not_shown_in_place_of_the_first():
    findings, kept = refusals(Canonical)
    plain = next(one for one in findings if "a plain request" in one.says)
    assert gist(kept[plain.evidence[0]]) == "has no dot"


def test_what_is_refused_for_reasons_of_its_own_stays_a_finding_of_its_own():
    class Terse(Shelf):
        """Says the same of whatever it does not like, of which there are two things."""

        def create(self, request: Request):
            bad = b'"labels"' in request.body or not request.body.isascii()
            return self.problem(422, "Bad request") if bad else super().create(request)

    findings, _ = refusals(Terse)
    assert len(findings) > 1
