"""What is counted: as many as a sound client sends are let pass, and one more is not."""

import pytest

from tests.rehearsing.performing import BY_ITSELF, asked
from verifier.model import Standpoint
from verifier.rehearsing.judging import judged_by

CURL_FOLLOWS = 50


@pytest.mark.parametrize(
    ("requests", "standpoint"),
    [(4 * (CURL_FOLLOWS + 1), Standpoint.HELD), (205, Standpoint.BROKEN)],
)
def test_curl_that_tries_four_times_goes_in_no_endless_circle(stage, requests, standpoint):
    entries = [asked(n, n / 100, status=302, fault="redirect") for n in range(1, requests + 1)]
    seen = stage.shown(BY_ITSELF, entries, name="in a circle")
    assert judged_by("redirects-end", [seen])[1].standpoint is standpoint
