"""Quotas are counted truly, told in every dialect, and what is over them has no effect."""

import dataclasses

import pytest

import verifier
from tests.mocking.asking import Asker
from tests.places import CORPUS, ROOT, needs_corpus
from verifier.errors import UsageError
from verifier.mocking import limits, presets
from verifier.model import LimitRule, MockProfile, Response
from verifier.validating import judge_response

NEW = {"name": "Ada", "email": "ada@example.com"}
RULE = LimitRule(name="burst", quota=3, window_seconds=60)


@pytest.fixture(scope="module")
def contract():
    return verifier.load(ROOT / "specs" / "acme-billing" / "openapi.yaml")


def asker(contract, *rules, headers=(), **more):
    one = Asker(contract, profile=MockProfile(limits=rules, limit_headers=headers, **more))
    one.clock.time = 1_800_000_000.0  # a whole minute
    return one


def statuses(asker, times, target="/customers"):
    return [asker.ask("GET", target)[0] for _ in range(times)]


def test_nothing_is_refused_where_no_limit_is_stated(contract):
    assert set(statuses(Asker(contract), 200)) == {200}


def test_a_window_refuses_what_is_over_and_gives_everything_back_at_its_end(contract):
    one = asker(contract, RULE)
    one.clock.time += 30
    assert statuses(one, 5) == [200, 200, 200, 429, 429]
    status, told, headers = one.ask("GET", "/customers")
    assert (status, told["code"], headers["Retry-After"]) == (429, "rate_limited", "30")
    one.clock.time += 29.9
    assert statuses(one, 1) == [429]
    one.clock.time += 0.1
    assert statuses(one, 4) == [200, 200, 200, 429]


def test_a_bucket_gives_back_little_by_little(contract):
    one = asker(contract, LimitRule(quota=3, window_seconds=60, kind="bucket"))
    assert statuses(one, 4) == [200, 200, 200, 429]
    assert one.ask("GET", "/customers")[2]["Retry-After"] == "20"
    one.clock.time += 20
    assert statuses(one, 2) == [200, 429]
    one.clock.time += 600
    assert statuses(one, 4) == [200, 200, 200, 429]


def test_what_is_said_of_the_wait_is_true_at_every_moment(contract):
    for kind in ("window", "bucket"):
        one = asker(contract, LimitRule(quota=7, window_seconds=13, kind=kind))
        for step in range(60):
            one.clock.time += 0.37 * step
            status, _, headers = one.ask("GET", "/customers")
            if status == 429:
                one.clock.time += int(headers["Retry-After"])
                assert one.ask("GET", "/customers")[0] == 200


def test_one_caller_s_limit_is_not_another_s_unless_they_share_it(contract):
    one = asker(contract, RULE)
    statuses(one, 4)
    one.become("other")
    assert statuses(one, 1) == [200]
    shared = asker(contract, LimitRule(quota=3, window_seconds=60, per=()))
    statuses(shared, 4)
    shared.become("other")
    assert statuses(shared, 1) == [429]


def test_a_rule_counts_its_operations_at_their_cost(contract):
    rule = LimitRule(quota=10, window_seconds=60, costs={"createCustomer": 4, "GET /orders": 0})
    one = asker(contract, rule)
    made = [one.ask("POST", "/customers", NEW)[0] for _ in range(3)]
    assert made == [201, 201, 429]
    assert statuses(one, 3) == [200, 200, 429]
    assert statuses(one, 3, "/orders") == [200, 200, 200]
    only = asker(contract, LimitRule(quota=1, window_seconds=60, operations=("listOrders",)))
    assert statuses(only, 2, "/orders") == [200, 429]
    assert statuses(only, 2) == [200, 200]


def test_what_was_limited_had_no_effect_and_costs_no_other_quota(contract):
    long = LimitRule(name="long", quota=5, window_seconds=3600)
    one = asker(contract, RULE, long)
    made = [one.ask("POST", "/customers", NEW)[0] for _ in range(4)]
    assert made == [201, 201, 201, 429]
    one.clock.time += 60
    assert len(one.ask("GET", "/customers")[1]["data"]) == 3
    assert one.take("GET", "/customers").readings[1].remaining == 0


def test_the_documented_headers_tell_what_is_left(contract):
    one = asker(contract, RULE)
    one.clock.time += 15
    _, _, headers = one.ask("GET", "/customers")
    assert headers["RateLimit"] == '"burst";r=2;t=45'
    assert headers["RateLimit-Policy"] == '"burst";q=3;w=60'
    assert one.ask("GET", "/customers")[2]["RateLimit"] == '"burst";r=1;t=45'


