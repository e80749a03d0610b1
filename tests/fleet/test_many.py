"""A folder of vendors: each for itself, a few at a time, and remembered once."""

import json
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.fleet.vendors import FEW, served, workspace
from tests.journeys.processes import ended, inside, run, start
from tests.places import ROOT
from verifier.fleet import Ended, exit_code
from verifier.runs.assignment import Assignment
from verifier.runs.history import open_history


def remembered(folder):
    with open_history(folder / "reports" / "history.sqlite") as history:
        return sorted(record.vendor for record in history.records())


def test_every_vendor_of_a_folder_is_evaluated_and_a_broken_one_fails_alone(tmp_path):
    workspace(tmp_path, ["one", "two", "broken"])
    (tmp_path / "specs" / "notes").mkdir()
    found = run("evaluate", "specs", "--mock", *FEW, cwd=tmp_path)
    assert found.err.startswith("broken: specs/broken/openapi.yaml:2:1: The YAML is broken")
    assert sorted(line.split()[0] for line in found.out.splitlines()[:2]) == ["one", "two"]
    assert "2 of 3 vendors evaluated: reports/index.html" in found.out
    assert found.code == 2
    assert remembered(tmp_path) == ["one", "two"]
    page = (tmp_path / "reports" / "index.html").read_text()
    assert "one" in page
    assert "two" in page


def test_what_holds_for_one_vendor_only_is_refused(tmp_path):
    workspace(tmp_path, ["one"])
    found = inside("evaluate", "specs", "--base-url", "http://x", cwd=tmp_path)
    assert (found.code, "--base-url is one vendor's own" in found.err) == (2, True)
    found = inside("evaluate", "specs/one", "--cluster", "local", cwd=tmp_path)
    assert (found.code, "name the folder above them" in found.err) == (2, True)


def test_ctrl_c_ends_all_of_them_gently_and_says_how_to_go_on(tmp_path):
    with served(pause=0.5) as server:
        workspace(tmp_path, ["one", "two", "three"], server.url)
        process = start("evaluate", "specs", "--at-once", "2", *FEW, cwd=tmp_path)
        until(lambda: len(server.asked) > 20)
        stopped = ended(process, signal.SIGINT)
    assert stopped.code == 130
    assert stopped.err.count("--resume") >= 1
    assert "interrupted before it began" in stopped.err
    assert children() == []


def test_a_vendor_whose_process_is_killed_fails_alone(tmp_path):
    with served(pause=0.3) as server:
        workspace(tmp_path, ["one", "two"], server.url)
        process = start("evaluate", "specs", *FEW, cwd=tmp_path)
        until(lambda: len(server.asked) >= 2)
        victim = psutil.Process(process.pid).children()[0]
        victim.kill()
        server.pause = 0.0
        found = ended(process)
    assert "its process died (-9)" in found.err
    assert "1 of 2 vendors evaluated" in found.out
    assert found.code == 5


def test_a_run_ends_when_whoever_ordered_it_is_gone(tmp_path):
    with served(pause=0.5) as server:
        workspace(tmp_path, ["one"], server.url)
        process = start("evaluate", "specs", *FEW, cwd=tmp_path)
        until(lambda: len(server.asked) > 10)
        child = psutil.Process(process.pid).children()[0]
        process.kill()
        process.communicate()
        child.wait(20)
    assert next(tmp_path.glob("reports/one/*/record.json")).is_file()


@pytest.mark.parametrize(
    ("codes", "worst"),
    [([], 0), ([0, 0], 0), ([0, 3], 3), ([3, 2], 2), ([2, 5], 5), ([5, 1, 3], 1)],
)
def test_the_worst_decides_the_exit_code(codes, worst):
    assert exit_code(Ended(name="x", code=code) for code in codes) == worst


def test_an_order_is_answered_in_one_line_whatever_else_is_printed(tmp_path):
    order = json.dumps(Assignment(where="nowhere.yaml").as_data())
    code = "import verifier.fleet.single as s; s.main(); print('more')"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
    ) as process:
        process.stdin.write(order + "\n")
        process.stdin.flush()
        said = process.stdout.read()
    assert json.loads(said)["code"] == 2


def children():
    mine = psutil.Process().children(recursive=True)
    return [one for one in mine if "verifier.fleet.single" in " ".join(one.cmdline())]


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
