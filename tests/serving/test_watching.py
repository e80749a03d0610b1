"""What is watched is what a document may consist of, and nothing that is written beside it."""

import asyncio

import pytest

from verifier.serving.watching import Watch


async def told(watch, act, within_seconds):
    """What a watch tells of after something was done; nothing where it stays still."""
    waiting = asyncio.create_task(watch.changed())
    act()
    try:
        async with asyncio.timeout(within_seconds):
            return [path.name for path in await waiting]
    except TimeoutError:
        return []


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "openapi.yaml").write_text("openapi: 3.1.0")
    (tmp_path / "schemas").mkdir()
    run = tmp_path / "reports" / "friday"
    run.mkdir(parents=True)
    (run / "journal.sqlite").touch()
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_a_run_that_is_recorded_below_the_document_is_no_change_of_it(folder):
    def act():
        (folder / "reports" / "friday" / "results.json").write_text("{}")
        (folder / "reports" / "friday" / "exchanges").mkdir()
        (folder / "reports" / "friday" / "exchanges" / "1.json").write_text("{}")
        (folder / ".git" / "index.json").write_text("{}")

    assert asyncio.run(told(Watch([folder]), act, 1.0)) == []


def test_a_schema_in_a_folder_below_is_a_part_of_it(folder):
    def act():
        (folder / "schemas" / "thing.yaml").write_text("type: object")

    assert asyncio.run(told(Watch([folder / "openapi.yaml"]), act, 30)) == ["thing.yaml"]
