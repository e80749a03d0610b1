"""Integrations that misbehave: each is bounded, told in clear words, and leaves nothing running."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time

import pytest
import yaml

from tests.journeys.processes import hearing
from tests.places import ROOT
from tests.rehearsing.test_containment import alive
from verifier.model import Standpoint
from verifier.rehearsing import read_integration, rehearse

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux inherits orphans"
)


@pytest.fixture
def mark() -> str:
    return f"mark-{secrets.token_hex(8)}"


def file_for(folder, **subject):
    data = {
        "integration": "it",
        "vendor": str(ROOT / "specs" / "acme-billing"),
        "subject": {"timeout_seconds": 1, **subject},
    }
    file = folder / "it.integration.yaml"
    file.write_text(yaml.safe_dump(data))
    return file


def said_of(folder, **subject) -> str:
    profile = rehearse(read_integration(file_for(folder, **subject)), only=("lost",)).profile
    assert profile.standpoint("baseline") is Standpoint.BROKEN
    assert profile.takes == 1
    return profile.judgements[0].says


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("sleep 50; : MARK", "it ran longer than 1 s"),
        ("trap '' TERM INT HUP; while :; do sleep 1; : MARK; done", "it ran longer than 1 s"),
        ("for i in $(seq 300); do sleep 50 & done; sleep 50; : MARK", "more than 128 processes"),
        ("yes MARK-$(head -c 4000 /dev/zero | tr '\\0' x)", "it "),
        ("setsid sh -c 'sleep 50; : MARK' & exit 0", "asked the vendor nothing"),
        ("kill -SEGV $$$$", "SIGSEGV"),
        ("exit 3", "exit code 3"),
    ],
)
def test_a_command_that_misbehaves_is_bounded(tmp_path, mark, script, says):
    began = time.monotonic()
    patience = 10 if "processes" in says else 1
    command = ["sh", "-c", script.replace("MARK", mark)]
    told = said_of(tmp_path, command=command, timeout_seconds=patience)
    assert says in told
    assert time.monotonic() - began < 45  # and not 50, as without a bound
    assert alive(mark) == []


def test_a_program_that_is_not_there_is_told(tmp_path):
    assert "could not be started: No such file" in said_of(tmp_path, command=["no-such-program"])


def test_a_server_on_a_taken_port_is_told_with_its_last_words(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = f"import socket; socket.create_server(('127.0.0.1', {port}))"
        told = said_of(
            tmp_path,
            serve=[sys.executable, "-c", code],
            ready={"log": "listening", "seconds": 5},
            trigger={"request": "POST http://127.0.0.1:{port}/"},
        )
    assert "Address already in use" in told


def test_a_server_that_never_gets_ready_is_ended(tmp_path, mark):
    told = said_of(
        tmp_path,
        serve=["sh", "-c", f"sleep 50; : {mark}"],
        ready={"url": "http://127.0.0.1:{port}/", "seconds": 0.5},
        trigger={"request": "POST http://127.0.0.1:{port}/"},
    )
    assert "it was not ready within 0.5 s" in told
    assert alive(mark) == []


def test_ctrl_c_ends_everything(tmp_path, mark):
    script = f"setsid sh -c 'sleep 60; : {mark}' & trap '' INT TERM; sleep 60; : {mark}"
    file = file_for(tmp_path, command=["sh", "-c", script], timeout_seconds=60)
    code = "from verifier.cli import main; main()"
    verifier = [sys.executable, "-c", code, "integration", str(file)]
    with subprocess.Popen(
        verifier, cwd=tmp_path, env=dict(os.environ), stderr=-1, preexec_fn=hearing
    ) as running:
        until = time.monotonic() + 60
        while len(alive(mark)) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1]
    assert (running.returncode, b"interrupted" in said) == (130, True)
    assert alive(mark) == []
