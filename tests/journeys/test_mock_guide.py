"""What the guide to the mock shows works as it stands there."""

import re

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


def test_its_scripts_can_be_played():
    (text,) = [text for kind, text in BLOCKS if kind == "yaml"]
    mock = verifier.mock(ROOT / "specs" / "acme-billing", strict=False)
    for script in yaml.safe_load(text):
        mock.script(script)
    assert len(mock.scripts) == 2
