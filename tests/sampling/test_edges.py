"""Edges are valid, violations are not, and each differs from its base in one place."""

import pytest

from tests.sampling.specimens import boundaries, judging, sampling, violations
from verifier.sampling import by_turns

ORDER = {
    "type": "object",
    "required": ["email", "lines"],
    "additionalProperties": False,
    "properties": {
        "email": {"type": "string", "format": "email", "maxLength": 60},
        "note": {"type": ["string", "null"], "maxLength": 20},
        "code": {"type": "string", "pattern": "^[A-Z]+$", "minLength": 2, "maxLength": 4},
        "status": {"enum": ["open", "paid"]},
        "due": {"type": "string", "format": "date-time"},
        "weight": {"type": "number", "minimum": 0, "exclusiveMaximum": 10},
        "lines": {
            "type": "array",
            "minItems": 1,
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["quantity"],
                "properties": {"quantity": {"type": "integer", "minimum": 1, "maximum": 99}},
            },
        },
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "pay": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["card"]}]},
    },
}
BASE = {
    "email": "ada@example.com",
    "note": "a",
    "code": "AB",
    "status": "open",
    "due": "2026-01-01T00:00:00Z",
    "weight": 1.5,
    "lines": [{"quantity": 2}],
    "tags": ["a"],
    "pay": "cash",
}


def edges(base=BASE):
    return dict(boundaries(sampling(ORDER), base))


def broken(base=BASE):
    return violations(sampling(ORDER), base)


def test_nearly_every_change_is_what_it_is_meant_to_be():
    sampled = sampling(ORDER)
    judge = judging(sampled)
    assert judge.accepts(BASE)
    good = [judge.accepts(change.applied(BASE)) for change in sampled.edges(BASE)]
    assert sum(good) >= 0.95 * len(good) > 40
    bad = [not judge.accepts(change.applied(BASE)) for change in sampled.breaks(BASE)]
    assert sum(bad) >= 0.8 * len(bad) > 30


@pytest.mark.parametrize(
    ("says", "value"),
    [
        ("/note: null", {**BASE, "note": None}),
        ("/note: empty text", {**BASE, "note": ""}),
        ("/note: the longest text (20)", {**BASE, "note": "x" * 20}),
        ("/note: leading zeros", {**BASE, "note": "00042"}),
        ("/status: the choice 'paid'", {**BASE, "status": "paid"}),
        ("/due: a leap day", {**BASE, "due": "2028-02-29T23:59:59Z"}),
        ("/due: an offset", {**BASE, "due": "2026-12-31T23:30:00-08:00"}),
        ("/weight: the least (0)", {**BASE, "weight": 0}),
        ("/weight: 0.1 + 0.2", {**BASE, "weight": 0.1 + 0.2}),
        ("/lines/0/quantity: the most (99)", {**BASE, "lines": [{"quantity": 99}]}),
        ("/lines: the longest list (3)", {**BASE, "lines": [{"quantity": 2}] * 3}),
        ("/tags: an empty list", {**BASE, "tags": []}),
        ("/tags: left out", {k: v for k, v in BASE.items() if k != "tags"}),
    ],
)
def test_an_edge_changes_one_thing(says, value):
    assert edges()[says] == value


def test_optional_members_that_are_missing_are_added_one_at_a_time():
    base = {"email": "ada@example.com", "lines": [{"quantity": 2}]}
    found = edges(base)
    added = [says for says in found if says.endswith(": given")]
    assert {says.split(":")[0] for says in added} == {f"/{n}" for n in BASE} - {"/email", "/lines"}
    assert all(len(found[says]) == 3 for says in added)


def test_each_alternative_is_tried():
    kinds = [type(v["pay"]) for v in edges().values() if v.get("pay") != "cash" and "pay" in v]
    assert dict in kinds
    assert str in kinds


@pytest.mark.parametrize(
    "aspect",
    [
        "missing-required:/email",
        "missing-required:/lines/0/quantity",
        "wrong-type:/weight",
        "wrong-type:/lines",
        "null-not-allowed:/email",
        "bad-enum:/status",
        "bad-format:/email",
        "bad-format:/due",
        "bad-pattern:/code",
        "too-long:/note",
        "too-long:/code",
        "too-short:/code",
        "out-of-range:/weight",
        "out-of-range:/lines/0/quantity",
        "too-few-items:/lines",
        "too-many-items:/lines",
        "not-unique:/tags",
        "extra-property:",
    ],
)
def test_every_way_of_breaking_is_there(aspect):
    assert aspect in {found for found, _, _ in broken()}


def test_a_violation_breaks_one_rule_only():
    judge = judging(sampling(ORDER))
    single = [found for found in broken() if not found[0].startswith(("extra", "null", "wrong"))]
    for aspect, says, value in single:
        wrong = judge.errors(value)
        assert len({error.keyword for error in wrong}) == 1, (aspect, says, wrong)


def test_what_the_schema_allows_is_no_violation():
    aspects = {aspect for aspect, _, _ in broken()}
    assert "null-not-allowed:/note" not in aspects
    assert "extra-property:/lines/0" not in aspects
    assert "too-short:/email" not in aspects


def test_formats_that_are_not_asserted_are_not_broken():
    found = [a for a, _, _ in violations(sampling({"type": "string", "format": "iban"}), "x")]
    assert not any(aspect.startswith("bad-format") for aspect in found)


def test_one_of_each_kind_comes_before_a_second():
    kinds = [change.kind for change in by_turns(sampling(ORDER).breaks(BASE))]
    assert len(set(kinds[:10])) == 10


def test_the_base_stays_as_it_is():
    before = repr(BASE)
    edges()
    broken()
    assert repr(BASE) == before