# What each dialect says after one of three requests, fifteen seconds into a minute.
SAID = {
    "draft-11": {"RateLimit": r'"burst";r=2;t=45', "RateLimit-Policy": r'"burst";q=3;w=60'},
    "draft-07": {"RateLimit": "limit=3, remaining=2, reset=45", "RateLimit-Policy": "3;w=60"},
    "draft-06": {"RateLimit-Limit": "3, 3;w=60", "RateLimit-Remaining": "2"},
    "x-ratelimit": {"X-RateLimit-Remaining": "2", "X-RateLimit-Reset": "1800000060"},
    "x-ratelimit-delta": {"X-RateLimit-Limit": "3", "X-RateLimit-Reset": "45"},
    "x-ratelimit-milliseconds": {"X-RateLimit-Reset": "1800000060000"},
    "x-ratelimit-iso": {"X-RateLimit-Reset": "2027-01-15T08:01:00Z"},
    "github": {"x-ratelimit-used": "1", "x-ratelimit-resource": "burst"},
    "discord": {"X-RateLimit-Reset-After": "45.000", "X-RateLimit-Bucket": "burst"},
    "shopify": {"X-Shopify-Shop-Api-Call-Limit": "1/3"},
    "hubspot": {"X-HubSpot-RateLimit-Interval-Milliseconds": "60000"},
    "salesforce": {"Sforce-Limit-Info": "api-usage=1/3"},
    "xero": {"X-MinLimit-Remaining": "2"},
    "openai": {"x-ratelimit-reset-requests": "45s"},
    "anthropic": {"anthropic-ratelimit-requests-reset": "2027-01-15T08:01:00Z"},
    "datadog": {"X-RateLimit-Period": "60", "X-RateLimit-Name": "burst"},
    "azure": {},
    "aws": {},
    "retry-after": {},
    "retry-after-date": {},
    "stripe": {},
}
WAITS = {
    "discord": {"Retry-After": "45.000"},
    "shopify": {"Retry-After": "45.0"},
    "azure": {"retry-after-ms": "45000", "Retry-After": "45"},
    "aws": {"x-amz-retry-after": "45000"},
    "retry-after-date": {"Retry-After": "Fri, 15 Jan 2027 08:01:00 GMT"},
    "stripe": {"Stripe-Should-Retry": "true"},
    "xero": {"Retry-After": "45", "X-Rate-Limit-Problem": "Minute"},
}


def test_every_dialect_is_spoken_here():
    assert set(SAID) == set(limits.known())


@pytest.fixture
def undocumented(contract):
    """The sample, its document silent about limits."""
    silent = tuple(
        dataclasses.replace(
            o, responses=tuple(dataclasses.replace(r, headers=()) for r in o.responses)
        )
        for o in contract.operations
    )
    return dataclasses.replace(contract, operations=silent)


@pytest.mark.parametrize("name", SAID)
def test_a_dialect_says_what_is_left_and_when_to_come_back(undocumented, name):
    one = asker(undocumented, RULE, headers=(name,))
    one.clock.time += 15
    assert SAID[name].items() <= one.ask("GET", "/customers")[2].items()
    statuses(one, 2)
    status, _, headers = one.ask("GET", "/customers")
    wait = WAITS.get(name, {"Retry-After": "45"})
    assert (status, wait.items() <= headers.items()) == (429, True)


def test_an_unknown_dialect_names_the_known_ones(contract):
    with pytest.raises(UsageError, match="no dialect 'smoke-signals'") as raised:
        asker(contract, RULE, headers=("smoke-signals",))
    assert "draft-11" in raised.value.mend


@pytest.mark.parametrize("name", presets.known())
def test_the_limits_of_every_preset_are_rules_in_known_dialects(name):
    says = presets.known()[name].get("limits", {})
    assert set(says) <= {"headers", "status", "rules"}
    assert set(says.get("headers", ())) <= set(limits.known())
    for rule in says.get("rules", ()):
        assert set(rule) <= set(LimitRule.__struct_fields__)


def test_known_limits_hold_only_where_they_were_asked_for(contract):
    xero = dataclasses.replace(contract, title="Xero Accounting API")
    assert set(statuses(Asker(xero), 70)) == {200}
    strict = Asker(xero, profile=MockProfile(known_limits=True))
    strict.clock.time = 1_800_000_000.0
    assert statuses(strict, 61) == [200] * 60 + [429]
    assert strict.ask("GET", "/customers")[2]["X-Rate-Limit-Problem"] == "Minute"
    github = Asker(
        dataclasses.replace(contract, title="GitHub v3 REST API"),
        profile=MockProfile(limits=(RULE,)),
    )
    github.clock.time = 1_800_000_000.0
    assert statuses(github, 4)[-1] == 403


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("discord/2026-07-18.json", "/applications/@me"),
        ("github/octokit-23.0.2.json", "/rate_limit"),
        ("digitalocean/2026-08-07/specification/DigitalOcean-public.v2.yaml", "/v2/account"),
    ],
)
def test_the_limit_headers_of_real_documents_obey_them(name, target):
    one = Asker(verifier.load(CORPUS / name))
    key = one.mock.secrets["full"].get("key", "")
    turn = one.take("GET", target, Authorization=f"Bot {key}" if key else f"Bearer {one.token}")
    answer = turn.answer
    read = judge_response(
        turn.operation, Response(status=answer.status, headers=answer.headers, body=answer.body)
    )
    assert read.header_violations == ()
    assert any("remaining" in name.lower() for name, _ in answer.headers)
