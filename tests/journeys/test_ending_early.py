"""A run that ends before its plan did: nothing is lost, nothing stays, and it can go on."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.processes import SAMPLE, ended, run, start, vendor
from verifier import pipeline, recording
from verifier.model import Status

CHECKS = ("--check", "contract.created-is-readable", "--check", "contract.update-is-visible")
LIVE = ("--principal", "me=bearer:env:TOKEN", "--allow-writes", "--rate", "0")
WINDOWS = sys.platform == "win32"
# What is being created when a run is killed is in no ledger: here only one answer is waited for,
# and nothing is removed before the clean-up begins.
ALONE = "{concurrency: 1}"

pytestmark = pytest.mark.skipif(WINDOWS, reason="signals are sent as POSIX has them")


@pytest.fixture
def sold():
    with vendor() as made:
        yield made


def begin(sold, folder, *more, limits="{}", ignoring=()):
    """An evaluation that has created something and waits for an answer."""
    counted = []

    def later(incoming):
        counted.append(incoming.method == "POST")
        return sum(counted) > 4 and incoming.method == "GET"

    sold.hold(later)
    profile = folder / "vendor.yaml"
    profile.write_text(f"document: {SAMPLE}\nlimits: {limits}\n")
    arguments = ("evaluate", profile, "--base-url", sold.url, *LIVE, *CHECKS, "--output", "run")
    process = start(*arguments, *more, cwd=folder, ignoring=ignoring, TOKEN=sold.secret)
    assert sold.held.wait(30), ended(process, signal.SIGKILL).said
    return process


def kept(folder):
    journal = recording.Recorder.reopen(folder / "run")
    try:
        return journal.outcomes(), journal.exchanges_sent(), journal.entries()
    finally:
        journal.close()


def lasting(entries):
    """What is still there of what could be removed."""
    return [e for e in entries if e.state != "removed" and e.resource != "payments"]


def test_a_killed_run_is_rendered_as_far_as_it_got_and_goes_on(sold, tmp_path):
    before = sold.things()
    ended(begin(sold, tmp_path, limits=ALONE), signal.SIGKILL)
    sold.go.set()
    known, sent, entries = kept(tmp_path)
    settled = [outcome for outcome in known if outcome.requests]
    assert settled
    assert {entry.state for entry in entries} == {"open"}
    assert sold.things() != before

    rendered = run("report", "run", cwd=tmp_path)
    assert rendered.code == 0
    page = (tmp_path / "run" / "index.html").read_text()
    assert "not finished" in page
    assert "Left behind" in rendered.out
    assert rendered.out.count("curl -i -X DELETE") == len(lasting(entries))

    asked = len(sold.asked)
    resumed = run("evaluate", "--resume", "run", cwd=tmp_path, TOKEN=sold.secret)
    assert resumed.code == 0, resumed.said
    assert sold.things() == before
    now = recording.read(tmp_path / "run", pipeline.loading.load)
    again = {now.exchange(id).purpose for id in now.exchange_ids[sent:]}
    unsettled = {o.check for o in now.outcomes if o not in known and o.requests}
    assert again <= unsettled | {"clean-up", "is anybody there?", "cases"}
    assert set(known) <= set(now.outcomes)
    assert len(sold.asked) - asked == len(now.exchange_ids) - sent
    assert all(outcome.status is not Status.ERRORED for outcome in now.outcomes)


def test_a_resumed_run_says_the_same_as_one_that_was_left_alone(sold, tmp_path):
    ended(begin(sold, tmp_path, limits=ALONE), signal.SIGKILL)
    sold.go.set()
    run("evaluate", "--resume", "run", cwd=tmp_path, TOKEN=sold.secret)
    whole = ("evaluate", SAMPLE, "--base-url", sold.url, *LIVE, *CHECKS, "--output", "whole")
    run(*whole, cwd=tmp_path, TOKEN=sold.secret)

    def said(name):
        outcomes = recording.read(tmp_path / name, pipeline.loading.load).outcomes
        return {(o.check, o.subject, o.status) for o in outcomes}

    assert said("run") == said("whole")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_a_run_ends_it_cleanly(sold, tmp_path, how):
    before = sold.things()
    process = begin(sold, tmp_path)
    assert sold.things() != before
    over = ended(process, how)
    assert over.code == 130
    assert over.err.strip().startswith("verifier: interrupted")
    assert sold.things() == before
    _, _, entries = kept(tmp_path)
    assert lasting(entries) == []
    assert (tmp_path / "run" / "index.html").is_file()
    assert "run/index.html" in over.err
    assert "verifier evaluate --resume run" in over.err
    assert not list((tmp_path / "run").glob("*-wal"))


def test_a_run_in_the_background_that_ctrl_c_passes_by_is_ended_as_cleanly(sold, tmp_path):
    before = sold.things()
    process = begin(sold, tmp_path, ignoring=[signal.SIGINT])
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    over = ended(process, signal.SIGTERM)
    assert over.code == 130
    assert sold.things() == before
    assert (tmp_path / "run" / "index.html").is_file()


def test_what_cannot_be_removed_is_listed_with_the_call_that_would(sold, tmp_path):
    sold.refuse(lambda incoming: incoming.method == "DELETE")
    over = ended(begin(sold, tmp_path), signal.SIGINT)
    assert over.code == 130
    _, _, entries = kept(tmp_path)
    refused = [entry for entry in entries if entry.reason == "DELETE answered 403"]
    assert refused == lasting(entries)
    calls = re.findall(r"curl -i -X DELETE .*", over.err)
    assert len(calls) == len(refused) > 0
    assert sold.url in calls[0]
    assert '"$VERIFIER_ME"' in calls[0]
    assert sold.secret not in over.said
    # The calls work as they stand.
    sold.refuse(lambda incoming: False)
    for call in calls:
        environment = {**os.environ, "VERIFIER_ME": sold.secret}
        done = subprocess.run(["sh", "-c", call], capture_output=True, text=True, env=environment)
        assert " 204 " in done.stdout.partition("\n")[0] + " "


def test_ctrl_c_twice_ends_at_once_and_lists_what_was_not_removed(sold, tmp_path):
    process = begin(sold, tmp_path, limits=ALONE)
    sold.hold(lambda incoming: incoming.method == "DELETE")
    process.send_signal(signal.SIGINT)
    assert sold.held.wait(30)
    over = ended(process, signal.SIGINT)
    assert over.code == 130
    assert "the clean-up was interrupted" in over.err
    assert "curl -i -X DELETE" in over.err


def test_a_run_that_had_not_asked_anything_leaves_nothing(sold, tmp_path):
    sold.hold(lambda incoming: True)
    arguments = ("evaluate", SAMPLE, "--base-url", sold.url, *LIVE, "--output", "run")
    process = start(*arguments, cwd=tmp_path)
    assert sold.held.wait(30)
    assert ended(process, signal.SIGINT).code == 130
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of its own that is soon full; whoever may not mount one skips."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=1200k", "tmpfs", disk]
    if mount is None or subprocess.run([mount, *options], capture_output=True).returncode:
        pytest.skip("a small file system can only be mounted by root")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk_is_one_message_and_nothing_is_lost(sold, tmp_path, tiny_disk):
    before = sold.things()
    arguments = ("evaluate", SAMPLE, "--base-url", sold.url, *LIVE, "--output", tiny_disk / "run")
    over = run(*arguments, cwd=tmp_path, TOKEN=sold.secret)
    assert over.code == 2
    assert "cannot be recorded any further" in over.err
    assert "disk full" in over.err
    assert f"--resume {tiny_disk}/run" in over.err
    assert sold.things() == before
    # Every answer that came is kept, and so is what was removed.
    shutil.copytree(tiny_disk / "run", tmp_path / "saved")
    journal = recording.Recorder.reopen(tmp_path / "saved")
    # Reads that were under way beside the one that met the full disk were cut off.
    assert 0 <= len(sold.asked) - journal.exchanges_sent() < 8
    assert lasting(journal.entries()) == []
    journal.close()


def test_a_disk_that_is_full_from_the_beginning_is_said_at_once(sold, tmp_path, tiny_disk):
    Path(tiny_disk, "ballast").write_bytes(b"x" * 1_100_000)
    arguments = ("evaluate", SAMPLE, "--base-url", sold.url, *LIVE, "--output", tiny_disk / "run")
    over = run(*arguments, cwd=tmp_path, TOKEN=sold.secret)
    assert over.code == 2
    assert "disk full" in over.err
    assert sold.asked == []
    assert not (tiny_disk / "run").exists()


@pytest.mark.parametrize("asked", [["checks"], ["inspect", SAMPLE], ["--help"]])
def test_whoever_stops_reading_is_told_of_no_findings(tmp_path, asked):
    process = start(*asked, cwd=tmp_path)
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (141, "")
    process.stderr.close()
