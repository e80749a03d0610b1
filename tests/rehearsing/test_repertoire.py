"""Episodes and properties are documented alike, known to each other, and proved by the bench."""

import pytest

from tests.rehearsing.benching import flaws
from verifier.errors import UsageError
from verifier.rehearsing.repertoire import episodes, find_episode, properties

# Shown elsewhere: what no program breaks alone, and what is information (test_rehearsal).
BESIDE = {"baseline", "slows-down", "deprecation-noticed"}


@pytest.mark.parametrize("property", properties().values(), ids=lambda p: p.id)
def test_a_property_says_why_it_matters_how_it_is_seen_and_what_it_cannot_see(property):
    assert property.title
    for heading in ("Why it matters:", "How it is seen:", "Limits:"):
        assert heading in property.doc
    assert property.source


@pytest.mark.parametrize("episode", episodes().values(), ids=lambda e: e.id)
def test_an_episode_shows_properties_that_there_are(episode):
    assert episode.title
    assert episode.properties
    assert set(episode.properties) <= set(properties())


def test_every_property_is_shown_by_an_episode():
    shown = {name for episode in episodes().values() for name in episode.properties}
    assert shown == set(properties())


def test_every_property_is_broken_by_a_flaw_of_the_bench():
    broken = {name for flaw in flaws() for name in flaw.breaks}
    assert broken == set(properties()) - BESIDE


def test_every_flaw_shows_in_an_episode_that_judges_its_properties():
    for flaw in flaws():
        judged = {name for id in flaw.episodes for name in episodes()[id].properties}
        judged |= set(episodes()["calm"].properties)
        assert flaw.breaks <= judged, flaw.name


def test_no_episode_has_the_name_of_a_property_and_a_slip_is_answered_with_the_nearest():
    assert not episodes().keys() & properties().keys()
    with pytest.raises(UsageError, match="there is no episode 'sme-key'") as raised:
        find_episode("sme-key")
    assert "'same-key'" in raised.value.mend
