"""What a child process, an address or a function does wrong is an answer, and never a hang."""

import contextlib
import sys
import time

import pytest

from tests.mapping.contracts import SHOP
from verifier.errors import ConfigError, VendorUnreachable
from verifier.mapping.edges import RawJson
from verifier.mapping.opening import open_mapping
from verifier.mapping.testing import examine
from verifier.mapping.testing.asking import Ask, How
from verifier.mapping.testing.doors.http import HttpDoor
from verifier.mapping.testing.doors.inside import InsideDoor
from verifier.mapping.testing.doors.lines import LinesDoor
from verifier.wire import Answer, serve_in_thread

LOOP = """
import json, sys, time, os
for line in sys.stdin:
    asked = json.loads(line)
    what = asked["record"].get("do") if isinstance(asked["record"], dict) else None
    def say(**more):
        print(json.dumps({"id": asked["id"], **more}), flush=True)
"""
BEHAVIOURS = {
    "map": 'say(target=asked["record"])',
    "hang": "time.sleep(60)",
    "die": "sys.exit(3)",
    "be killed": "os.kill(os.getpid(), 9)",
    "talk": 'print("starting up ...", flush=True)',
    "another id": 'print(json.dumps({"id": 999, "target": {}}), flush=True)',
    "no object": "say(target=[1])",
    "half a line": 'sys.stdout.write("{"); sys.stdout.flush(); time.sleep(60)',
    "endless": '[sys.stdout.write("x" * 65536) for _ in iter(int, 1)]',
    "close": 'print("last words", file=sys.stderr); os.close(1); time.sleep(60)',
    "nothing": "say(target=None)",
    "unable": "say(unable=True)",
    "error": 'say(error={"kind": "Rejected", "says": "no"})',
}
CHILD = LOOP + "".join(f"    if what == {what!r}: {code}\n" for what, code in BEHAVIOURS.items())


@pytest.fixture
def child(tmp_path):
    path = tmp_path / "child.py"
    path.write_text(CHILD)
    door = LinesDoor([sys.executable, str(path)], folder=tmp_path, timeout_seconds=0.5)
    door.ask(Ask(op="map", record={"do": "map"}))
    yield door
    door.close()


@pytest.mark.parametrize(
    ("what", "how", "says"),
    [
        ("map", How.MAPPED, ""),
        ("nothing", How.SKIPPED, ""),
        ("unable", How.UNABLE, ""),
        ("error", How.WITHHELD, "no"),
        ("hang", How.HUNG, "no answer"),
        ("half a line", How.HUNG, "no answer"),
        ("die", How.DIED, "exit code 3"),
        ("be killed", How.DIED, "SIGKILL"),
        ("close", How.DIED, "last words"),
        ("talk", How.GARBAGE, "no JSON"),
        ("another id", How.GARBAGE, "does not answer"),
        ("no object", How.GARBAGE, "no object"),
    ],
)
def test_whatever_a_child_does_is_an_answer(child, what, how, says):
    began = time.monotonic()
    answer = child.ask(Ask(op="map", record={"do": what}))
    assert answer.how is how
    assert says in answer.says
    assert time.monotonic() - began < 45  # and not 60, as without a bound
    # And it is there again for the next question.
    assert child.ask(Ask(op="map", record={"do": "map"})).value == {"do": "map"}


def test_a_child_that_never_ends_its_line_is_stopped_at_a_bound(child, monkeypatch):
    monkeypatch.setattr("verifier.mapping.testing.doors.lines.LARGEST_REPLY_BYTES", 1 << 20)
    answer = child.ask(Ask(op="map", record={"do": "endless"}))
    assert answer.how is How.GARBAGE


def test_a_record_larger_than_any_pipe_goes_through_both_ways(child):
    record = {"do": "map", "note": "x" * (10 * 1024 * 1024)}
    assert child.ask(Ask(op="map", record=record)).value == record


def test_a_child_that_fails_again_and_again_is_given_up(child):
    answers = [child.ask(Ask(op="map", record={"do": "die"})) for _ in range(7)]
    assert answers[-1].over
    assert "5 times in a row" in answers[-1].says


