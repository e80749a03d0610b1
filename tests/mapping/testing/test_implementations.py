"""Every seeded flaw is caught by the edge case that it is about; sound implementations are not."""

import json
from functools import lru_cache
from pathlib import Path

import pytest

from tests.mapping.contracts import scenario
from tests.mapping.implementations import (
    FLAWS,
    FLAWS_IN_JAVASCRIPT,
    JAVASCRIPT,
    folder,
    needs_node,
    python,
)
from verifier.mapping.opening import open_mapping
from verifier.mapping.testing import Options, examine
from verifier.mapping.testing.doors.inside import InsideDoor
from verifier.mapping.testing.doors.lines import LinesDoor

SOUND = {"shop": "Mapper", "crm": "Sync"}


@lru_cache
def mapping(name):
    return open_mapping(scenario(name))


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_implementation_in_python_raises_nothing(name):
    door = InsideDoor(getattr(python(name, "sound"), SOUND[name]))
    report = examine(mapping(name), door, options=Options(random=60))
    assert report.found == ()
    assert report.sound


@needs_node
@pytest.mark.parametrize("name", JAVASCRIPT)
def test_a_sound_implementation_in_javascript_raises_nothing(name):
    door = LinesDoor(JAVASCRIPT[name], folder=Path.cwd())
    try:
        report = examine(mapping(name), door, options=Options(random=60))
    finally:
        door.close()
    assert report.found == ()
    assert report.sound


@pytest.mark.parametrize(
    ("name", "file", "flaw", "edges"), FLAWS, ids=[flaw for _, _, flaw, _ in FLAWS]
)
def test_a_seeded_flaw_is_caught_by_the_edge_case_that_it_is_about(name, file, flaw, edges):
    door = InsideDoor(getattr(python(name, file), flaw))
    report = examine(mapping(name), door, options=Options(edges=edges, shrink=False))
    assert report.found, f"{flaw} is not caught"
    assert {number for found in report.found for number in found.edges} <= set(edges)


@needs_node
@pytest.mark.parametrize(("flaw", "edge"), FLAWS_IN_JAVASCRIPT)
def test_a_seeded_flaw_in_javascript_is_caught_by_its_edge_case(flaw, edge):
    command = ("node", str(folder("shop") / "flawed.mjs"), flaw)
    door = LinesDoor(command, folder=Path.cwd())
    try:
        report = examine(mapping("shop"), door, options=Options(edges=(edge,), shrink=False))
    finally:
        door.close()
    assert report.found, f"{flaw} is not caught"


def test_there_are_flaws_enough():
    assert len(FLAWS) + len(FLAWS_IN_JAVASCRIPT) >= 140


def test_a_finding_says_where_what_and_with_which_record():
    door = InsideDoor(python("shop", "flawed_amounts").YenTimesHundred)
    report = examine(mapping("shop"), door, options=Options(edges=(71,)))
    found = next(found for found in report.found if found.field == "AmountMinor")
    rule = scenario("shop").read_text().splitlines()[found.rule.line - 1]
    assert "AmountMinor: {from: total}" in rule
    assert found.example.record["currency"] == "JPY"
    assert found.example.actual == 100 * found.example.expected
    assert 71 in found.edges
    # Made small: nothing that it does not take.
    assert "note" not in found.example.record


def test_what_real_people_are_called_is_in_no_finding():
    flaws = {**vars(python("shop", "flawed_people")), **vars(python("shop", "flawed_records"))}
    people = [word for record in real_records() for word in personal(record)]
    assert len(people) >= 10
    for flaw in ("Capitalised", "RemembersTheBuyer"):
        report = examine(
            mapping("shop"),
            InsideDoor(flaws[flaw]),
            options=Options(phases=("samples",), rounds=False),
        )
        assert report.found
        shown = repr([(found.says, found.example) for found in report.found]).lower()
        assert [word for word in people if word.lower() in shown] == []


def real_records():
    lines = (scenario("shop").parent / "samples" / "orders.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def personal(record):
    """What tells who somebody is; a placeholder that the contract names is nobody."""
    names = [record["customer"].get(name) for name in ("full_name", "email", "phone")]
    names.append((record.get("billing") or {}).get("name"))
    return [name for name in names if name and name not in ("Guest", "N/A")]
