"""A mapping contract answers the question of meaning: silently where it is whole."""

import sys

import pytest

from tests.mapping.contracts import CRM, SHOP, changed, scenario
from verifier.mapping.answering import checks_of
from verifier.mapping.opening import open_mapping
from verifier.model import (
    Correspondence,
    EdgeCases,
    FieldState,
    Level,
    LinkState,
    Losses,
    Missing,
    Question,
    picture_in,
)

ACCUSING = (Level.FAIL, Level.WARNING, Level.REVIEW)


def played(path, aspect, *, test=False):
    """What a check ends with: its findings, or what it lacks."""
    (check,) = (c for c in checks_of(open_mapping(path), test=test) if c.id.endswith(aspect))
    assert check.question is Question.MEANING
    flow = check.run(None, None)
    try:
        asked = next(flow)
    except StopIteration as end:
        return end.value
    assert isinstance(asked, Missing)
    return asked


def accused(findings):
    return [finding for finding in findings if finding.level in ACCUSING]


def pictures(findings):
    return [p for p in (picture_in(finding.detail) for finding in findings) if p is not None]


@pytest.mark.parametrize("name", ["shop", "crm"])
@pytest.mark.parametrize("aspect", ["decided", "losses"])
def test_a_whole_contract_accuses_nobody(name, aspect):
    assert accused(played(scenario(name), aspect)) == []


def test_the_picture_holds_every_field_of_both_sides_and_every_rule():
    (fields,) = pictures(played(SHOP, "decided"))
    assert isinstance(fields, Correspondence)
    assert (len(fields.source), len(fields.links)) == (22, 21)
    states = {field.path: field.state for field in (*fields.source, *fields.target)}
    assert states["gift_wrap"] is FieldState.LEFT
    assert states["LineItems[].AccountCode"] is FieldState.LEFT
    assert states["customer.email"] is FieldState.USED
    links = {link.target: link for link in fields.links}
    assert links["Contact.Name"].sources == ("customer.full_name", "billing.name", "customer.email")
    assert links["Status"].state is LinkState.LOSSY
    assert links["Status"].place.startswith("order-to-invoice.mapping.yaml:")
    assert links["InvoiceNumber"].state is LinkState.SOUND


def test_what_is_open_or_wrong_is_reported_and_marked(tmp_path):
    path = changed(
        tmp_path,
        SHOP,
        ("Reference: {from: note,", 'Reference: {undecided: "what is it for?", from: note,'),
        ("  WeightKg: {from: weight_lb,", "  WeightKg: {from: wait_lb,"),
    )
    findings = played(path, "decided")
    asked = [finding for finding in findings if finding.level is Level.REVIEW]
    assert [finding.ask for finding in asked] == ["Of Reference: what is it for?"]
    assert {f.signature for f in findings if f.level is Level.FAIL} >= {"source-unknown:wait_lb"}
    links = {link.target: link for link in pictures(findings)[0].links}
    assert links["Reference"].state is LinkState.OPEN
    assert links["Reference"].says == "what is it for?"
    assert links["WeightKg"].state is LinkState.WRONG


def test_a_loss_that_nobody_has_signed_asks_who_agrees(tmp_path):
    path = changed(tmp_path, SHOP, (", signed: Head of accounting", ""))
    findings = played(path, "losses")
    (unsigned,) = accused(findings)
    assert unsigned.level is Level.REVIEW
    assert "on_hold becomes DRAFT" in unsigned.ask
    (found,) = pictures(findings)
    assert isinstance(found, Losses)
    signed = {loss.says: loss.signed for loss in pictures(played(CRM, "losses"))[0].rows}
    assert signed["churned becomes disabled, which means more"] == "Head of sales"
    # Whoever is to agree reads what is lost, not only by what.
    lost = {loss.field: loss.says for loss in found.rows}
    assert lost["DueDate"] == "loses something by day in Europe/Paris (time of day)"


def test_a_library_that_is_not_installed_is_asked_for(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "cel_expr_python.cel", None)
    lacking = played(changed(tmp_path, SHOP, ("<= size(", "<= 2 * size(")), "decided")
    assert isinstance(lacking, Missing)
    assert "vendor-verifier[mapping]" in lacking.supply


MARKED = """
import pathlib
pathlib.Path({marker!r}).touch()
def mapper(order):
    raise ValueError("not yet")
"""


def implemented(folder, code):
    (folder / "mine.py").write_text(code)
    return changed(
        folder,
        SHOP,
        ("implementations/sound.py:order_to_invoice", "mine.py:mapper"),
        ("  samples: [samples/orders.jsonl]\n", ""),
    )


def test_nobodys_code_is_run_unasked(tmp_path):
    marker = tmp_path / "was-run"
    path = implemented(tmp_path, MARKED.format(marker=str(marker)))
    lacking = played(path, "implemented")
    assert lacking.supply == "--test-mappings"
    assert not marker.exists()
    findings = played(path, "implemented", test=True)
    assert marker.exists()
    assert any("not yet" in finding.says for finding in accused(findings))


def test_a_tested_implementation_shows_every_edge_case(tmp_path):
    path = implemented(tmp_path, "def mapper(order):\n    return {}\n")
    findings = played(path, "implemented", test=True)
    (cases,) = pictures(findings)
    assert isinstance(cases, EdgeCases)
    assert [case.number for case in cases.cases] == list(range(1, 101))
    states = {case.state for case in cases.cases}
    assert {"found", "not applicable"} <= states
    assert all(case.because for case in cases.cases if case.state == "not applicable")
    # The line of the rule, and the smallest record that shows it.
    number = next(f for f in findings if f.signature.startswith("InvoiceNumber:"))
    assert "order-to-invoice.mapping.yaml:" in number.expected
    assert ", for {" in number.seen
