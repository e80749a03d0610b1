"""Looks on real worker processes: one is killed, others take over, nothing is told twice."""

import json
import signal
import tempfile
import threading
from pathlib import Path

import pytest

from tests.diffing.editing import ABSENT, SMALL, edited
from tests.fleet.machines import Machines, until
from tests.journeys.processes import inside, run
from tests.watching.servers import documents, postgres

NAMES = [f"v{number}" for number in range(4)]
BROKEN = edited(("/paths/~1items/get", ABSENT))
DEMANDING = edited(("/paths/~1items/post/requestBody/required", True), base=BROKEN)


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    found = Machines(tmp_path_factory.mktemp("machines"))
    yield found
    found.end()


@pytest.fixture(scope="module")
def database():
    # The path of a socket has at most some hundred characters.
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as address:
        yield address


@pytest.fixture
def vendors():
    with documents(dict.fromkeys(NAMES, SMALL)) as server:
        yield server


@pytest.fixture
def specs(tmp_path, vendors):
    named = {name: {"document": f"{vendors.url}/{name}.json"} for name in NAMES}
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "watch.yaml").write_text(json.dumps({"vendors": named}))
    return tmp_path / "specs"


def told(specs):
    return sorted(path.name.split("-")[3] for path in specs.glob("announcements/*changed*.md"))


def killing(server, worker):
    """Kill a worker as soon as a document is being fetched."""
    asked = len(server.asked)

    def wait():
        until(lambda: len(server.asked) > asked)
        worker.send_signal(signal.SIGKILL)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_a_worker_is_killed_and_its_vendors_are_looked_at_elsewhere_once(machines, vendors, specs):
    given = ("watch", "specs", "--cluster", machines.address)
    assert run(*given, cwd=specs.parent).out.startswith(
        f"No news of {len(NAMES)} vendors, looked at"
    )
    vendors.documents = dict.fromkeys(NAMES, BROKEN)
    vendors.pause = 0.3
    killer = killing(vendors, machines.workers[0])
    found = run(*given, cwd=specs.parent)
    killer.join()
    machines.workers[0].wait()
    machines.workers[0] = machines.started()
    assert (found.code, found.err) == (1, "")
    assert told(specs) == NAMES
    # Without the cluster the same memory goes on where it was.
    vendors.documents, vendors.pause = {**vendors.documents, "v3": DEMANDING}, 0.0
    alone = run("watch", "specs", cwd=specs.parent)
    assert alone.out.splitlines()[0] == "breaking v3: the document changed: 1 breaking, 1 harmless"
    assert len(told(specs)) == len(NAMES) + 1


def test_with_its_memory_in_postgresql_another_machine_goes_on(
    machines, vendors, specs, database, tmp_path
):
    state = ("--state", database)
    first = run("watch", "specs", *state, "--cluster", machines.address, cwd=specs.parent)
    assert first.out.startswith(f"No news of {len(NAMES)} vendors, looked at"), first.err
    other = tmp_path / "elsewhere" / "specs"
    other.mkdir(parents=True)
    (other / "watch.yaml").write_text((specs / "watch.yaml").read_text())
    vendors.documents = {**vendors.documents, "v1": BROKEN}
    second = run("watch", "specs", *state, cwd=other.parent)
    assert second.code == 1, second.err
    assert second.out.splitlines()[1] == "         breaking: GET /items is gone."


def test_a_second_watcher_on_the_same_database_is_refused(vendors, specs, database):
    from verifier.watching.store import open_store

    with open_store(database):
        found = inside("watch", "specs", "--state", database, cwd=specs.parent)
    assert found.code == 2
    assert "another watcher is at work" in found.err


def test_a_database_that_is_lost_is_said_in_a_line_and_no_fault_of_ours(database):
    from sqlalchemy import create_engine, text

    from verifier.errors import ConfigError
    from verifier.watching.store import open_store

    engine = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"

    def lose():
        with open_store(database) as store, engine.connect() as other:
            store.keep_fact("seen", 1)
            other.execute(text(ended + " AND backend_type = 'client backend'"))
            store.fact("seen")

    with pytest.raises(ConfigError, match="the database was lost") as caught:
        lose()
    assert "Restart=always" in caught.value.mend
    engine.dispose()
    with open_store(database) as store:  # the lock went with the connection
        assert store.fact("seen") == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--state", "mysql://u:hunter2@h/n"], "cannot be kept in 'mysql'"),
        (["--state", "postgresql://u:hunter2@127.0.0.1:1/n"], "cannot be used"),
        (["--cluster", "nowhere"], "'nowhere' is no cluster"),
    ],
)
def test_what_cannot_be_reached_or_meant_is_said_without_secrets(specs, options, says):
    found = inside("watch", "specs", *options, cwd=specs.parent)
    assert found.code == 2
    assert says in found.err
    assert "hunter2" not in found.said
