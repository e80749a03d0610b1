"""Each flaw is named by its property, and nothing is said about the sound programs."""

import pytest

from tests.rehearsing.benching import SOUND, flaws, source, written
from verifier.model import Severity
from verifier.rehearsing import read_integration, rehearse

TIMEOUT_SECONDS = 10
QUICK = ("no-key", "one-refusal-stops-all", "js-no-key", "sh-exit-code-is-always-0")
FLAWS = flaws()
marked = [
    pytest.param(flaw, id=flaw.name, marks=() if flaw.name in QUICK else pytest.mark.matrix)
    for flaw in FLAWS
]


def broken_in(file, *only: str) -> set[str]:
    profile = rehearse(read_integration(file), only=only).profile
    return {one.property for one in profile.broken if one.severity > Severity.NOTE}


@pytest.mark.matrix
@pytest.mark.parametrize("program", SOUND)
def test_nothing_is_said_about_a_sound_program(program, tmp_path):
    file = written(tmp_path, program, timeout_seconds=TIMEOUT_SECONDS)
    assert broken_in(file) == set()


@pytest.mark.parametrize("flaw", marked)
def test_a_flaw_is_named_by_its_properties(flaw, tmp_path):
    file = written(tmp_path, flaw.program, flaw, timeout_seconds=TIMEOUT_SECONDS)
    assert broken_in(file, *flaw.episodes) == flaw.breaks


def test_the_bench_has_three_languages_and_no_flaw_twice():
    assert {flaw.program.rpartition(".")[2] for flaw in FLAWS} == {"py", "mjs", "sh"}
    assert len({flaw.edits for flaw in FLAWS if flaw.edits}) == sum(bool(f.edits) for f in FLAWS)
    assert all(source(flaw.program).is_file() for flaw in FLAWS)
