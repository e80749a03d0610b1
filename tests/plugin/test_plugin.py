"""The pytest plugin, proved by running pytest in a folder of its own."""

import json
import shutil

import pytest

from tests.places import ROOT
from verifier import discovery, mocking, pytest_items, rehearsing
from verifier.api import serving
from verifier.jobs import passage
from verifier.runs.assignment import Assignment

pytest_plugins = ["pytester"]

# In this process pytester forgets what an inner session imported, and a class must not be two:
# all that is found by walking folders is found before.
KEPT = (
    serving,
    pytest_items,
    rehearsing,
    discovery.checks(),
    mocking.known(),
    mocking.known_faults(),
)

QUIET = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:schemathesis")
NOTE = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "text": {"type": "string", "maxLength": 40},
    },
}


def told(schema, **more):
    return {"description": "So.", "content": {"application/json": {"schema": schema}}, **more}


DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Notes", "version": "1"},
    "paths": {
        "/notes": {
            "get": {
                "operationId": "listNotes",
                "responses": {"200": told({"type": "array", "items": NOTE})},
            },
            "post": {
                "operationId": "createNote",
                "requestBody": told(NOTE, required=True),
                "responses": {"201": told(NOTE), "400": {"description": "No."}},
            },
        }
    },
}


@pytest.fixture
def folder(pytester):
    """A vendor's folder, and nothing else."""
    made = pytester.path / "specs/notes"
    made.mkdir(parents=True)
    (made / "openapi.yaml").write_text(json.dumps(DOCUMENT))
    (made / "vendor.yaml").write_text("name: notes\n")
    return pytester


def counted(result):
    return {k: v for k, v in result.parseoutcomes().items() if k not in ("seconds", "deselected")}


def test_it_costs_nothing_as_long_as_nobody_uses_it(pytester):
    pytester.makepyfile(
        """
        import sys

        def test_nothing_of_ours_is_there():
            ours = {name for name in sys.modules if name.split(".")[0] == "verifier"}
            assert ours == {"verifier", "verifier.pytest_plugin"}
        """
    )
    result = pytester.runpytest_subprocess(*QUIET)
    assert counted(result) == {"passed": 1}


def test_what_lies_about_is_not_collected(folder):
    (folder.path / "scenario.arazzo.yaml").write_text("arazzo: 1.0.1\n")
    (folder.path / "sync.integration.yaml").write_text("integration: sync\n")
    assert counted(folder.runpytest_inprocess(*QUIET, "--collect-only")) == {}


def test_each_check_and_operation_of_a_plan_is_an_item_that_passes_where_the_vendor_is_sound(
    folder,
):
    result = folder.runpytest_inprocess(
        *QUIET, "-v", "specs/notes/vendor.yaml", "-k", "status-documented"
    )
    assert counted(result) == {"passed": 2}
    result.stdout.fnmatch_lines(
        [
            "*vendor.yaml::contract.status-documented[[]GET /notes[]] PASSED*",
            "verifier: *index.html",
        ]
    )


def test_a_defect_fails_its_items_with_what_was_seen_and_no_traceback(folder):
    result = folder.runpytest_inprocess(
        *QUIET, "specs/notes/vendor.yaml", "--vendor-misbehave", "leaks-stack-trace", "-k", "leaks"
    )
    assert result.ret == 1
    text = result.stdout.str()
    assert "Its 400 shows a stack trace." in text
    assert "verifier explain failure.nothing-leaks" in text
    assert "pytest_items" not in text


def test_what_the_baseline_knows_is_expected_to_fail(folder):
    given = ("specs/notes/vendor.yaml", "--vendor-misbehave", "leaks-stack-trace", "-k", "leaks")
    first = folder.runpytest_inprocess(*QUIET, *given)
    failed = counted(first)["failed"]
    order = Assignment(
        where="specs/notes",
        mock=True,
        misbehave=("leaks-stack-trace",),
        only=("failure.nothing-leaks",),
        folder=folder.path / "run",
    )
    passage.gate(order, update=True, confirm=False)
    again = counted(folder.runpytest_inprocess(*QUIET, *given))
    assert again.get("failed", 0) == 0
    assert again["xfailed"] == failed


def test_an_item_that_was_not_tested_is_skipped_with_what_to_give(folder):
    vendor = folder.path / "specs/notes/vendor.yaml"
    result = folder.runpytest_inprocess(*QUIET, vendor, "-rs", "--vendor-budget", "1")
    assert "SKIPPED" in result.stdout.str()
    assert "not tested" in result.stdout.str()


def test_the_items_are_shared_out_by_xdist_and_the_vendor_is_evaluated_once(folder):
    arguments = (*QUIET, "-n", "2", "specs/notes/vendor.yaml", "--junitxml=junit.xml")
    result = folder.runpytest_subprocess(*arguments, "-k", "document-valid or documented-well")
    assert counted(result) == {"passed": 2}
    assert len(list((folder.path / "reports/notes").iterdir())) == 1
    assert "document-valid[vendor]" in (folder.path / "junit.xml").read_text()


