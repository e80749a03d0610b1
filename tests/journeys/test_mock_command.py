"""'verifier mock' as somebody meets it who has no account at the vendor yet."""

import contextlib
import json
import re
import subprocess
import sys
import time

import httpx
import pytest

from tests.mocking.directing import NEW
from tests.places import ROOT
from verifier.cli.program import _run

SAMPLE = str(ROOT / "specs" / "acme-billing")


@contextlib.contextmanager
def serving(*arguments):
    """The command, what it says at its start, and at its end what it said on stderr."""
    start = "from verifier.cli import main; main()"
    command = [sys.executable, "-c", start, "mock", *arguments, "--port", "0"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    lines, log = [], []
    try:
        for line in process.stdout:
            lines.append(line)
            if "curl" in line or "--quiet" in arguments:
                break
        yield "".join(lines), log
    finally:
        process.terminate()
        _, told = process.communicate(timeout=10)
        log += told.splitlines()
    assert process.returncode == 0, told


def test_on_every_address_it_says_so_and_gives_one_that_can_be_opened():
    with serving(SAMPLE, "--host", "0.0.0.0") as (table, _):
        assert re.search(r"Listens +on every address of this machine", table)
        url = re.search(r" at (http://127\.0\.0\.1:\d+)", table)[1]
        assert httpx.get(f"{url}/health").status_code < 500
    with serving(SAMPLE) as (table, _):
        assert "Listens" not in table


def test_it_names_at_its_start_what_it_cannot_enforce(tmp_path):
    odd = {"type": "object", "properties": {"x": {"type": "string", "pattern": "(open"}}}
    body = {"content": {"application/json": {"schema": odd}}}
    paths = {
        f"/odd{n}": {"post": {"requestBody": body, "responses": {"204": {"description": ""}}}}
        for n in range(7)
    }
    info = {"title": "Odd", "version": "1"}
    document = tmp_path / "odd.json"
    document.write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": paths}))
    with serving(str(document)) as (table, log):
        url = re.search(r" at (http://\S+)", table)[1]
        for _ in range(len(paths)):
            assert httpx.post(f"{url}/odd0", json={}).status_code == 204
    named = [line for line in log if line.startswith("Not enforced")]
    assert len(named) == 5
    assert "POST /odd0: the body of application/json is checked in part" in named[0]
    assert "'(open' is no expression" in named[0]
    assert any("and 2 more: --explain" in line for line in log)
    with serving(SAMPLE) as (table, log):
        url = re.search(r" at (http://\S+)", table)[1]
        httpx.get(f"{url}/health")
    assert not any("Not enforced" in line for line in log)


def test_it_says_where_it_is_who_may_ask_and_how_and_a_line_for_each_request(tmp_path):
    scripts = tmp_path / "scripts.yaml"
    scripts.write_text("- {operation: createCustomer}\n- {operation: deleteCustomer}\n")
    with serving(SAMPLE, "--script", str(scripts), "--misbehave", "page-repeats") as (table, log):
        url, token = re.search(r"Bearer (\S+)' (http://\S+?)/", table).groups()[::-1]
        for word in ("Acme Billing", "28; 27 keep state", "Idempotency-Key", "/oauth/token"):
            assert word in table
        assert "page-repeats: Every page" in table
        assert re.search(r"reader +mock-reader-\w+", table)
        pair = re.search(r"as the client (\S+), its secret (\S+)", table).groups()
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}) as client:
            assert client.post("/customers", json=NEW).status_code == 503
            assert client.post("/customers", json=NEW).status_code == 201
            assert client.post("/customers", json={}).status_code == 422
        grant = {"grant_type": "client_credentials", "scope": "customers:read"}
        assert httpx.post(f"{url}/oauth/token", data=grant, auth=pair).status_code == 200
        told = httpx.post(f"{url}/oauth/token", data={"grant_type": "magic"}, auth=pair).json()
        assert "'magic'; there are authorization_code, client_cred" in told["error_description"]
    assert re.search(r"503  POST +/customers +createCustomer +full +fault status", log[0])
    assert re.search(r"201  POST .* created customers \w+", log[1])
    assert "lacks the required member 'name'" in log[2]
    assert any("5 requests answered" in line for line in log)
    assert any("never took hold" in line and "deleteCustomer" in line for line in log)
    assert token not in "".join(log)


def test_quiet_says_the_address_alone():
    with serving(SAMPLE, "--quiet") as (table, log):
        url = table.strip()
        assert httpx.get(f"{url}/health").status_code == 200
    assert log == []


def test_it_explains_what_it_will_do_and_serves_nothing(capfd):
    assert _run(["mock", SAMPLE, "--explain"]) == 0
    told = capfd.readouterr().out
    assert "28 operations; 27 keep or tell state" in told
    assert "makes one of 'invoices' (201)" in told
    assert "Everything that the document asks of requests is enforced." in told
    assert _run(["mock", SAMPLE, "--explain", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["stateful"] == sum(one["state"] for one in found["operations"]) == 27


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("mock", "nowhere.yaml"), "nowhere.yaml"),
        (("mock", SAMPLE, "--json"), "--explain"),
        (("mock", SAMPLE, "--misbehave", "page-repeat"), "page-repeats"),
        (("mock", SAMPLE, "--port", "1", "--host", "203.0.113.1"), "another host"),
        (("explain", "latencyy"), "latency"),
    ],
)
def test_a_slip_is_one_message_that_names_the_mend(capfd, arguments, says):
    assert _run(list(arguments)) == 2
    out, err = capfd.readouterr()
    assert says in err
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("latency", 'mock.fail("createInvoice", "latency", seconds=1.0)'),
        ("page-repeats", "verifier mock DOC --misbehave page-repeats"),
        ("delete-keeps", "contract.deleted-is-gone"),
    ],
)
def test_faults_and_misbehaviours_are_explained(capfd, name, says):
    assert _run(["explain", name]) == 0
    assert says in capfd.readouterr().out


def test_a_name_that_means_two_things_is_told_twice(capfd):
    assert _run(["explain", "growth"]) == 0
    told = capfd.readouterr().out
    assert "growth (a fault of the mock)" in told
    assert "growth (an episode of a rehearsal)" in told


def test_the_page_of_reference_is_true(capfd):
    assert _run(["faults", "--markdown"]) == 0
    written = (ROOT / "docs" / "reference" / "faults.md").read_text()
    mend = "verifier faults --markdown > docs/reference/faults.md"
    assert capfd.readouterr().out == written, mend


def test_starting_takes_no_longer_than_a_person_waits():
    began = time.monotonic()
    with serving(SAMPLE, "--quiet"):
        assert time.monotonic() - began < 10
