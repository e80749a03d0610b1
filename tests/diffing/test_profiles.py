"""Who must survive decides what breaks; a vendor's own word stands beside it."""

from fnmatch import fnmatchcase

import pytest

from tests.diffing.editing import SMALL, changes, edited, told
from verifier.diffing import policies, profiles, registry
from verifier.diffing.rule import AUDIENCES, derive
from verifier.errors import UsageError
from verifier.model import Impact, Movement, Side

ITEM = "/components/schemas/Item"
STATUS = (f"{ITEM}/properties/status/enum", ["draft", "listed", "sold"])
ID = ("/paths/~1items/get/operationId", "allItems")


def test_an_operation_id_is_nothing_on_the_wire_and_breaks_source_code():
    assert changes(SMALL, edited(ID), profile="wire") == ()
    assert changes(SMALL, edited(ID), profile="client") == ()
    found = changes(SMALL, edited(ID), profile="sdk")
    assert told(found) == ["breaking request identity.operation-id"]


def test_a_schema_that_gets_a_name_breaks_source_code_whatever_was_said_of_its_like():
    reference = {"$ref": "#/components/schemas/Tag"}

    def item(tag, member):
        members = {"first": member, "second": reference, "third": member}
        edits = [(f"{ITEM}/properties/{name}", value) for name, value in members.items()]
        return edited(("/components/schemas/Tag", tag), *edits)

    old = {"type": "object", "additionalProperties": True}
    found = changes(item(old, old), item({"type": "object"}, reference), profile="sdk")
    renamed = {change.member for change in found if change.rule == "identity.schema-renamed"}
    assert renamed == {"first", "third"}


def test_a_further_value_in_an_answer_warns_tolerant_readers_and_breaks_typed_ones():
    (wire,) = changes(SMALL, edited(STATUS))
    client, *_ = changes(SMALL, edited(STATUS), profile="client")
    assert (wire.severity, client.severity) == (Impact.WARNING, Impact.BREAKING)
    assert wire.verdicts == {
        "wire": Impact.WARNING,
        "client": Impact.BREAKING,
        "sdk": Impact.BREAKING,
        "docs": Impact.BREAKING,
    }
    assert wire.reason != client.reason


def test_a_profile_that_is_not_known_names_the_known_ones():
    with pytest.raises(UsageError) as caught:
        changes(SMALL, SMALL, profile="typed")
    assert "wire, client, sdk, docs" in caught.value.mend


@pytest.mark.parametrize("name", [*AUDIENCES, *policies()])
def test_every_line_of_a_profile_or_policy_speaks_of_a_rule_that_exists_and_says_why(name):
    policy = profiles().get(name) or policies()[name]
    for (pattern, _), departure in policy.rules.items():
        assert any(fnmatchcase(rule, pattern) for rule in registry()), pattern
        assert departure.reason


def test_every_severity_follows_from_the_movement_or_says_why_not():
    harmless = {(Side.REQUEST, Movement.WIDER), (Side.RESPONSE, Movement.NARROWER)}
    for name, (_, rule) in registry().items():
        for side in (Side.REQUEST, Side.RESPONSE):
            found = derive(rule, side)
            if rule.departure(side) is None and not rule.undecided:
                safe = rule.moves is Movement.EQUAL or (side, rule.moves) in harmless
                assert found.impact is (Impact.INFO if safe else Impact.BREAKING), name
            assert found.reason, name


@pytest.mark.parametrize(
    ("side", "moves", "reason"),
    [
        (Side.REQUEST, Movement.WIDER, "everything that could be sent still can"),
        (Side.REQUEST, Movement.NARROWER, "what could be sent may now be refused"),
        (Side.REQUEST, Movement.INCOMPARABLE, "some of what could be sent may now be refused"),
        (Side.RESPONSE, Movement.NARROWER, "answers stay within what was to be expected"),
        (Side.RESPONSE, Movement.WIDER, "answers may hold what was never to be expected"),
        (Side.RESPONSE, Movement.INCOMPARABLE, "some answers are no longer what was to be expect"),
    ],
)
def test_the_reason_is_that_of_its_side_and_movement(side, moves, reason):
    plain = next(
        rule
        for _, rule in registry().values()
        if rule.moves is moves and rule.departure(side) is None and not rule.undecided
    )
    assert derive(plain, side).reason.startswith(reason)


def test_exceptions_are_few_and_each_gives_its_reason():
    rules = [rule for _, rule in registry().values()]
    exceptions = [d for rule in rules for d in (rule.request, rule.response) if d]
    assert all(len(exception.reason) > 15 for exception in exceptions)
    assert len(exceptions) < len(rules) / 2
