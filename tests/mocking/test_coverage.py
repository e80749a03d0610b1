"""
The mock of a real vendor answers as its document says, and plays its state.

`benchmarks/mock_coverage.py` prints what is held here, document by document, with the reasons.
"""

import pytest

import verifier
from tests.mocking.crawling import Crawl, summary
from tests.places import CORPUS, needs_corpus

pytestmark = [needs_corpus, pytest.mark.corpus]

# Document to the least share of its operations that play state: what is there today, less a little.
STATE = {
    "adyen/checkout-v72.json": 0.8,
    "asana/2026-06-11.yaml": 0.85,
    "box/2026-06-29.json": 0.91,
    "digitalocean/2026-08-07/specification/DigitalOcean-public.v2.yaml": 0.94,
    "discord/2026-07-18.json": 0.9,
    "github/octokit-23.0.2.json": 0.92,
    "jira/platform-2022-07-17.json": 0.85,
    "kubernetes/2017-11-20.json": 0.83,
    "netlify/2026-05-19.yaml": 0.94,
    "openai/2026-08-21.yaml": 0.91,
    "paypal/orders-v2-2024-02-03.json": 0.7,
    "sendgrid/multi-2024-07-09/oas_v3.json": 0.89,
    "slack/web-api-2020-10-06.json": 0.43,
    "spotify/2026-05-30.yaml": 0.87,
    "square/2025-08-19.json": 0.82,
    "stripe/2023-09-12.yaml": 0.96,
    "twilio/api_v2010-2026-04-14.json": 0.96,
    "xero/accounting-2026-07-13.yaml": 0.9,
}
UNDOCUMENTED = 0.01


@pytest.mark.parametrize("name", STATE)
def test_valid_requests_get_documented_answers_and_most_of_them_play_state(name):
    found = summary(Crawl(verifier.load(CORPUS / name)).run())
    assert found["undocumented"] <= UNDOCUMENTED * found["operations"]
    assert found["unasked"] <= UNDOCUMENTED * found["operations"]
    assert found["state"] >= STATE[name] * found["operations"]
