"""A rehearsal judges an integration by what it sent and what was left."""

from pathlib import Path

import pytest

from tests.places import ROOT
from verifier.model import Standpoint
from verifier.rehearsing import read_integration, rehearse

SAMPLES = ROOT / "scenarios" / "acme-billing" / "integrations"


def profile_of(file: Path, *only: str):
    return rehearse(read_integration(file), only=only).profile


def test_the_sound_sample_survives_a_lost_answer():
    profile = profile_of(SAMPLES / "sound.integration.yaml", "lost")
    assert profile.broken == ()
    assert profile.standpoint("same-key") is Standpoint.HELD


def test_the_naive_sample_writes_an_invoice_twice():
    profile = profile_of(SAMPLES / "naive.integration.yaml", "lost")
    assert {one.property for one in profile.broken} == {"effects-exact", "same-key"}
    said = next(one for one in profile.broken if one.property == "effects-exact")
    assert "A-1001 2 times" in said.says
    assert said.picture is not None
    assert any("no answer" in attempt.answer for attempt in said.picture.attempts)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "orders.jsonl").write_text('{"id": "A-1"}\n')
    return tmp_path


def test_a_program_that_fails_by_itself_is_judged_no_further(folder):
    (folder / "it.integration.yaml").write_text(
        f"integration: it\nvendor: {ROOT}/specs/acme-billing\n"
        "subject: {command: [sh, -c, 'echo no luck; exit 9']}\n"
        "expect: {effects: {createInvoice: one-per-order}, orders: orders.jsonl}\n"
    )
    profile = profile_of(folder / "it.integration.yaml", "lost")
    said = {(one.property, one.episode): one for one in profile.judgements}
    assert "exit code 9; its last words: no luck" in said["baseline", "calm"].says
    assert said["same-key", "lost"].standpoint is Standpoint.UNEXERCISED


def test_a_program_that_never_asks_the_vendor_is_not_praised(folder):
    (folder / "it.integration.yaml").write_text(
        f"integration: it\nvendor: {ROOT}/specs/acme-billing\nsubject: {{command: ['true']}}\n"
    )
    profile = profile_of(folder / "it.integration.yaml", "lost")
    assert "asked the vendor nothing" in profile.broken[0].says
