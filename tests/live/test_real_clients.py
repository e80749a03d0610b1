"""Vendors' own client libraries take the mock of that vendor's document for the vendor."""

import subprocess
from pathlib import Path

import pytest

import verifier
from tests.live.servers import Server, from_pypi, installed
from tests.places import CORPUS, needs_corpus

pytestmark = [pytest.mark.live, pytest.mark.corpus]
ROUNDS = Path(__file__).parent / "clients"
WITHIN_SECONDS = 120
CLIENTS = {
    "stripe==16.1.0": ("stripe/2023-09-12.yaml", "stripe_round.py", ("token",)),
    "PyGithub==2.10.0": ("github/octokit-23.0.2.json", "github_round.py", ("token",)),
    "twilio==9.13.0": (
        "twilio/api_v2010-2026-04-14.json",
        "twilio_round.py",
        ("username", "password"),
    ),
    "xero-python==15.2.0": ("xero/accounting-2026-07-13.yaml", "xero_round.py", ("token",)),
    "pydo==0.44.0": (
        "digitalocean/2026-08-07/specification/DigitalOcean-public.v2.yaml",
        "digitalocean_round.py",
        ("token",),
    ),
    "asana==5.4.0": ("asana/2026-06-11.yaml", "asana_round.py", ("token",)),
    "openai==3.57.0": ("openai/2026-08-21.yaml", "openai_round.py", ("token",)),
    "slack_sdk==3.48.0": ("slack/web-api-2020-10-06.json", "slack_round.py", ("token",)),
}
# Slack's library posts what the document gets: as its author allows, whose document does not.
PROFILES = {"slack_sdk==3.48.0": "any_form: true"}


@needs_corpus
@pytest.mark.parametrize("requirement", CLIENTS)
def test_a_vendor_s_own_client_completes_a_round(requirement, tmp_path):
    document, script, parts = CLIENTS[requirement]
    name = f"client-{requirement.replace('==', '-')}"
    folder = installed(Server(name, from_pypi(requirement), command=None, healthy=""))
    profile = tmp_path / "mock.yaml"
    profile.write_text(PROFILES.get(requirement, "{}"))
    with verifier.mock(CORPUS / document, profile=profile) as mock:
        shown = [mock.secrets["full"][part] for part in parts]
        done = subprocess.run(
            [folder / "venv" / "bin" / "python", ROUNDS / script, mock.url, *shown],
            capture_output=True,
            text=True,
            timeout=WITHIN_SECONDS,
        )
    assert done.returncode == 0, done.stderr
