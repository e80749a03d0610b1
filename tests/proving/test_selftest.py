"""The self-test: it says what is wrong, and ends with 0 only where nothing is."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.places import ROOT
from verifier import discovery, mocking
from verifier.cli.program import _run
from verifier.cli.telling import selftested
from verifier.errors import UsageError
from verifier.proving import SOUND, Proof, Row, prove, prove_row, reviewed, rows_of
from verifier.proving import row as rows

PAGE = ROOT / "docs" / "reference" / "checks-and-misbehaviours.md"


def selftest(capsys, *arguments):
    code = _run(["selftest", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def proof_of(*rows):
    return Proof(rows=rows, seed=0, seconds=1.0)


def test_the_page_of_reference_is_the_reviewed_table():
    mend = "verifier selftest --markdown > docs/reference/checks-and-misbehaviours.md"
    assert PAGE.read_text() == selftested.as_markdown(), mend


def test_every_row_and_cell_of_the_reviewed_table_is_of_something_that_exists():
    table = reviewed.__globals__["_table"]()
    for kind in ("also", "sometimes"):
        assert set(table[kind]) <= set(mocking.known())
        for name, cells in table[kind].items():
            assert set(cells) <= set(discovery.checks())
            assert not set(cells) & set(reviewed(name).named)
            assert all(cells.values())


def test_a_check_stands_for_the_sound_mock_and_for_all_that_it_must_catch():
    assert rows_of(["limits.limit-answers-429"]) == (SOUND, "limit-as-503")
    assert rows_of()[0] == SOUND
    assert len(rows_of()) == 1 + len(mocking.known())


def test_a_name_that_nothing_has_is_told_with_the_nearest():
    with pytest.raises(UsageError, match="Did you mean 'page-loops'"):
        rows_of(["page-lops"])


def test_what_is_as_reviewed_ends_with_nothing_said_against_it(capsys):
    code, out, _ = selftest(capsys, "--only", "clock-skewed", "--workers", "1")
    assert code == 0
    assert out.splitlines()[0].split() == [
        "clock-skewed",
        "as",
        "reviewed",
        "operations.clock-is-right",
    ]
    assert "are as the reviewed table says" in out
    assert "Again" not in out


def test_a_check_that_is_blind_is_named_with_what_came_of_it_and_the_next_command(
    capsys, monkeypatch
):
    blind = replace(discovery.checks()["operations.clock-is-right"], flow=lambda vendor: ())
    checks = {**discovery.checks(), blind.id: replace(blind, wants_vendor=False)}
    monkeypatch.setattr(rows.discovery, "checks", lambda: checks)
    code, out, _ = selftest(capsys, "--only", "clock-skewed", "--workers", "1")
    assert code == 5
    assert "operations.clock-is-right had to speak, and did not: pass" in out
    assert "verifier selftest --only clock-skewed --seed 0" in out
    assert "--misbehave clock-skewed --check operations.clock-is-right" in out


def test_a_check_that_cries_wolf_and_one_that_fails_itself_are_wrong_cells(capsys):
    expected = reviewed("page-loops")
    row = Row(
        reviewed=expected,
        spoke=frozenset({"reach.pages-complete", "contract.head-matches-get"}),
        errored={"reach.changed-since": "KeyError"},
    )
    assert (row.right, row.wrong) == (False, 2)
    selftested.show(proof_of(row))
    out = capsys.readouterr().out
    assert "contract.head-matches-get spoke, and had no reason to" in out
    assert "reach.changed-since failed itself: KeyError" in out


def test_one_that_may_speak_is_right_either_way():
    expected = reviewed("webhook-before-commit")
    assert expected.sometimes
    for spoke in (expected.must, expected.may):
        assert Row(reviewed=expected, spoke=spoke).right


def test_what_was_cut_by_its_own_list_is_no_silence():
    named = reviewed("validation-as-500").named
    assert prove_row("validation-as-500", only=named).right


def test_several_processes_bring_the_same_rows_in_the_order_asked_for():
    names = ("clock-skewed", "missing-header")
    seen = []
    proof = prove(names, workers=2, watch=seen.append)
    assert [row.reviewed.misbehaviour for row in proof.rows] == list(names)
    assert {row.reviewed.misbehaviour for row in seen} == set(names)
    assert proof.right
    assert proof.cells == 2 * len(discovery.checks())


def test_machines_get_every_cell(capsys):
    code, out, err = selftest(capsys, "--only", "clock-skewed", "--json", "--workers", "1")
    said = json.loads(out)
    assert (code, said["right"], said["wrong"]) == (0, True, 0)
    assert said["rows"][0]["spoke"] == ["operations.clock-is-right"]
    assert err == ""


def test_the_table_comes_with_the_package():
    assert (Path(rows.__file__).parent / "matrix.toml").is_file()
