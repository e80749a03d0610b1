"""What is asked first, what it costs, and how far a budget reaches."""

import copy
from collections import Counter
from functools import cache

import yaml
from msgspec.structs import replace

from verifier import discovery, loading, planning
from verifier.model import Effect, Environment, Severity, Status, Subject
from verifier.proving import ask_mock
from verifier.runs import samples

CHECKS = discovery.checks()
TESTED = {Status.PASS, Status.FAIL, Status.WARNING, Status.REVIEW}
HEAVY = {id for id, check in CHECKS.items() if check.severity >= Severity.MAJOR}
# Ten at once, of all kinds: whatever fails is asked again.
DEFECTS = (
    "delete-keeps",
    "error-shape-varies",
    "etag-frozen",
    "filter-ignored",
    "no-request-id-on-errors",
    "open-operation",
    "page-skips",
    "partial-write",
    "replay-creates-again",
    "rounds-money",
)


@cache
def vendor_of_thirty():
    """The sample vendor, with one more kind of thing: thirty operations and a few."""
    vendor = loading.load_vendor(samples.vendor())
    document = copy.deepcopy(yaml.safe_load((samples.vendor() / "openapi.yaml").read_text()))
    for path, item in list(document["paths"].items()):
        if path.startswith("/webhook-endpoints"):
            twin = copy.deepcopy(item)
            for operation in twin.values():
                if isinstance(operation, dict) and "operationId" in operation:
                    operation["operationId"] += "OfDepots"
            document["paths"][path.replace("webhook-endpoints", "depots")] = twin
    contract = loading.from_mapping(document)
    assert 30 <= len(contract.operations) <= 36
    return replace(vendor, contract=contract)


def planned(budget, **members):
    members = {"base_url": "http://mock.test", "environment": Environment.MOCK} | members
    vendor = replace(vendor_of_thirty(), allow_writes=True, **members)
    return planning.plan(vendor, CHECKS, budget=budget)


@cache
def journal_of_all():
    return ask_mock(vendor_of_thirty(), CHECKS, budget=3000)


def outcomes_of_all():
    return journal_of_all().outcomes()


def evidence(outcomes):
    """Shares of the checks, and of those that weigh, that were tried on something."""
    asked = {o.check for o in outcomes if o.status is not Status.NOT_APPLICABLE}
    tried = {o.check for o in outcomes if o.status in TESTED}
    return len(tried) / len(asked), len(tried & HEAVY) / len(asked & HEAVY)


def test_a_vendor_of_thirty_operations_is_judged_on_everything_in_1500_requests():
    outcomes = ask_mock(vendor_of_thirty(), CHECKS, budget=1500).outcomes()
    assert [o for o in outcomes if "budget" in o.reason] == []
    assert sum(o.requests for o in outcomes) <= 1500
    assert evidence(outcomes) == (1, 1)


def test_with_ten_defects_at_once_it_is_still_judged_by_all_that_weighs():
    outcomes = ask_mock(vendor_of_thirty(), CHECKS, misbehaviours=DEFECTS, budget=1500).outcomes()
    every, heavy = evidence(outcomes)
    assert sum(o.requests for o in outcomes) <= 1500
    assert heavy > 0.95
    assert every > 0.95


def test_two_hundred_requests_try_most_of_what_weighs():
    outcomes = ask_mock(vendor_of_thirty(), CHECKS, budget=200).outcomes()
    every, heavy = evidence(outcomes)
    assert sum(o.requests for o in outcomes) <= 200
    assert heavy > 0.75
    assert every > 0.7


def test_every_item_has_its_price_and_nothing_is_left_out_beforehand():
    assert planned(200).items == planned(1500).items
    for item in planned(200).items:
        assert item.price == CHECKS[item.check].price


def test_no_check_sends_more_than_its_price_but_for_what_it_asks_for_others_too():
    over = {o.check for o in outcomes_of_all() if o.requests > CHECKS[o.check].price}
    over -= {id for id in over if CHECKS[id].subject is Subject.EXCHANGE}
    shared = {id for id in CHECKS if id.startswith(("limits.", "reach.webhook-"))}
    # Whoever meets the vendor's limit asks once more.
    waited = {e.purpose for e in journal_of_all().exchanges if e.status == 429}
    assert over - shared - waited == set()


def test_no_question_spends_more_than_it_was_priced_at_nor_less_than_a_third_of_it():
    priced, spent = Counter(), Counter()
    for item in planned(3000).items:
        priced[CHECKS[item.check].question] += item.price
    for outcome in outcomes_of_all():
        if CHECKS[outcome.check].subject is not Subject.EXCHANGE:
            spent[CHECKS[outcome.check].question] += outcome.requests
    for question, price in priced.items():
        assert price / 3 <= spent[question] <= price, question


def test_what_is_sure_to_be_asked_costs_no_more_than_the_budget():
    plan = planned(200)
    drawn = {i.subject for i in plan.sure if not i.price} & plan.cases.keys()
    most = sum(i.price for i in plan.sure) + sum(plan.cases[key] for key in drawn)
    assert 150 < most <= 200
    assert plan.items[: len(plan.sure)] == plan.sure
    assert planned(10_000).sure == planned(10_000).items


def test_what_costs_nothing_comes_first_then_blockers_of_the_things_that_move_money():
    asked = [i for i in planned(200).items if CHECKS[i.check].effect is not Effect.NONE]
    items = planned(200).items
    assert {CHECKS[i.check].effect for i in items[: len(items) - len(asked)]} == {Effect.NONE}
    money = {"orders", "invoices", "payments"}
    first = next(i for i in asked if i.check == "contract.writes-are-faithful")
    assert first.subject in money
    firsts = [i.check for i in asked].index
    assert firsts("duplicates.same-key-single-effect") < firsts("operations.request-id-everywhere")


def test_a_check_is_tried_on_one_thing_before_another_is_tried_on_its_third():
    seen = [(i.check, i.subject) for i in planned(200).items]
    third = [subject for check, subject in seen if check == "reach.pages-complete"][2]
    plain = {id for id in HEAVY if CHECKS[id].price <= 30}
    firsts = {check: seen.index((check, s)) for check, s in reversed(seen) if check in plain}
    assert max(firsts.values()) < seen.index(("reach.pages-complete", third))
