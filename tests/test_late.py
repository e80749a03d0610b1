"""Packages whose names are imported when they are first used."""

import importlib
import operator
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import verifier

ROOT = Path(verifier.__file__).parent
LATE = sorted(
    f"verifier.{path.parent.relative_to(ROOT).as_posix().replace('/', '.')}"
    for path in ROOT.rglob("__init__.py")
    if "__getattr__ = late(__name__)" in path.read_text()
)


@pytest.mark.parametrize("package", LATE)
def test_every_name_that_a_package_lists_is_there(package):
    module = importlib.import_module(package)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", LATE)
def test_no_late_name_is_hidden_by_a_module_of_the_same_name(package):
    module = importlib.import_module(package)
    for info in pkgutil.iter_modules(module.__path__):
        if info.name in module.__all__:
            assert not isinstance(getattr(module, info.name), type(sys)), info.name


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"verifier\.model.*'Nothing'"):
        operator.attrgetter("Nothing")(importlib.import_module("verifier.model"))


def test_what_is_not_used_is_not_imported():
    asks = "import sys, verifier.model as m; m.Pointer; print('verifier.model.run' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "False"
