"""The implementations of the worked examples: sound ones, and each flaw with its edge cases."""

import importlib.util
import re
import shutil
import sys
from functools import lru_cache

import pytest

from tests.places import ROOT

__all__ = ["FLAWS", "FLAWS_IN_JAVASCRIPT", "JAVASCRIPT", "folder", "needs_node", "python"]

FLAW = re.compile(r"^class (\w+)\(\w+\):  # (.*)$", re.MULTILINE)
NUMBERS = re.compile(r"\[(\d+)\]")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="no node to run JavaScript")


def folder(name):
    """Where the implementations of ``shop`` or ``crm`` lie."""
    return ROOT / "scenarios" / f"acme-{name}" / "implementations"


@lru_cache
def python(name, module):
    """A Python module of an example; ``sound`` of two examples are two modules."""
    path = folder(name) / f"{module}.py"
    if module != "sound":
        sys.modules["sound"] = python(name, "sound")
    spec = importlib.util.spec_from_file_location(f"{name}_{module}", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    sys.modules.pop("sound", None)
    return made


def _flaws(name):
    return [
        (name, file.stem, flaw, tuple(map(int, NUMBERS.findall(told))))
        for file in sorted(folder(name).glob("flawed*.py"))
        for flaw, told in FLAW.findall(file.read_text())
    ]


FLAWS = [*_flaws("shop"), *_flaws("crm")]
JAVASCRIPT = {name: ("node", str(folder(name) / "sound.mjs")) for name in ("shop", "crm")}
FLAWS_IN_JAVASCRIPT = [
    (flaw, int(number))
    for number, flaw in re.findall(
        r"// \[(\d+)\].*\n  (\w+): class", (folder("shop") / "flawed.mjs").read_text()
    )
]
