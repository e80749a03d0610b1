"""Every mistake that is seeded is found, at its line; the worked examples are silent."""

import pytest

from tests.mapping.analysis.mistakes import MISTAKES
from tests.mapping.contracts import CRM, SHOP, changed, scenario
from verifier.mapping.analysis import Weight, analyse, analysis_rules
from verifier.mapping.opening import open_mapping

WEIGHTS = {code: rule.weight for code, rule in analysis_rules()}


@pytest.mark.parametrize("path", [SHOP, CRM], ids=lambda p: p.parent.name)
def test_nothing_is_found_in_the_worked_examples(path):
    assert analyse(open_mapping(path)).findings == ()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_seeded_mistake_is_found_at_its_line(tmp_path, name):
    mistake = MISTAKES[name]
    path = changed(tmp_path, scenario(mistake.contract), mistake.change, file=mistake.file)
    lines = path.read_text().splitlines()
    found = analyse(open_mapping(path)).findings
    told = [f for f in found if f.code == mistake.code and mistake.line in lines[f.at.line - 1]]
    assert told, [(f.code, str(f.at), f.says) for f in found]
    assert any(f.witness is not None for f in told) or not mistake.witness
    assert all(f.says and f.mend for f in found)
    assert all(f.weight >= WEIGHTS[f.code] for f in found)


def test_every_rule_has_a_seeded_mistake():
    assert {code for code, _ in analysis_rules()} <= {m.code for m in MISTAKES.values()}


def test_what_will_go_wrong_is_an_error(tmp_path):
    mistake = MISTAKES["a required field is forgotten"]
    path = changed(tmp_path, SHOP, mistake.change)
    found = analyse(open_mapping(path))
    assert [finding.code for finding in found.of(Weight.ERROR)][:1] == ["required-target-unmapped"]


def test_a_day_without_a_zone_is_told_once(tmp_path):
    path = changed(tmp_path, SHOP, ("    Date: {kind: date, zone: Europe/Paris}\n", ""))
    found = analyse(open_mapping(path)).findings
    assert [finding.code for finding in found if finding.path == "Date"] == ["zone-undeclared"]
