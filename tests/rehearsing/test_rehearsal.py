"""A rehearsal judges an integration by what it sent and what was left."""

from pathlib import Path

import pytest

from tests.places import ROOT
from tests.rehearsing.benching import written
from verifier.model import Ruling, Severity, Standpoint, Status, picture_in
from verifier.rehearsing import read_integration, rehearse, report

SAMPLES = ROOT / "scenarios" / "acme-billing" / "integrations"


def profile_of(file: Path, *only: str):
    return rehearse(read_integration(file), only=only).profile


def test_the_sound_sample_survives_a_lost_answer():
    profile = profile_of(SAMPLES / "sound.integration.yaml", "lost")
    assert profile.broken == ()
    assert profile.standpoint("same-key") is Standpoint.HELD


def test_a_property_alone_is_judged_by_what_shows_it_and_nothing_else():
    done = rehearse(read_integration(SAMPLES / "naive.integration.yaml"), only=("method-kept",))
    assert {name for name, takes in done.performances.items() if takes} == {"calm", "redirects"}
    takes = {take.take.name for take in done.performances["redirects"]}
    assert "307" in takes
    assert takes.isdisjoint({"another host", "in a circle"})
    judged = {one.property for one in done.profile.judgements if one.episode != "calm"}
    assert judged == {"method-kept"}


def test_what_no_take_could_show_is_not_exercised(tmp_path):
    file = written(tmp_path, "copying.py")
    profile = profile_of(file, "paging")
    said = {one.property: one for one in profile.judgements if one.episode == "paging"}
    assert said["pages-complete"].standpoint is Standpoint.HELD
    assert said["next-verbatim"].standpoint is Standpoint.HELD
    # Its vendor tells tokens and no links, so that nothing can lead it elsewhere.
    assert said["key-stays-home"].standpoint is Standpoint.UNEXERCISED


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
    assert Standpoint.HELD not in {one.standpoint for one in profile.judgements}


def test_a_rehearsal_is_reported_like_every_run_and_no_secret_is_in_it(tmp_path):
    done = rehearse(read_integration(SAMPLES / "naive.integration.yaml"), only=("lost",))
    written = report(done, tmp_path / "run", formats=("html", "json", "junit", "sarif"))
    found = {(o.check, o.subject): o for o in written.run.outcomes}
    assert found["integration.same-key", "lost"].status is Status.FAIL
    assert found["integration.baseline", "calm"].status is Status.PASS
    assert written.verdict.ruling is Ruling.NOT_READY
    assert written.run.facts.requests == done.profile.requests  # of which those that tell are kept
    page = written.files["html"].read_text()
    assert "Integration readiness" in page
    assert "lost, reset: " in page  # which take a timeline shows
    shown = picture_in(found["integration.same-key", "lost"].findings[0].detail)
    assert [attempt.answer for attempt in shown.attempts] == ["no answer", "201"]
    secrets = done.performances["calm"][0].secrets.values()
    for path in (tmp_path / "run").rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        assert not [secret for secret in secrets if secret.encode() in raw], path


def test_a_sound_integration_is_ready_and_has_no_grade(tmp_path):
    done = rehearse(read_integration(SAMPLES / "sound.integration.yaml"), only=("lost",))
    written = report(done, tmp_path / "run", formats=("json",))
    assert written.verdict.ruling is Ruling.READY
    assert written.verdict.grade.letter == "NR"


@pytest.mark.matrix
def test_what_is_information_is_told_and_fails_nothing():
    done = rehearse(
        read_integration(SAMPLES / "naive.integration.yaml"), only=("deprecation", "limit")
    )
    for name in ("deprecation-noticed", "slows-down"):
        (said,) = [one for one in done.profile.broken if one.property == name]
        assert said.severity is Severity.NOTE
