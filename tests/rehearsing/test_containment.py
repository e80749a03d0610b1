"""Whatever a program does, it is bounded, it is told how it ended, and nothing is left running."""

import os
import secrets
import sys
import time
from pathlib import Path

import pytest

from verifier.rehearsing.contained import Bounds, Ending, Lines, Process

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux inherits orphans"
)


@pytest.fixture
def mark() -> str:
    return f"mark-{secrets.token_hex(8)}"


def run(folder: Path, script: str, mark: str, *, seconds: float = 60.0, **bounds) -> Ending:
    process = start(folder, ["sh", "-c", script, mark], **bounds)
    done = process.wait(seconds)
    return process.close("" if done else f"it ran longer than {seconds:g} s")


def start(folder: Path, command: list[str], **bounds) -> Process:
    lines = Lines(secrets={"token": "s3cr3t-token"}, clean=lambda s: s.replace("s3cr3t", "«»"))
    environment = {"PATH": os.environ["PATH"]}
    return Process(
        command,
        folder=folder,
        environment=environment,
        lines=lines,
        bounds=Bounds(**{"grace_seconds": 0.2, **bounds}),
    )


def alive(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if mark in command:
                found.append(command)
    return found


def test_a_program_that_ends_is_told_with_its_code(tmp_path, mark):
    ending = run(tmp_path, "exit 3", mark)
    assert (ending.code, ending.why, ending.left) == (3, "", 0)
    assert not ending.well
    assert run(tmp_path, "exit 0", mark).well


def test_a_program_that_cannot_be_started_says_why(tmp_path):
    process = start(tmp_path, ["no-such-program-anywhere"])
    process.wait(60)
    assert "No such file" in process.close().failed


def test_a_program_that_hangs_and_ignores_signals_is_ended(tmp_path, mark):
    ending = run(tmp_path, "trap '' TERM INT HUP; while :; do sleep 1; done", mark, seconds=0.5)
    assert ending.code is None or ending.code < 0
    assert "longer than 0.5 s" in str(ending)
    assert alive(mark) == []


def test_what_detaches_itself_does_not_survive(tmp_path, mark):
    script = f"setsid sh -c 'sleep 61; : {mark}' & setsid sh -c 'sleep 62; : {mark}' & exit 0"
    ending = run(tmp_path, script, mark)
    assert ending.code == 0
    assert ending.left >= 2
    assert "processes behind" in str(ending)
    assert alive(mark) == []


def test_a_program_that_forks_without_end_is_ended(tmp_path, mark):
    script = f": {mark}; for i in $(seq 300); do sleep 20 & done; wait"  # many, and no more of them
    ending = run(tmp_path, script, mark, processes=40)
    assert "more than 40 processes" in str(ending)
    assert alive(mark) == []


def test_endless_output_is_bounded(tmp_path, mark):
    process = start(tmp_path, ["sh", "-c", "yes " + "x" * 4000, mark], output_bytes=2_000_000)
    assert process.wait(60)
    assert "of output" in str(process.close())
    assert len(process.lines.kept) <= 400


def test_what_is_written_to_disk_is_bounded(tmp_path, mark):
    script = "for i in 1 2 3 4 5; do head -c 900000 /dev/zero > f$i; done; sleep 20"
    ending = run(tmp_path, script, mark, disk_bytes=2_000_000)
    assert "into its folder" in str(ending)
    script = "head -c 9000000 /dev/zero > big; sleep 0"
    run(tmp_path, script, mark, disk_bytes=1_000_000)
    assert (tmp_path / "big").stat().st_size <= 1_000_000


def test_secrets_are_not_kept_and_whoever_says_one_is_known(tmp_path):
    process = start(tmp_path, ["sh", "-c", "echo my s3cr3t-token; echo plain >&2"])
    process.wait(60)
    process.close()
    assert process.lines.leaked == {"token"}
    assert not any("s3cr3t" in line for line in process.lines.kept)
    assert any("plain" in line for line in process.lines.kept)


def test_it_ends_with_whoever_started_it(tmp_path, mark):
    """Even where that one is killed: the keeper sees that nobody holds its input any more."""
    script = (
        "import os, pathlib, sys, time; from verifier.rehearsing.contained import *; "
        f"Process(['sh', '-c', 'setsid sh -c \"sleep 63; : {mark}\" & sleep 64; : {mark}'],"
        " folder=pathlib.Path('.'), environment=dict(os.environ), lines=Lines({}, str),"
        " bounds=Bounds(grace_seconds=0.1)); print('up', flush=True); time.sleep(60)"
    )
    import subprocess

    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as owner:
        assert owner.stdout.readline() == b"up\n"
        until = time.monotonic() + 60
        while len(alive(mark)) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        owner.kill()
    until = time.monotonic() + 60
    while alive(mark) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive(mark) == []