def test_each_property_that_an_episode_shows_is_an_item_of_an_integration(pytester):
    shutil.copytree(ROOT / "specs/acme-billing", pytester.path / "specs/acme-billing")
    shutil.copytree(ROOT / "scenarios/acme-billing", pytester.path / "scenarios/acme-billing")
    naive = "scenarios/acme-billing/integrations/naive.integration.yaml"
    chosen = "lost and (same-key or nothing-lost) or baseline"
    result = pytester.runpytest_inprocess(*QUIET, "-v", naive, "-k", chosen)
    told = result.stdout.str()
    assert "naive.integration.yaml::integration.baseline[calm] PASSED" in told
    assert "naive.integration.yaml::integration.same-key[lost] FAILED" in told
    assert "verifier explain integration.same-key" in told
    assert "reports/naive.integration.yaml/pytest-" in told


def test_an_integration_that_cannot_be_read_is_one_message(folder):
    (folder.path / "sync.integration.yaml").write_text("integration: sync\nvendr: specs/notes\n")
    result = folder.runpytest_inprocess(*QUIET, "sync.integration.yaml")
    assert result.ret == 2
    assert "Did you mean 'vendor'?" in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


def test_a_vendor_that_cannot_be_read_is_one_message(folder):
    (folder.path / "specs/notes/vendor.yaml").write_text("nmae: notes\n")
    result = folder.runpytest_inprocess(*QUIET, "specs/notes/vendor.yaml")
    assert result.ret == 2
    text = result.stdout.str()
    assert "Did you mean 'name'?" in text
    assert "Traceback" not in text


def test_workflows_of_a_scenario_are_items(pytester):
    for kind in ("specs", "scenarios"):
        shutil.copytree(ROOT / kind / "acme-billing", pytester.path / kind / "acme-billing")
    path = "scenarios/acme-billing/limits.arazzo.yaml"
    result = pytester.runpytest_inprocess(*QUIET, "-v", path)
    assert result.ret == 0
    assert counted(result)["passed"] >= 1
    result.stdout.fnmatch_lines(["*limits.arazzo.yaml::scenario.limits.*PASSED*"])


CLIENT = """
import httpx

def bill(client, base):
    for _ in range(3):
        answer = client.post(f"{base}/notes", json={"text": "hello"})
        if answer.status_code < 500:
            return answer
    raise RuntimeError("gave up")
"""


def test_a_client_is_tested_against_a_mock_that_fails(folder):
    folder.makepyfile(client=CLIENT)
    folder.makepyfile(
        """
        import httpx, pytest, respx
        from client import bill

        def test_it_tries_again(mock_vendor):
            mock_vendor.fail("createNote", times=2, status=503)
            with httpx.Client() as client:
                assert bill(client, mock_vendor.url).status_code == 201
            assert len(mock_vendor.ledger.effects("createNote")) == 1

        def test_it_gives_up(mock_vendor):
            mock_vendor.fail("createNote", times=3, status=503)
            with pytest.raises(RuntimeError):
                bill(httpx.Client(transport=mock_vendor.transport()), "http://vendor.test")

        @respx.mock
        def test_respx_leads_to_it(mock_vendor):
            inside = mock_vendor.transport()
            respx.route(host="api.vendor.test").mock(side_effect=inside.handle_request)
            mock_vendor.fail("createNote", times=1, status=503)
            with httpx.Client() as client:
                assert bill(client, "https://api.vendor.test").status_code == 201

        @pytest.mark.mock_vendor("specs/notes/openapi.yaml", seed=7)
        def test_a_mark_names_another_vendor(mock_vendor):
            assert mock_vendor.contract.title == "Notes"

        def test_it_is_fresh_for_each_test(mock_vendor):
            assert mock_vendor.ledger.effects("createNote") == []

        def test_the_vendor_itself(vendor):
            assert vendor.name == "notes"
        """
    )
    result = folder.runpytest_inprocess(*QUIET, "--vendor", "specs/notes")
    assert counted(result) == {"passed": 6}


def test_a_fault_that_never_took_hold_fails_the_test(folder):
    folder.makepyfile(
        """
        def test_nothing_is_asked(mock_vendor):
            mock_vendor.fail("createNote", times=2, status=503)
        """
    )
    result = folder.runpytest_inprocess(*QUIET, "--vendor", "specs/notes")
    assert counted(result) == {"passed": 1, "errors": 1}
    assert "never took hold" in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_a_document_that_is_not_there_is_one_message(folder):
    folder.makepyfile(
        """
        import pytest

        @pytest.mark.mock_vendor("nowhere.yaml")
        def test_nothing(mock_vendor):
            pass
        """
    )
    result = folder.runpytest_inprocess(*QUIET)
    assert counted(result) == {"errors": 1}
    result.stdout.fnmatch_lines(["nowhere.yaml: There is no such file or folder"])
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_without_a_vendor_the_fixtures_say_how_to_name_one(pytester):
    pytester.makepyfile("def test_it(mock_vendor): ...")
    result = pytester.runpytest_inprocess(*QUIET)
    assert counted(result) == {"errors": 1}
    assert "--vendor DOC" in result.stdout.str()


def test_the_configuration_names_the_vendor(folder):
    folder.makeini("[pytest]\nvendor = specs/notes\n")
    folder.makepyfile("def test_it(mock_vendor): assert mock_vendor.url")
    assert counted(folder.runpytest_inprocess(*QUIET)) == {"passed": 1}
