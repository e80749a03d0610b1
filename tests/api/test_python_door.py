"""The Python door: every public name is there, is documented, and does what its command does."""

import inspect
import json
import subprocess
import sys

import pytest

import verifier
from tests.mapping.contracts import scenario
from tests.mapping.implementations import folder, python
from tests.places import ROOT
from verifier.cli import main
from verifier.mapping.testing import Options
from verifier.model import Standpoint

QUICK = Options(random=5, phases=("random",), rounds=False)
BILLING = ROOT / "specs" / "acme-billing" / "openapi.yaml"
LOST = ROOT / "scenarios" / "acme-billing" / "integrations" / "naive.integration.yaml"


@pytest.fixture(scope="module")
def shop():
    return verifier.open_mapping(scenario("shop"))


def test_the_package_is_the_command_too():
    done = subprocess.run(
        [sys.executable, "-m", "verifier", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("verifier, version ")


@pytest.mark.parametrize("name", verifier.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name):
    found = getattr(verifier, name)
    assert inspect.getdoc(found)
    assert found.__module__.startswith("verifier.")


def test_a_name_that_is_not_public_is_not_there():
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = verifier.nothing_of_the_kind


def test_a_contract_is_checked_as_the_command_checks_it(shop, capsys):
    with pytest.raises(SystemExit):
        main(["map", "check", str(scenario("shop")), "--json"])
    said = json.loads(capsys.readouterr().out)
    found = verifier.check_mapping(shop)
    assert said["effort"]["written"] == found.effort.written > 0
    assert len(said["findings"]) == len(found.findings)


def test_records_become_what_the_command_makes_of_them(shop, capsys):
    file = next((scenario("shop").parent / "samples").glob("*.jsonl"))
    with pytest.raises(SystemExit):
        main(["map", "run", str(scenario("shop")), str(file), "--quiet"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    done = list(verifier.run_mapping(shop, file))
    assert [line["outcome"] for line in lines] == [each.outcome.value for each in done]
    records = [json.loads(line) for line in file.read_text().splitlines()]
    again = [each.outcome for each in verifier.run_mapping(shop, records)]
    assert again == [each.outcome for each in done]


def test_a_function_of_ours_is_held_against_the_contract(shop):
    sound = python("shop", "sound").Mapper
    assert verifier.examine_mapping(shop, sound, options=QUICK).sound
    report = verifier.examine_mapping(shop, lambda record: {}, options=QUICK)
    assert not report.sound
    assert report.implementation.endswith("<lambda>")


def test_a_function_named_by_a_text_runs_in_a_process_of_its_own(shop):
    named = f"{folder('shop') / 'sound.py'}:Mapper"
    report = verifier.examine_mapping(shop, named, options=QUICK)
    assert report.sound
    assert report.implementation == named


def test_what_a_contract_makes_of_an_export_is_the_same_as_the_export(shop, tmp_path):
    pytest.importorskip("duckdb")
    orders = next((scenario("shop").parent / "samples").glob("*.jsonl"))
    made = [each.target for each in verifier.run_mapping(shop, orders) if each.target is not None]
    invoices = tmp_path / "invoices.jsonl"
    invoices.write_text("".join(json.dumps(each, default=str) + "\n" for each in made))
    found = verifier.reconcile(shop, orders, invoices)
    assert found.classes["target"]["linked-equal"] == len(made) > 0


def test_an_integration_is_rehearsed_and_its_report_written(tmp_path):
    seen = []
    done = verifier.rehearse(LOST, only=("lost",), watch=lambda episode, take: seen.append(episode))
    assert done.profile.standpoint("same-key") is Standpoint.BROKEN
    assert "lost" in seen
    kept = verifier.report_rehearsal(done, folder=str(tmp_path / "run"), formats=("json",))
    assert kept.exit_code == 1
    assert kept.files["json"].is_file()


def test_a_folder_may_be_a_text(tmp_path):
    folder = str(tmp_path / "run")
    done = verifier.evaluate(BILLING, folder=folder, formats=("json",))
    assert done.folder == tmp_path / "run"
    assert verifier.report(folder, formats=("markdown",)).files["markdown"].is_file()
