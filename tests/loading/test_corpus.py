"""Every document of the corpus loads; what is wrong is a problem with a place and a mend."""

import csv

import pytest

from tests.loading.documents import cpu_within, no_cache
from tests.places import CORPUS, needs_corpus
from verifier.loading import load
from verifier.model import Pointer, UnresolvedReference

__all__ = ["no_cache"]

pytestmark = [needs_corpus, pytest.mark.corpus]


def listed():
    """Vendor and file, declared version and number of operations, from the corpus' own table."""
    index = CORPUS / "INDEX.md"
    if not index.is_file():
        return []
    rows = csv.reader(index.read_text().splitlines(), delimiter="|")
    return [
        (f"{row[1]}/{row[2].split(' ')[0]}", row[3], int(row[5]))
        for row in ([cell.strip() for cell in row] for row in rows)
        if len(row) > 10 and row[3][:2] in ("2.", "3.")
    ]


DOCUMENTS = listed()


def test_the_table_of_the_corpus_is_understood():
    assert len(DOCUMENTS) == 72


@pytest.mark.parametrize(("name", "version", "operations"), DOCUMENTS)
def test_it_loads_with_every_operation(name, version, operations):
    with cpu_within(8):
        contract = load(CORPUS / name)
    assert contract.openapi == version
    assert len(contract.operations) == operations
    for problem in contract.problems[:20]:
        place = contract.document.place(problem.at)
        assert place.line >= 1, problem
        assert problem.says
        assert problem.mend


def followed(document):
    """References that lead nowhere, of a document and all its files."""
    broken, waiting = set(), [(Pointer(), document.root)]
    seen = {""}
    while waiting:
        at, node = waiting.pop()
        reference = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(reference, str):
            try:
                file = document.target(reference, at).file
                document.resolve(node, at)
            except UnresolvedReference:
                broken.add(reference)
            else:
                if file not in seen:
                    seen.add(file)
                    waiting.append((Pointer(file), document.read(file)))
        inner = node.values() if isinstance(node, dict) else node
        waiting.extend((at, value) for value in inner if isinstance(value, (dict, list)))
    return broken, seen


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("digitalocean/2026-08-07/specification/DigitalOcean-public.v2.yaml", 2850),
        ("sendgrid/multi-2024-07-09/oas_v3.json", 63),
        ("vonage/conversation-2021-07-14.yaml", 2),
    ],
)
def test_trees_of_files_hang_together(name, files):
    broken, seen = followed(load(CORPUS / name).document)
    assert broken == set()
    assert len(seen) == files


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("intercom/2.10.yaml", {"#/components/schemas/custom_attributes"}),
        ("twilio/verify_v2-2026-04-14.json", set()),
        ("kubernetes/2016-12-12.json", set()),
    ],
)
def test_references_that_lead_nowhere_are_those_that_the_author_broke(name, broken):
    assert followed(load(CORPUS / name).document)[0] == broken
