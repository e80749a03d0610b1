"""Text for regular expressions: matches, in Python's spelling and in ECMA-262's."""

import random
import re

import pytest

from tests.sampling.specimens import judging, sampling
from verifier.sampling.patterns import matching


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d{3}-[a-f]+$",
        r"^(a|b)c?$",
        r"[^abc]x",
        r"^\+[1-9]\d{1,14}$",
        r"^\S+@\S+$",
        r"^[0-9a-f]{64}$",
        r"^(?:[a-z]+\/)*[a-z]+$",
        r"^(\w+)-\1$",
    ],
)
def test_made_text_matches_its_pattern(pattern):
    for seed in range(20):
        assert re.search(pattern, matching(pattern, random.Random(seed)))


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\p{Lu}\p{Ll}+$",
        r"^[\p{L}\p{Nd}_-]{4}$",
        r"^(?<year>\d{4})$",
        r"^(?<!a)b$",
        r"^\-\/\.$",
        r"^[[\]]{3}$",
    ],
)
def test_the_spelling_of_ecma_is_understood(pattern):
    judge = judging(sampling({"type": "string", "pattern": pattern}))
    for seed in range(20):
        assert judge.accepts(matching(pattern, random.Random(seed)))


def test_repetitions_are_used_to_reach_a_length():
    assert len(matching("^[a-z]+$", random.Random(1), 50)) == 50


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", "[", "a{2,1}", "(?P<n>", "\\", "(?<=a", "x" * 5000, "(" * 500 + ")" * 500),
        *("^(?:a{1000}){1000}$", "(a{999}){999}", "[^\\s\\S]"),
    ],
)
def test_a_pattern_that_is_not_understood_or_too_large_makes_little(pattern):
    made = matching(pattern, random.Random(1))
    assert made is None or len(made) <= 20_000
