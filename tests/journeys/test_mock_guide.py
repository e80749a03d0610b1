"""What the guide to the mock shows works as it stands there."""

import re

import httpx
import pytest
import yaml

import verifier
from tests.places import ROOT

GUIDE = (ROOT / "docs" / "guides" / "mock-vendor.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("number", range(sum(kind == "python" for kind, _ in BLOCKS)))
def test_its_python_runs(number, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = [text for kind, text in BLOCKS if kind == "python"]
    exec(compile(blocks[number], "mock-vendor.md", "exec"), {})


def test_its_profile_is_obeyed(tmp_path):
    profile, _ = [text for kind, text in BLOCKS if kind == "yaml"]
    (tmp_path / "mock.yaml").write_text(profile)
    mock = verifier.mock(ROOT / "specs" / "acme-billing", profile=tmp_path / "mock.yaml")
    with httpx.Client(
        transport=mock.transport(instant=True), base_url="http://mock", headers=mock.headers("full")
    ) as client:
        assert client.get("/customers/cus_ada").json()["name"] == "Ada"
        assert client.delete("/customers/cus_ada").status_code == 403
        assert "q=100" in client.get("/events").headers["RateLimit-Policy"]


def test_its_scripts_can_be_played():
    _, text = [text for kind, text in BLOCKS if kind == "yaml"]
    mock = verifier.mock(ROOT / "specs" / "acme-billing", strict=False)
    for script in yaml.safe_load(text):
        mock.script(script)
    assert len(mock.scripts) == 2
