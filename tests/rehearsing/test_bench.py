"""Each flaw is named by its property, and nothing is said about the sound programs."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.rehearsing.benching import SOUND, flaws, source, written
from verifier.model import Severity
from verifier.rehearsing import read_integration, rehearse

TIMEOUT_SECONDS = 10
# Most of what a rehearsal takes is waiting: the programs wait together.
TOGETHER = 6
QUICK = ("no-key", "one-refusal-stops-all", "js-no-key", "sh-exit-code-is-always-0")
FLAWS = {flaw.name: flaw for flaw in flaws()}
LANGUAGES = ("py", "mjs", "sh")


def profile_of(file, *only: str):
    return rehearse(read_integration(file), only=only, at_a_time=TOGETHER).profile


def broken_in(profile) -> set[str]:
    return {one.property for one in profile.broken if one.severity > Severity.NOTE}


def named(folder, name: str):
    flaw = FLAWS[name]
    work = folder / name
    work.mkdir(parents=True)
    return profile_of(
        written(work, flaw.program, flaw, timeout_seconds=flaw.seconds), *flaw.episodes
    )


def unlike(name: str, profile) -> set[str]:
    """Where a profile is not what it should be, unless it says that this machine hides it."""
    hidden = {one.property for one in profile.judgements if "this machine" in one.says}
    wanted, found = FLAWS[name].breaks, broken_in(profile)
    return (found - wanted) | (wanted - found - hidden)


@pytest.mark.matrix
@pytest.mark.parametrize("program", SOUND)
def test_nothing_is_said_about_a_sound_program(program, tmp_path):
    file = written(tmp_path, program, timeout_seconds=TIMEOUT_SECONDS)
    assert broken_in(profile_of(file)) == set()


@pytest.mark.quick
@pytest.mark.parametrize("name", QUICK)
def test_a_flaw_is_named_by_its_properties(name, tmp_path):
    assert broken_in(named(tmp_path, name)) == FLAWS[name].breaks


@pytest.mark.matrix
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_flaw_is_named_by_its_properties(language, tmp_path):
    own = [name for name, flaw in FLAWS.items() if flaw.language == language]
    with ThreadPoolExecutor(TOGETHER) as pool:
        found = dict(zip(own, pool.map(lambda name: named(tmp_path, name), own), strict=True))
    # Many programs at once are a busy machine: what that hid is played by itself.
    for name in [name for name in own if broken_in(found[name]) != FLAWS[name].breaks]:
        found[name] = named(tmp_path / "alone", name)
    assert {name: told for name in own if (told := unlike(name, found[name]))} == {}


def test_the_bench_has_three_languages_and_no_flaw_twice():
    assert {flaw.language for flaw in FLAWS.values()} == set(LANGUAGES)
    edits = [flaw.edits for flaw in FLAWS.values() if flaw.edits]
    assert len(set(edits)) == len(edits)
    assert all(source(flaw.program).is_file() for flaw in FLAWS.values())
