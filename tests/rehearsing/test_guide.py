"""The guide's script: each step turns the property green that it names, and the code runs."""

import re
import sys

import pytest
import yaml

from tests.places import ROOT
from verifier.model import Standpoint
from verifier.rehearsing import read_integration, rehearse

GUIDE = (ROOT / "docs" / "guides" / "rehearse-an-integration.md").read_text(encoding="utf-8")
STEP = re.compile(r"^## (\d)\. .*?(?:: `([\w-]+)` in `([\w-]+)`)?$", re.MULTILINE)
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
QUICK = (1, 7)
TIMEOUT_SECONDS = 8


def steps() -> list[tuple[int, str, str, str]]:
    """Number, property, episode and code of each."""
    found = list(STEP.finditer(GUIDE))
    ends = [*(step.start() for step in found[1:]), GUIDE.index("## In tests")]
    return [
        (int(step[1]), step[2] or "baseline", step[3] or "calm", BLOCK.search(GUIDE, step.end())[1])
        for step, _ in zip(found, ends, strict=True)
    ]


STEPS = steps()


def profile_of(folder, number: int, episode: str):
    work = folder / f"until-{number}"
    work.mkdir()
    blocks = [code for step, _, _, code in STEPS if step <= number]
    (work / "sync.py").write_text("\n\n".join([*blocks, "sys.exit(main())"]))
    orders = ROOT / "scenarios/acme-billing/integrations/invoicing/orders.jsonl"
    (work / "orders.jsonl").write_text(orders.read_text())
    data = yaml.safe_load(GUIDE.partition("```yaml\n")[2].partition("```")[0])
    data["vendor"] = str(ROOT / "specs" / "acme-billing")
    data["subject"] |= {"command": [sys.executable, "sync.py"], "timeout_seconds": TIMEOUT_SECONDS}
    file = work / "it.integration.yaml"
    file.write_text(yaml.safe_dump(data))
    return rehearse(read_integration(file), only=(episode,)).profile


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, id=step[1], marks=() if step[0] in QUICK else pytest.mark.matrix)
        for step in STEPS[1:]
    ],
)
def test_each_step_turns_its_property_green(step, tmp_path):
    number, name, episode, _ = step
    before = profile_of(tmp_path, number - 1, episode)
    after = profile_of(tmp_path, number, episode)
    assert before.standpoint(name) is Standpoint.BROKEN
    assert after.standpoint(name) is Standpoint.HELD


@pytest.mark.matrix
def test_in_the_end_nothing_of_weight_is_broken(tmp_path):
    work = profile_of(tmp_path, STEPS[-1][0], "calm")
    assert work.broken == ()


def test_the_guide_s_test_passes(monkeypatch):
    monkeypatch.chdir(ROOT)
    code = BLOCK.search(GUIDE, GUIDE.index("## In tests"))[1]
    exec(compile(code, "guide", "exec"), {"__name__": "guide"})
