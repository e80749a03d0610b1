"""What touches us, what we accepted, and what the vendor itself calls breaking."""

import datetime

import pytest

from tests.diffing.editing import ABSENT, SMALL, changes, compared, edited
from tests.diffing.test_command import files, run
from verifier.diffing import policies
from verifier.errors import ConfigError, UsageError
from verifier.loading import read_waivers
from verifier.model import Exchange, Impact, Request, Response, Usage, Used, Waiver
from verifier.recording import usage_of

__all__ = ["files"]

ITEM, NEW = "/components/schemas/Item", "/components/schemas/NewItem"
SIZE = (f"{ITEM}/properties/size/type", "string")
GONE = ("/paths/~1items~1{id}/delete", ABSENT)
MUST = (f"{NEW}/required", ["name", "kind"])


def test_without_a_usage_nothing_is_claimed():
    assert [c.touches for c in changes(SMALL, edited(GONE))] == [None, None]


@pytest.mark.parametrize(
    ("edit", "usage", "expected"),
    [
        (GONE, {}, False),
        (GONE, {"DELETE /items/{id}": Used()}, True),
        (GONE, {"DELETE /items/{itemId}": Used()}, True),
        (SIZE, {"GET /items": Used()}, True),
        (SIZE, {"GET /items": Used(received=frozenset({"data[].name", "data"}))}, False),
        (SIZE, {"GET /items": Used(received=frozenset({"data[].size"}))}, True),
        (SIZE, {"GET /items": Used(received=frozenset({"data[].oversize"}))}, False),
        (SIZE, {"GET /other": Used(received=frozenset({"data[].size"}))}, False),
        # A member that must be sent now touches whoever does not send it.
        (MUST, {"POST /items": Used(sent=frozenset({"name"}))}, True),
        ((f"{NEW}/properties/kind/enum", ["a"]), {"POST /items": Used(sent=frozenset())}, False),
    ],
)
def test_a_change_touches_what_is_sent_and_received(edit, usage, expected):
    found = changes(SMALL, edited(edit), usage=Usage(operations=usage))
    (change,) = [c for c in found if c.severity == "breaking"]
    assert change.touches is expected


def test_recorded_traffic_knows_what_was_sent_and_received():
    exchange = Exchange(
        id="x1",
        request=Request(
            method="POST",
            path="/items",
            query="dry=1",
            headers=(("X-Trace", "a"),),
            body=b'{"name": "a", "parts": [{"id": 1}]}',
            operation="POST /items",
        ),
        response=Response(status=201, body=b'{"id": "1", "tags": ["x"]}'),
    )
    failed = Exchange(
        id="x2",
        request=Request(method="GET", path="/items", operation="GET /items"),
        response=Response(status=500, body=b'{"error": 1}'),
    )
    found = usage_of(iter([exchange, failed]), "run").operations
    assert set(found) == {"POST /items"}
    assert found["POST /items"].sent == {
        "query dry",
        "header x-trace",
        "name",
        "parts",
        "parts[].id",
    }
    assert found["POST /items"].received == {"id", "tags"}


def test_what_one_source_does_not_know_is_not_known_by_both_together():
    one = Usage(operations={"a": Used(sent=frozenset({"x"}), received=frozenset({"y"}))})
    other = Usage(operations={"a": Used(sent=frozenset({"z"}))})
    both = one.merged(other).operations["a"]
    assert (both.sent, both.received) == ({"x", "z"}, None)


def test_the_command_fails_only_on_what_touches_us_if_asked(files, capfd):
    old, new = files(old=SMALL, new=edited(GONE))
    assert run(old, new, "--used", "GET /items", "--touching", capfd=capfd)[0] == 0
    code, out = run(old, new, "--used", "DELETE /items/{id}", "--touching", capfd=capfd)
    assert code == 1
    assert "touches you" in out
    with pytest.raises(UsageError):
        run(old, new, "--used", "nonsense", capfd=capfd)


TODAY = datetime.date(2027, 1, 1)


def accepted(*waivers):
    found = compared(SMALL, edited(GONE, SIZE), today=TODAY, waivers=waivers)
    return {c.rule for c in found if c.waived}, [d.says for d in found.doubts]


def test_a_waiver_accepts_what_it_names_and_nothing_else():
    (gone,) = [c for c in changes(SMALL, edited(GONE)) if c.severity == "breaking"]
    assert accepted() == (set(), [])
    assert accepted(Waiver(fingerprint=gone.fingerprint, reason="ok"))[0] == {"operations.removed"}
    assert accepted(Waiver(rule="types.*", reason="ok"))[0] == {"types.changed"}
    assert accepted(Waiver(operation="DELETE *", reason="ok"))[0] == {"operations.removed"}
    # A change that reaches further than what was accepted is not accepted.
    assert accepted(Waiver(operation="GET /items", reason="ok"))[0] == set()


def test_a_waiver_that_is_over_or_idle_is_told():
    past = Waiver(rule="types.*", reason="for now", until=datetime.date(2026, 12, 31), where="w:3")
    idle = Waiver(rule="nothing.*", reason="old", where="w:6")
    waived, doubts = accepted(past, idle)
    assert waived == set()
    assert any("w:3 is over" in says for says in doubts)
    assert any("w:6 fits no change" in says for says in doubts)


def test_what_is_accepted_passes_and_what_is_new_still_fails(files, capfd, tmp_path):
    old, new, worse = files(old=SMALL, new=edited(GONE), worse=edited(GONE, SIZE))
    path = str(tmp_path / "waivers.yaml")
    assert run(old, new, capfd=capfd)[0] == 1
    accept = ("--accept", path, "--reason", 'told on "1 May" for $5')
    assert run(old, new, *accept, capfd=capfd)[0] == 0
    code, out = run(old, new, "--waivers", path, capfd=capfd)
    assert code == 0
    assert "Waived" in out
    assert read_waivers(tmp_path / "waivers.yaml")[0].reason == 'told on "1 May" for $5'
    assert run(old, worse, "--waivers", path, capfd=capfd)[0] == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("waivers:\n  - reason: because\n", "accepts everything"),
        ("waivers:\n  - rule: a.b\n", "reason"),
        ("waivers:\n  - rule: a.b\n    reason: x\n    until: 2027-02-31\n", "no day"),
        ("waivers:\n  - rule: a.b\n    reason: x\n    utnil: 2027-02-01\n", "utnil"),
        ("nothing: 1\n", "nothing"),
    ],
)
def test_a_waiver_that_cannot_be_read_names_its_line(text, says, tmp_path):
    path = tmp_path / "waivers.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=says) as caught:
        read_waivers(path)
    assert f"{path}:" in caught.value.where
    assert caught.value.mend


def test_a_vendors_own_word_stands_beside_our_verdict():
    values = (f"{ITEM}/properties/status/enum", ["draft", "listed", "sold"])
    (change,) = changes(SMALL, edited(values), policy="github")
    assert (change.severity, change.by_vendor) == (Impact.WARNING, Impact.INFO)
    (silent,) = changes(SMALL, edited(values))
    assert silent.by_vendor is None


@pytest.mark.parametrize("name", policies())
def test_every_policy_says_where_and_when_it_was_read(name):
    policy = policies()[name]
    assert policy.source.startswith("https://")
    assert "read " in policy.source
    gone, *_ = changes(SMALL, edited(GONE), policy=name)
    assert gone.by_vendor is Impact.BREAKING
