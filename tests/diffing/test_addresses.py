"""Where calls go: of the whole document, of a path, of one operation."""

import copy

import pytest

from tests.diffing.editing import ABSENT, SMALL, changes, edited, told

GET = "/paths/~1items/get"
OTHER = [{"url": "https://other.example.test"}]
MOVED = ["breaking request servers.changed"]


@pytest.mark.parametrize("at", ["/paths/~1items/servers", f"{GET}/servers"])
def test_an_operation_that_moves_to_another_address_breaks(at):
    found = changes(SMALL, edited((at, OTHER)))
    assert told(found) == MOVED
    assert found[0].operations[0] == "GET /items"
    assert len(found[0].operations) == (1 if at.startswith(GET) else 2)
    assert str(found[0].new).startswith(f"#{at}")
    assert told(changes(edited((at, OTHER)), SMALL)) == MOVED
    further = [*SMALL["servers"], *OTHER]
    assert told(changes(SMALL, edited((at, further)))) == ["info request servers.added"]
    assert told(changes(edited((at, further)), SMALL)) == ["warning request servers.removed"]
    assert changes(SMALL, edited((at, SMALL["servers"]))) == ()


def test_an_address_that_no_operation_used_is_nobodys_loss():
    old = copy.deepcopy(SMALL)
    for item in old["paths"].values():
        item["servers"] = OTHER
    assert changes(old, edited(("/servers", OTHER), base=old)) == ()
    assert told(changes(old, edited(("/servers", [{"url": "https://elsewhere.test"}])))) != []


def test_several_addresses_that_give_way_to_one_are_one_change():
    old = edited(("/servers/1", {"url": "https://eu.example.test"}))
    change, *_ = found = changes(old, edited(("/servers", OTHER)))
    assert told(found) == MOVED
    assert "https://api.example.test/v1, https://eu.example.test" in change.says


def test_a_first_address_is_one_more_and_no_other():
    silent = edited(("/servers", ABSENT))
    assert told(changes(silent, SMALL)) == ["info request servers.added"]
    assert told(changes(SMALL, silent)) == ["warning request servers.unnamed"]
