"""Where performances are made by hand."""

import pytest

from tests.rehearsing.benching import written
from tests.rehearsing.performing import Stage
from verifier.rehearsing import read_integration

__all__ = ["stage"]


@pytest.fixture
def stage(tmp_path):
    return Stage(integration=read_integration(written(tmp_path, "sound.py")))
