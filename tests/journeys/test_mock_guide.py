"""What the guide to the mock shows works as it stands there."""

import hmac
import re
import time
from base64 import b64encode

import httpx
import pytest
import yaml

import verifier
from tests.mocking.directing import PATIENCE_SECONDS
from tests.places import ROOT
from verifier.wire import Answer, serve_in_thread

GUIDE = (ROOT / "docs" / "guides" / "mock-vendor.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("number", range(sum(kind == "python" for kind, _ in BLOCKS)))
def test_its_python_runs(number, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = [text for kind, text in BLOCKS if kind == "python"]
    exec(compile(blocks[number], "mock-vendor.md", "exec"), {})


def test_its_profile_is_obeyed(tmp_path):
    profile, *_ = [text for kind, text in BLOCKS if kind == "yaml"]
    (tmp_path / "mock.yaml").write_text(profile)
    mock = verifier.mock(ROOT / "specs" / "acme-billing", profile=tmp_path / "mock.yaml")
    with httpx.Client(
        transport=mock.transport(instant=True), base_url="http://mock", headers=mock.headers("full")
    ) as client:
        assert client.get("/customers/cus_ada").json()["name"] == "Ada"
        assert client.delete("/customers/cus_ada").status_code == 403
        assert "q=100" in client.get("/events").headers["RateLimit-Policy"]


def test_its_webhooks_are_sent_signed_and_again(tmp_path):
    _, profile, _ = [text for kind, text in BLOCKS if kind == "yaml"]
    heard = []

    def hear(incoming):
        heard.append(incoming)
        return Answer(status=500 if len(heard) == 1 else 204)

    with serve_in_thread(hear) as receiver:
        there = profile.replace("http://127.0.0.1:9000", receiver.url)
        assert there != profile
        (tmp_path / "mock.yaml").write_text(there)
        with (
            verifier.mock(ROOT / "specs" / "acme-billing", profile=tmp_path / "mock.yaml") as mock,
            httpx.Client(base_url=mock.url, headers=mock.headers()) as client,
        ):
            made = client.post("/customers", json={"name": "Ada", "email": "ada@example.com"})
            paid = {"total": {"amount": "1.00", "currency": "EUR"}, "status": "paid"}
            client.post("/invoices", json={**paid, "customer_id": made.json()["id"]})
            wait_for(lambda: len(heard) == 1)
            mock.advance(5)
            wait_for(lambda: len(heard) == 2)
    assert len({one.header("webhook-id") for one in heard}) == 1
    sealed = f"{heard[0].header('webhook-id')}.{heard[0].header('webhook-timestamp')}.".encode()
    digest = hmac.digest(b"a" * 24, sealed + heard[0].body, "sha256")
    assert heard[0].header("webhook-signature") == f"v1,{b64encode(digest).decode()}"


def wait_for(seen):
    """Look until it is so, or the test's patience ends."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not seen() and time.monotonic() < until:
        time.sleep(0.01)
    assert seen()


def test_its_scripts_can_be_played():
    *_, text = [text for kind, text in BLOCKS if kind == "yaml"]
    mock = verifier.mock(ROOT / "specs" / "acme-billing", strict=False)
    for script in yaml.safe_load(text):
        mock.script(script)
    assert len(mock.scripts) == 2
