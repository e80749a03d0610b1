"""Many vendors on real worker processes: one is killed, its vendors are asked elsewhere."""

import logging
import signal
import threading

import pytest

from tests.fleet.machines import Machines, until
from tests.fleet.vendors import FEW, served, workspace
from tests.journeys.processes import run
from verifier.errors import ConfigError
from verifier.fleet.joining import joined
from verifier.fleet.parcels import packed, unpacked
from verifier.runs.history import open_history

NAMES = ["one", "two", "three"]


def test_a_worker_is_killed_and_its_vendor_is_evaluated_by_another_and_remembered_once(tmp_path):
    machines = Machines(tmp_path / "machines")
    try:
        with served(pause=0.3) as server:
            workspace(tmp_path, [*NAMES, "broken"], server.url)
            (tmp_path / "specs" / "broken" / "vendor.yaml").unlink()

            def kill():
                until(lambda: server.asked)
                machines.workers[0].send_signal(signal.SIGKILL)
                server.pause = 0.0

            killer = threading.Thread(target=kill)
            killer.start()
            found = run("evaluate", "specs", "--cluster", machines.address, *FEW, cwd=tmp_path)
            killer.join()
    finally:
        machines.end()
    assert f"{len(NAMES)} of {len(NAMES) + 1} vendors evaluated" in found.out, found.err
    assert found.err.startswith("broken: specs/broken/openapi.yaml:2:1")
    with open_history(tmp_path / "reports" / "history.sqlite") as history:
        assert sorted(record.vendor for record in history.records()) == sorted(NAMES)
    # What came home is a run like any other: it can be shown again, and says where its document is.
    folder = next((tmp_path / "reports" / "one").iterdir())
    again = run("report", folder, "--format", "json", cwd=tmp_path)
    assert again.code in (0, 3)
    assert '"specs/one/openapi.yaml"' in (folder / "results.json").read_text()


def test_dask_s_own_words_about_a_lost_worker_are_not_heard_and_its_errors_are(tmp_path):
    log, heard = logging.getLogger("distributed.client"), []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())
    machines = Machines(tmp_path / "machines")
    try:
        with joined(machines.address):
            log.addHandler(handler)
            log.warning("Couldn't gather 1 keys, rescheduling")
            log.error("the scheduler is gone")
        log.warning("nobody is joined any more")
    finally:
        log.removeHandler(handler)
        machines.end()
    assert heard == ["the scheduler is gone", "nobody is joined any more"]


def test_what_travels_is_bounded_and_must_be_whole(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("x" * 100)
    parcel = packed(tmp_path, [tmp_path / "a"])
    unpacked(parcel, tmp_path / "b")
    assert (tmp_path / "b" / "a" / "x").read_text() == "x" * 100
    with pytest.raises(ConfigError, match="spoilt"):
        unpacked(parcel[:50], tmp_path / "c")
    monkeypatch.setattr("verifier.fleet.parcels.LARGEST_BYTES", 10)
    with pytest.raises(ConfigError, match="to send"):
        packed(tmp_path, [tmp_path / "a"])
    with pytest.raises(ConfigError, match="too much"):
        unpacked(parcel, tmp_path / "c")