def test_a_program_that_is_not_there_is_a_users_mistake(tmp_path):
    door = LinesDoor(["no-such-program"], folder=tmp_path)
    with pytest.raises(ConfigError, match="no-such-program"):
        door.ask(Ask(op="map", record={}))


def test_json_that_no_parser_makes_reaches_a_child_as_it_is(tmp_path):
    path = tmp_path / "child.py"
    path.write_text(
        "import json, sys\nfor line in sys.stdin:\n    print(json.dumps({'id': 1, 'target':"
        " {'twice': line.count('\"a\"')}}), flush=True)\n"
    )
    door = LinesDoor([sys.executable, str(path)], folder=tmp_path)
    answer = door.ask(Ask(op="map", record=RawJson(b'{"a": 1, "a": 2}')))
    door.close()
    assert answer.value == {"twice": 2}


def served(status, body=b"", kind="application/json"):
    return serve_in_thread(
        lambda incoming: Answer(status=status, headers=(("Content-Type", kind),), body=body)
    )


@pytest.mark.parametrize(
    ("status", "body", "how", "names"),
    [
        (200, b'{"a": 1}', How.MAPPED, ()),
        (200, b'{"target": {"a": 1}}', How.MAPPED, ()),
        (200, b"null", How.SKIPPED, ()),
        (204, b"", How.SKIPPED, ()),
        (422, b'{"code": "rejected", "detail": "no name"}', How.WITHHELD, ("rejected",)),
        (500, b'{"code": "oops"}', How.CRASHED, ()),
        (200, b"<html>", How.GARBAGE, ()),
        (404, b"<html>", How.CRASHED, ()),
        (501, b"{}", How.UNABLE, ()),
    ],
)
def test_what_an_address_answers_is_read_by_its_status(status, body, how, names):
    with served(status, body) as server:
        door = HttpDoor(server.url)
        answer = door.ask(Ask(op="map", record={"a": 1}))
        door.close()
    assert (answer.how, answer.names) == (how, names)
    assert answer.value == ({"a": 1} if how is How.MAPPED else None)


def test_an_address_where_nobody_answers_is_said_at_once():
    door = HttpDoor("http://127.0.0.1:1/map")
    with pytest.raises(VendorUnreachable):
        door.ask(Ask(op="map", record={}))
    door.close()


@pytest.mark.parametrize(
    ("function", "how", "says"),
    [
        (lambda record: record, How.MAPPED, ""),
        (lambda record: None, How.SKIPPED, ""),
        (lambda record: record["none"], How.WITHHELD, "none"),
        (lambda record: {"a": float("nan")}, How.GARBAGE, "JSON"),
        (lambda record: {"a": object()}, How.GARBAGE, "JSON"),
        (lambda record: "text", How.GARBAGE, "no object"),
        (lambda record: record.clear() or {"done": True}, How.MAPPED, ""),
    ],
)
def test_what_a_function_does_is_an_answer(function, how, says):
    record = {"a": 1}
    answer = InsideDoor(function).ask(Ask(op="map", record=record))
    assert answer.how is how
    assert says in answer.says
    assert record == {"a": 1}


def test_a_function_is_asked_in_another_time_zone_and_the_zone_is_put_back():
    before = time.tzname
    door = InsideDoor(lambda record: {"zone": time.tzname[0]}).elsewhere({"TZ": "Asia/Tokyo"})
    assert door.ask(Ask(op="map", record={})).value == {"zone": "JST"}
    assert time.tzname == before


def test_what_hangs_from_the_start_is_given_up_before_long_and_nothing_is_called_covered(
    monkeypatch, tmp_path
):
    monkeypatch.setattr("verifier.mapping.testing.doors.lines.START_SECONDS", 0.3)
    silent = tmp_path / "silent.py"
    silent.write_text("import sys\nfor line in sys.stdin: pass\n")
    door = LinesDoor([sys.executable, str(silent)], folder=tmp_path, timeout_seconds=0.1)
    with contextlib.closing(door):
        report = examine(open_mapping(SHOP), door)
    assert report.given_up == "it failed 5 times in a row"
    assert sum(report.asked.values()) == 6
    assert not [edge for edge in report.edges if edge.state == "covered"]
    (found,) = report.found
    assert found.says == "it hung: no answer within 0.3 s"
