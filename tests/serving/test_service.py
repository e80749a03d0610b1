"""A mock as a service: it listens, is controlled, follows its document, and says what was wrong."""

import asyncio
import contextlib
import json
import shutil

import httpx
import pytest

from tests.mocking.directing import NEW, PATIENCE_SECONDS
from tests.places import ROOT
from verifier.errors import ConfigError, UsageError
from verifier.loading.opened import opened_of
from verifier.serving import Assembly, Service, assemble, play_scripts

SAMPLE = ROOT / "specs" / "acme-billing"


@contextlib.asynccontextmanager
async def served(assembly, **more):
    """A service while the block runs, and what it says."""
    mock, redaction = assemble(assembly)
    said, ready = [], asyncio.Event()
    addresses = []

    def at(found):
        addresses.append(found)
        ready.set()

    service = Service(
        mock=mock,
        redaction=redaction,
        ready=at,
        reloaded=lambda paths, error: said.append(([p.name for p in paths], error)),
        **more,
    )
    stopping = asyncio.Event()
    running = asyncio.create_task(service.run(stopping))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        running.result()
    try:
        yield mock, addresses[0], said
    finally:
        stopping.set()
        await running


def test_what_cannot_be_enforced_is_told_while_it_answers(tmp_path):
    media = {"application/x-odd": {"schema": {"type": "string"}}}
    post = {"requestBody": {"content": media}, "responses": {"204": {"description": ""}}}
    document = tmp_path / "odd.json"
    info = {"title": "Odd", "version": "1"}
    paths = {"/odd": {"post": post}, "/even": {"post": {"responses": post["responses"]}}}
    document.write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": paths}))
    told = []

    async def work():
        async with served(Assembly(where=str(document)), surveyed=told.append):
            await until(lambda: told)

    asyncio.run(work())
    assert told == [{"POST /odd": ("a body of application/x-odd is not looked into",)}]


def test_a_document_of_several_files_is_read_to_its_end_before_somebody_asks(tmp_path, monkeypatch):
    monkeypatch.setattr("verifier.serving.service.READ_ON_SECONDS", 0.0)
    body = {"content": {"application/json": {"schema": {"required": ["name"]}}}}
    wrong = {"application/json": {"schema": {"$ref": "deep.json#/Wrong"}}}
    answered = {"204": {"$ref": "more.json#/gone"}, "422": {"description": "", "content": wrong}}
    paths = {"/odd": {"post": {"requestBody": body, "responses": answered}}}
    info = {"title": "Odd", "version": "1"}
    for name, value in (
        ("openapi.json", {"openapi": "3.0.3", "info": info, "paths": paths}),
        ("more.json", {"gone": {"description": "Gone."}}),
        ("deep.json", {"Wrong": {"type": "object", "properties": {"message": {"type": "string"}}}}),
    ):
        (tmp_path / name).write_text(json.dumps(value))

    async def work():
        async with served(Assembly(where=str(tmp_path / "openapi.json"))) as (mock, where, _):
            opened = opened_of(mock.contract.document)
            await until(lambda: len(opened.files.sheets()) == 2)
            for name in ("more.json", "deep.json"):
                (tmp_path / name).unlink()
            async with httpx.AsyncClient(base_url=where.mock) as client:
                assert (await client.post("/odd", json={"name": "x"})).status_code == 204
                refused = await client.post("/odd", json={})
                assert (refused.status_code, list(refused.json())) == (422, ["message"])

    asyncio.run(work())


def client_of(mock, address, as_="full"):
    token = mock.secrets[as_]["token"]
    return httpx.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {token}"})


async def until(condition):
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.02)


def test_it_serves_and_its_control_needs_its_token():
    async def work():
        async with served(Assembly(where=str(SAMPLE)), control_port=0) as (mock, where, _):
            async with client_of(mock, where.mock) as client:
                assert (await client.get("/customers")).status_code == 200
            async with httpx.AsyncClient(base_url=where.control) as control:
                assert (await control.get("/ledger")).status_code == 401
                held = {"Authorization": f"Bearer {where.token}"}
                told = (await control.get("/ledger", headers=held)).json()
                assert told["received"] == 1
                assert where.token not in str(told)

    asyncio.run(work())


def test_without_a_control_port_there_is_no_control():
    async def work():
        async with served(Assembly(where=str(SAMPLE))) as (_, where, _):
            assert (where.control, where.token) == ("", "")

    asyncio.run(work())


def test_a_changed_document_is_followed_and_the_state_is_kept(tmp_path):
    folder = tmp_path / "acme"
    shutil.copytree(SAMPLE, folder)
    document = folder / "openapi.yaml"

    async def work():
        assembly = Assembly(where=str(folder))
        async with (
            served(assembly, watched=assembly) as (mock, where, said),
            client_of(mock, where.mock) as client,
        ):
            made = (await client.post("/customers", json=NEW)).json()
            assert (await client.get("/healthz")).status_code == 404
            text = document.read_text()
            document.write_text(text.replace("  /health:\n", "  /healthz:\n"))
            await until(lambda: said)
            assert said == [(["openapi.yaml"], None)]
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get(f"/customers/{made['id']}")).json() == made

            document.write_text("openapi: [")
            await until(lambda: len(said) == 2)
            assert said[1][1] is not None
            assert (await client.get("/healthz")).status_code == 200

            document.write_text(text)
            await until(lambda: len(said) == 3)
            assert (await client.get("/health")).status_code == 200

    asyncio.run(work())


def test_what_is_no_file_cannot_be_watched():
    async def work():
        assembly = Assembly(where=str(SAMPLE))
        nowhere = Assembly(where="https://api.example.test/openapi.json")
        async with served(assembly, watched=nowhere):
            pass

    with pytest.raises(UsageError, match="only files can be watched"):
        asyncio.run(work())


def test_a_port_that_is_taken_is_told():
    async def work():
        assembly = Assembly(where=str(SAMPLE))
        async with served(assembly) as (_, where, _):
            port = int(where.mock.rpartition(":")[2])
            async with served(assembly, port=port):
                pass

    with pytest.raises(UsageError, match="Choose another port"):
        asyncio.run(work())


def test_scripts_are_read_from_a_file_and_a_slip_is_told(tmp_path):
    path = tmp_path / "scripts.yaml"
    path.write_text("- operation: listCustomers\n  with: {status: 500}\n  times: 2\n")
    mock, _ = assemble(Assembly(where=str(SAMPLE)))
    play_scripts(path, mock)
    assert mock.scripts.told()[0]["with"]["status"] == 500
    for wrong in ("operation: x", "- x", "- [", ""):
        path.write_text(wrong)
        with pytest.raises(ConfigError):
            play_scripts(path, mock)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("status: 503", "It is a setting of the fault: 'with: {status: 503}'."),
        ("time: 2", "Did you mean 'times'?"),
        ("fault: unavailable", "'verifier faults' lists them all."),
    ],
)
def test_a_script_that_cannot_be_played_is_refused_with_its_line(tmp_path, line, says):
    path = tmp_path / "scripts.yaml"
    path.write_text(f"- operation: listCustomers\n\n- operation: listInvoices\n  {line}\n")
    mock, _ = assemble(Assembly(where=str(SAMPLE)))
    with pytest.raises(ConfigError) as told:
        play_scripts(path, mock)
    assert told.value.where.startswith(f"{path}:3")
    assert told.value.mend == says
