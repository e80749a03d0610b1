"""What ends, when, and whether the day that was named was kept."""

import datetime

import pytest

from tests.diffing.editing import ABSENT, SMALL, changes, edited, told

POST = "/paths/~1items/post"
MARK, SUNSET = f"{POST}/deprecated", f"{POST}/x-sunset"
TODAY = datetime.date(2027, 1, 1)


def moved(old, new):
    return told(changes(edited(*old), edited(*new), today=TODAY), versions=True)


def test_the_same_day_is_no_change_and_an_old_day_is_no_difference():
    assert moved([(SUNSET, "2027-09-01")], [(SUNSET, "2027-09-01")]) == []
    assert moved([(SUNSET, "2020-09-01")], [(SUNSET, "2020-09-01")]) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [(MARK, True)], ["warning request lifecycle.operation-marked-undated"]),
        (
            [],
            [(MARK, True), (SUNSET, "2027-09-01")],
            ["warning request lifecycle.operation-marked"],
        ),
        (
            [],
            [(MARK, True), (SUNSET, "2027-02-01")],
            ["warning request lifecycle.operation-marked", "warning request lifecycle.sunset-near"],
        ),
        ([(MARK, True)], [], ["info request lifecycle.operation-unmarked"]),
        (
            [(MARK, True)],
            [(MARK, True), (SUNSET, "2027-09-01")],
            ["warning request lifecycle.sunset-named"],
        ),
        (
            [(SUNSET, "2027-09-01")],
            [(SUNSET, "2027-06-01")],
            ["breaking request lifecycle.sunset-earlier"],
        ),
        (
            [(SUNSET, "2027-06-01")],
            [(SUNSET, "2027-09-01")],
            ["info request lifecycle.sunset-later"],
        ),
        (
            [(MARK, True), (SUNSET, "2027-06-01")],
            [(MARK, True)],
            ["warning request lifecycle.sunset-dropped"],
        ),
        (
            [(MARK, True)],
            [(MARK, True), (SUNSET, "one day")],
            ["warning request lifecycle.date-unreadable"],
        ),
        (
            [],
            [(f"{POST}/description", "Deprecated. Use PUT instead.")],
            ["warning request lifecycle.operation-claimed"],
        ),
        (
            [(f"{POST}/x-stability-level", "stable")],
            [(f"{POST}/x-stability-level", "beta")],
            ["breaking request lifecycle.less-stable"],
        ),
        (
            [(f"{POST}/x-stability-level", "alpha")],
            [(f"{POST}/x-stability-level", "beta")],
            ["info request lifecycle.more-stable"],
        ),
    ],
)
def test_a_step_of_an_operation_towards_its_end_is_told(old, new, expected):
    assert [line for line in moved(old, new) if "versions." not in line] == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "breaking request operations.removed"),
        ([(MARK, True)], "warning request operations.removed-deprecated"),
        ([(SUNSET, "2027-06-01")], "breaking request operations.removed-early"),
        ([(SUNSET, "2026-12-31")], "info request operations.removed-on-time"),
        (
            [(f"{POST}/x-github", {"removalDate": "2026-12-31"})],
            "info request operations.removed-on-time",
        ),
    ],
)
def test_a_removal_is_held_against_what_was_announced(marks, expected):
    gone = edited((POST, ABSENT))
    assert told(changes(edited(*marks), gone, today=TODAY)) == [expected]


def test_fields_parameters_headers_and_credentials_are_given_up_too():
    size = "/components/schemas/Item/properties/size"
    header = "/paths/~1items/get/responses/200/headers/X-Total/deprecated"
    found = moved(
        [],
        [
            (f"{size}/x-sunset", "2027-09-01"),
            (header, True),
            ("/components/securitySchemes/key/deprecated", True),
        ],
    )
    assert found == [
        "info response lifecycle.header-marked",
        "info response lifecycle.member-marked",
        "warning request lifecycle.credential-marked",
    ]


def test_a_version_that_does_not_say_that_something_broke_is_told():
    broken = [("/components/schemas/NewItem/properties/kind/enum", ["a"])]
    one, other = ("/info/version", "1.2.0"), ("/info/version", "1.3.0")
    assert "info none versions.not-raised" in moved([], broken)
    assert "info none versions.major-not-raised" in moved([one], [other, *broken])
    assert moved([one], [other]) == []
    assert moved([other], [one]) == ["warning none versions.lowered"]


def test_a_convention_that_is_withdrawn_is_told_once():
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    found = moved([(f"{POST}/parameters", [key])], [])
    assert "warning request conventions.withdrawn" in found
    assert "warning request parameters.removed" in found


def test_documentation_is_told_only_where_it_is_asked_for():
    new = edited((f"{POST}/description", "Makes an item."), (f"{POST}/x-team", "billing"))
    assert changes(SMALL, new) == ()
    assert told(changes(SMALL, new, profile="docs")) == [
        "info request documentation.description",
        "info request documentation.extension",
    ]
