"""What is written can be read again, whatever ended the run."""

import gc
import signal
import sqlite3
import subprocess
import sys

import pytest
from msgspec.structs import replace

from tests.places import ROOT
from verifier.checks.specimens import ITEMS
from verifier.errors import ConfigError
from verifier.loading import from_mapping
from verifier.model import (
    Beat,
    CheckCard,
    Confidence,
    Exchange,
    Failure,
    FailureKind,
    Finding,
    Form,
    Identity,
    LedgerEntry,
    Level,
    Omitted,
    Outcome,
    Plan,
    Planned,
    Pointer,
    Request,
    Response,
    RunFacts,
    Severity,
    Status,
    Story,
    Timing,
)
from verifier.recording import Recorder, read

FACTS = RunFacts(
    id="r1",
    vendor="v",
    title="Vé",
    mode="live",
    environment="sandbox",
    base_url="http://x",
    document="d",
    digest="0",
    seed=3,
    started=1.5,
    tool_version="1",
    misbehaviours=("a", "b"),
    settings={"allow_writes": True, "names": ["a"]},
)
PLAN = Plan(
    items=(Planned(check="a.b", subject="GET /", price=3),),
    omitted=(Omitted(check="a.c", subject="", status="not tested", reason="r", supply="s"),),
    cases={"GET /": 4},
    budget=10,
    per_second=2.5,
    seed=3,
)
CARDS = {"a.b": CheckCard(id="a.b", title="t", doc="d", question="q", severity=3, source="s")}
ANSWERED = Exchange(
    id="x1",
    request=Request(
        method="POST",
        path="/a%20b",
        query="q=1",
        headers=(("A", "é"), ("A", "2")),
        body=b"\x00\xff",
        operation="POST /a",
        identity=Identity(principal="p", form=Form.TRUNCATED),
    ),
    response=Response(
        status=201, headers=(("B", "2"),), body=b"\xfe{}", reason="OK", size_bytes=3, digest="d"
    ),
    timing=Timing(connected_seconds=0.1, first_byte_seconds=0.2, total_seconds=0.5),
    started=1700000000.25,
    base_url="http://x",
    purpose="a.b",
)
FAILED = Exchange(
    id="x2",
    request=Request(method="GET", path="/"),
    failure=Failure(kind=FailureKind.GARBAGE, says="no HTTP", phase="read", received=b"\x00SSH"),
)
OUTCOME = Outcome(
    check="a.b",
    subject="GET /",
    status=Status.FAIL,
    findings=(
        Finding(
            says="wrong",
            signature="s:1",
            operation="GET /",
            at=Pointer("f.yaml", "/paths/~1"),
            evidence=("x1", "x2"),
            level=Level.WARNING,
            severity=Severity.MINOR,
            confidence=Confidence.LOW,
            detail={"n": [1, None, {"a": 0.5}]},
        ),
        Finding(says="plain", signature="s"),
    ),
    reason="r",
    supply="s",
    attempts=(2, 3),
    requests=4,
    samples=5,
    story=Story(
        title="pay once",
        place="a.arazzo.yaml:3",
        tags=("money",),
        beats=(Beat(step="pay", kind="send", says="POST /", held=False, seen=("is 404",)),),
    ),
)
ENTRY = LedgerEntry(resource="items", path="/items/1", created_by="a.b", state="left", reason="r")


def contract(folder):
    return from_mapping(ITEMS)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "run"
    with Recorder.create(folder, FACTS, PLAN, CARDS) as recorder:
        recorder.exchange(ANSWERED)
        recorder.exchange(FAILED)
        recorder.outcome(OUTCOME)
        recorder.entry(ENTRY)
    return folder


def test_every_noun_comes_back_as_it_was(folder):
    run = read(folder, contract)
    assert run.exchange_ids == ("x1", "x2")
    assert run.exchange("x1") == ANSWERED
    assert run.exchange("x2") == FAILED
    assert run.outcomes == (OUTCOME,)
    assert run.ledger == (ENTRY,)
    assert run.plan == PLAN
    assert run.cards == CARDS
    assert replace(run.facts, finished=0.0) == replace(FACTS, requests=2)
    assert run.facts.finished > 0
    with pytest.raises(KeyError):
        run.exchange("x3")


def test_a_journal_is_closed_when_nobody_holds_its_run_any_more(folder):
    closed = []

    class Connection(sqlite3.Connection):
        def close(self):
            closed.append(self)
            super().close()

    connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=Connection, **k))
        run = read(folder, contract)
    run.exchange("x1")
    assert not closed
    del run
    gc.collect()
    assert len(closed) == 1


def test_what_json_cannot_hold_does_not_end_the_run(tmp_path):
    strange = replace(
        OUTCOME,
        findings=(Finding(says="\ud800", signature="s", detail={"n": 2**70, "d": 1 + 2j}),),
    )
    with Recorder.create(tmp_path / "r", FACTS, PLAN, CARDS) as recorder:
        recorder.outcome(strange)
    (kept,) = read(tmp_path / "r", contract).outcomes
    assert kept.findings[0].says == "?"
    assert kept.findings[0].detail["n"] == str(2**70)


