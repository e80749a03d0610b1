"""A mock of a large document holds on to no earlier edition of it."""

import subprocess
import sys

import pytest

from tests.places import CORPUS, needs_corpus

MEASURED = """
import sys
from pathlib import Path
from verifier.serving import Assembly, assemble
from verifier.serving.thrift import give_back

def resident():
    told = Path("/proc/self/status").read_text().partition("VmRSS:")[2]
    return int(told.split()[0]) // 1024

assembly = Assembly(where=sys.argv[1])
mock, _ = assemble(assembly)
give_back(mock.contract)
first = resident()
mock.adopt(assembly.vendor().contract, None)
before = resident()
give_back(mock.contract, again=True)
print(first, before, resident())
"""


@needs_corpus
@pytest.mark.corpus
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's memory is looked at")
def test_what_an_earlier_edition_of_github_s_document_took_is_given_back():
    document = str(CORPUS / "github" / "octokit-23.0.2.json")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, document], capture_output=True, text=True, check=True
    )
    first, before, after = map(int, done.stdout.split())
    assert first < 100
    assert after < before - 15
