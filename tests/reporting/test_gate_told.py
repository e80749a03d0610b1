"""What a gate says, and what formats make of a baseline: only what is new is loud."""

import json
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.places import SCHEMAS, needs_schemas
from tests.reporting.sample_run import failing, run
from verifier.judging import judge
from verifier.model import Failing, Gate, Severity, fingerprint
from verifier.reporting import gate_text, render_gate
from verifier.reporting.compose import compose
from verifier.reporting.formats import github, junit, sarif

OLD, NEW = failing("failure.nothing-leaks", "old"), failing("failure.nothing-leaks", "new")
KNOWN = frozenset({fingerprint(OLD.check, OLD.findings[0])})
EVIL = "<script>alert(1)</script>\n::error::x\x1b[2J [a](http://evil.test) @all `x` | y"


def view(known=KNOWN):
    seen = run([OLD, NEW])
    return compose(seen, judge(seen), known=known)


def test_what_is_known_is_annotated_no_more_and_what_is_new_is():
    assert github.write(view()).decode().count("::error") == 1
    assert github.write(view(frozenset())).decode().count("::error") == 2


def test_what_is_known_is_skipped_in_junit_with_the_reason_and_counted_so():
    root = ElementTree.fromstring(junit.write(view()))
    (suite,) = root.findall("testsuite")
    assert (suite.get("failures"), suite.get("skipped")) == ("1", "1")
    (skipped,) = root.iter("skipped")
    assert skipped.get("message").startswith("known, in the baseline")


@needs_schemas
def test_sarif_says_what_is_new_and_stays_valid():
    data = json.loads(sarif.write(view()))
    states = sorted(result["baselineState"] for result in data["runs"][0]["results"])
    assert states == ["new", "unchanged"]
    jsonschema.validate(data, json.loads((SCHEMAS / "sarif-2.1.0.schema.json").read_bytes()))
    (result, *_) = json.loads(sarif.write(view(frozenset())))["runs"][0]["results"]
    assert "baselineState" not in result


def failed(**more):
    given = {"fingerprint": "0" * 16, "check": "a.b", "operation": "GET /a", "signature": "s"}
    return Failing(**{**given, "severity": Severity.MAJOR, "says": "It breaks.", **more})


def test_the_same_kind_at_many_operations_is_told_once():
    many = tuple(failed(operation=f"GET /{n}", fingerprint=f"{n:016x}") for n in range(500))
    text = gate_text(Gate(new=many), "specs/acme")
    assert len(text.splitlines()) < 15
    assert "stopped: 500 new failures" in text
    assert "and at 497 more operations" in text


@pytest.mark.parametrize("verdict", [Gate(), Gate(known=(failed(),), compared=True)])
def test_a_gate_that_passes_says_so_and_names_no_command(verdict):
    text = gate_text(verdict, "specs/acme")
    assert text.startswith("Gate passed")
    assert "verifier waive" not in text


def test_too_little_evidence_is_no_pass_in_words_either():
    assert "Gate passed" not in gate_text(Gate(enough=False, short="nothing was tested"), "x")


def test_words_of_a_vendor_are_no_markup_and_no_command_of_a_workflow(tmp_path):
    gate = Gate(new=(failed(says=EVIL, operation=EVIL, note=EVIL),), notes=(EVIL,))
    render_gate(gate, run([NEW], title=EVIL), tmp_path)
    markdown = (tmp_path / "gate.md").read_text()
    text = gate_text(gate, "x")
    for told in (markdown, text):
        assert "\x1b" not in told
        assert "\n::error" not in told
    assert "<script>" not in _outside_code(markdown)
    assert "](http://evil" not in _outside_code(markdown)
    assert json.loads((tmp_path / "gate.json").read_bytes())["new"]


def _outside_code(markdown):
    """The text that is not fenced as code."""
    lines = []
    for line in markdown.splitlines():
        parts = line.split("``")
        lines.append("".join(parts[::2]))
    return "\n".join(lines)