def test_a_long_body_is_cut_with_its_size_and_digest(tmp_path):
    body = b"x" * (256 * 1024)
    with Recorder.create(tmp_path / "r", FACTS, PLAN, CARDS) as recorder:
        for number, held in enumerate((body, body + b"y"), 1):
            response = Response(status=200, body=held)
            recorder.exchange(replace(FAILED, id=f"x{number}", failure=None, response=response))
    run = read(tmp_path / "r", contract)
    whole, cut = run.exchange("x1").response, run.exchange("x2").response
    assert whole.body == body
    assert not whole.cut
    assert cut.body == body
    assert cut.cut
    assert cut.size_bytes == len(body) + 1
    assert len(cut.digest) == 64


KILLED = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.recording import test_journal as t
from msgspec.structs import replace
recorder = t.Recorder.create(Path(sys.argv[1]), t.FACTS, t.PLAN, t.CARDS)
for number in range(1, 501):
    recorder.exchange(replace(t.FAILED, id=f"x{{number}}"))
recorder.outcome(t.OUTCOME)
recorder.entry(replace(t.ENTRY, state="open"))
recorder.exchange(replace(t.FAILED, id="x501"))
print("written", flush=True)
time.sleep(60)
"""


def test_a_killed_run_is_whole_as_far_as_it_got_and_can_go_on(tmp_path):
    folder = tmp_path / "run"
    code = KILLED.format(root=str(ROOT))
    child = subprocess.Popen([sys.executable, "-c", code, folder], stdout=subprocess.PIPE)
    with child:
        assert child.stdout.readline() == b"written\n"
        with pytest.raises(ConfigError, match="another verifier is writing"):
            Recorder.reopen(folder)
        assert len(read(folder, contract).exchange_ids) >= 500
        child.send_signal(signal.SIGKILL)
    run = read(folder, contract)
    assert len(run.exchange_ids) >= 500
    assert run.outcomes == (OUTCOME,)
    assert run.facts.finished == 0.0
    with Recorder.reopen(folder) as recorder:
        assert recorder.exchanges_sent() == len(run.exchange_ids)
        assert recorder.outcomes() == (OUTCOME,)
        assert recorder.entries()[0].state == "open"
        assert recorder.plan == PLAN
        recorder.exchange(replace(FAILED, id="x777"))
    assert read(folder, contract).exchange_ids[-1] == "x777"


def test_outcomes_are_read_in_the_order_of_the_plan_whichever_was_settled_first(tmp_path):
    plan = Plan(
        items=tuple(Planned(check="t.one", subject=name, price=1) for name in "abc"), omitted=()
    )
    with Recorder.create(tmp_path / "run", FACTS, plan, CARDS) as recorder:
        for name in "cab":
            recorder.outcome(replace(OUTCOME, check="t.one", subject=name))
    (tmp_path / "run" / "document").mkdir()
    assert [o.subject for o in read(tmp_path / "run", contract).outcomes] == ["a", "b", "c"]


def test_a_second_writer_is_refused_and_let_in_when_the_first_is_done(folder):
    with Recorder.reopen(folder), pytest.raises(ConfigError, match="another verifier is writing"):
        Recorder.reopen(folder)
    Recorder.reopen(folder).close()


def test_a_second_run_in_the_same_folder_is_refused(folder):
    with pytest.raises(ConfigError, match="holds a run already"):
        Recorder.create(folder, FACTS, PLAN, CARDS)


def use(folder):
    yield lambda: read(folder, contract)
    yield lambda: Recorder.reopen(folder)


def refusals(folder):
    for use_it in use(folder):
        with pytest.raises(ConfigError) as caught:
            use_it()
        assert str(folder) in caught.value.where
        assert caught.value.mend
        yield caught.value.says


def test_no_run_a_newer_run_and_a_damaged_run_are_each_one_clear_error(tmp_path, folder):
    assert {"there is no such run"} == set(refusals(tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()
    path = folder / "journal.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    assert all("newer verifier" in says for says in refusals(folder))
    path.write_bytes(b"this is no journal" * 100)
    assert all("damaged" in says for says in refusals(folder))
    path.write_bytes(b"")
    assert all("damaged" in says for says in refusals(folder))


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE outcomes",
        "DELETE FROM facts WHERE name='plan'",
        "UPDATE facts SET data='{' WHERE name='facts'",
        "UPDATE outcomes SET data='{\"status\": 1}'",
        "UPDATE ledger SET data='[]'",
    ],
)
def test_damage_within_is_one_clear_error_too(folder, damage):
    connection = sqlite3.connect(folder / "journal.sqlite")
    with connection:
        connection.execute(damage)
    connection.close()
    assert all("damaged" in says for says in refusals(folder))


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError) as caught:
        Recorder.create(tmp_path / "file" / "run", FACTS, PLAN, CARDS)
    assert caught.value.mend
