"""The guide's script: each step turns the property green that it names, and the code runs."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from tests.places import ROOT
from verifier.model import Standpoint
from verifier.rehearsing import read_integration, rehearse
from verifier.rehearsing.repertoire import episodes

GUIDE = (ROOT / "docs" / "guides" / "rehearse-an-integration.md").read_text(encoding="utf-8")
STEP = re.compile(r"^## (\d)\. .*?(?:: `([\w-]+)` in `([\w-]+)`)?$", re.MULTILINE)
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
QUICK = (1, 7)
TIMEOUT_SECONDS = 6
# Most of what a rehearsal takes is waiting: the steps wait together.
TOGETHER = 6


def steps() -> list[tuple[int, str, str, str]]:
    """Number, property, episode and code of each."""
    found = list(STEP.finditer(GUIDE))
    ends = [*(step.start() for step in found[1:]), GUIDE.index("## In tests")]
    return [
        (int(step[1]), step[2] or "baseline", step[3] or "calm", BLOCK.search(GUIDE, step.end())[1])
        for step, _ in zip(found, ends, strict=True)
    ]


STEPS = steps()


def profile_of(folder, number: int, *only: str):
    work = folder / "-".join((str(number), *only))
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
    return rehearse(read_integration(file), only=only).profile


def standpoints(folder, step) -> tuple[Standpoint, Standpoint]:
    """How the property of a step stands before it, and after it."""
    number, name, episode, _ = step
    several = sum(name in each.properties for each in episodes().values()) > 1
    only = episode if several else name
    with ThreadPoolExecutor(2) as pool:
        profiles = pool.map(lambda until: profile_of(folder, until, only), (number - 1, number))
    before, after = profiles
    return before.standpoint(name), after.standpoint(name)


def test_a_step_turns_its_property_green(tmp_path):
    for step in STEPS:
        if step[0] in QUICK:
            assert standpoints(tmp_path, step) == (Standpoint.BROKEN, Standpoint.HELD), step[1]


@pytest.mark.matrix
def test_each_step_turns_its_property_green(tmp_path):
    with ThreadPoolExecutor(TOGETHER) as pool:
        shown = pool.map(lambda step: standpoints(tmp_path, step), STEPS[1:])
        found = dict(zip((name for _, name, _, _ in STEPS[1:]), shown, strict=True))
    # Many programs at once are a busy machine: what that hid is played by itself.
    for step in STEPS[1:]:
        if Standpoint.UNEXERCISED in found[step[1]]:
            (tmp_path / step[1]).mkdir()
            found[step[1]] = standpoints(tmp_path / step[1], step)
    assert found == dict.fromkeys(found, (Standpoint.BROKEN, Standpoint.HELD))


def test_each_step_names_an_episode_that_shows_its_property():
    for _, name, episode, _ in STEPS:
        assert name in episodes()[episode].properties


@pytest.mark.matrix
def test_in_the_end_nothing_of_weight_is_broken(tmp_path):
    work = profile_of(tmp_path, STEPS[-1][0], "calm")
    assert work.broken == ()


def test_the_guide_s_test_passes(monkeypatch):
    monkeypatch.chdir(ROOT)
    code = BLOCK.search(GUIDE, GUIDE.index("## In tests"))[1]
    exec(compile(code, "guide", "exec"), {"__name__": "guide"})
