"""Every row of the conformance page names a test that is there."""

import ast
import re

import pytest

from tests.places import ROOT

PAGE = (ROOT / "docs" / "reference" / "arazzo-conformance.md").read_text()
FOLDER = ROOT / "tests" / "scenarios"
ROWS = [line for line in PAGE.splitlines() if line.startswith("|") and not line.startswith("| -")]
BODY = [row for row in ROWS if not row.startswith("| section")]
SECTIONS = {"Info Object", "Workflow Object", "Step Object", "Parameter Object", "Criterion Object"}


def names_in(name):
    tree = ast.parse((FOLDER / f"{name}.py").read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", BODY)
def test_a_row_names_its_test(row):
    *_, cell, _ = row.split("|")
    file, name = re.fullmatch(r" `(\w+)::(\w+)` ", cell).groups()
    assert name in names_in(file)


def test_the_tests_that_the_text_names_are_there_too():
    for file, name in re.findall(r"`(test_\w+)::(test_\w+)`", PAGE):
        assert name in names_in(file)


def test_the_page_goes_through_the_specification():
    assert len(BODY) > 70
    assert {row.split("|")[1].strip() for row in BODY} >= SECTIONS
