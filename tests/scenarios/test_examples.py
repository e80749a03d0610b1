"""The standard's own examples load, are read strictly, and run against their mocks."""

import json

import pytest

import verifier
from tests.places import SCHEMAS, needs_schemas
from verifier.loading import load_vendor, open_file
from verifier.runs import playbill
from verifier.runs.assignment import Assignment
from verifier.scenarios import Grade, refuse

pytestmark = needs_schemas
EXAMPLES = SCHEMAS / "arazzo-examples"
FILES = sorted(EXAMPLES.glob("*arazzo.yaml"))

# What the examples say in vain, or differently from the documents that they describe.
SLIPS = {
    "FAPI-PAR.arazzo.yaml": {102: "no operation 'PAR'"},
    "bnpl-arazzo.yaml": {
        231: "no output 'redirectAuthToken'",
        242: "no output 'loanTransactionId'",
        253: "no output 'loanTransactionId'",
        260: "names no output",
    },
    "pet-coupons.arazzo.yaml": {40: "no path parameter 'pet_id'"},
}
SOURCES = {"bnpl-arazzo.yaml": {"BnplApi": str(EXAMPLES / "bnpl-openapi.yaml")}}
WITHOUT_DOCUMENT = {"ExtendedParametersExample.arazzo.yaml", "LoginAndRetrievePets.arazzo.yaml"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_example_is_read_without_a_flaw_that_breaks_the_standard(path):
    refuse(playbill.open_scenario(path).flaws, lenient=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_official_schema_and_we_agree_that_it_is_an_arazzo_document(path):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / "arazzo-1.0.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(open_file(path, "it", beginning="").root)


def told(path):
    sources = SOURCES.get(path.name, {})
    vendor = playbill.vendor_of(playbill.open_scenario(path).description, sources)
    order = Assignment(where=vendor, scenarios=(str(path),), sources=sources)
    _, flaws = playbill.bound(order, load_vendor(vendor))
    return {flaw.place.line: flaw.says for flaw in flaws if flaw.grade is Grade.DOUBTFUL}


WITH_DOCUMENT = [path for path in FILES if path.name not in WITHOUT_DOCUMENT]


@pytest.mark.parametrize("path", WITH_DOCUMENT, ids=lambda path: path.name)
def test_what_an_example_says_in_vain_is_told_with_its_line(path):
    found, expected = told(path), SLIPS.get(path.name, {})
    assert found.keys() == expected.keys()
    assert all(says in found[line] for line, says in expected.items())


@pytest.mark.parametrize("path", WITH_DOCUMENT, ids=lambda path: path.name)
def test_an_example_with_a_document_runs_against_its_mock(path, tmp_path):
    done = verifier.run(
        path,
        mock=True,
        lenient=True,
        sources=SOURCES.get(path.name, {}),
        folder=tmp_path / "run",
        formats=("json",),
    )
    outcomes = [o for o in done.run.outcomes if o.check.startswith("scenario.")]
    assert outcomes
    assert {o.status.value for o in outcomes} <= {"pass", "fail"}
    assert all(any(beat.answer for beat in outcome.story.beats) for outcome in outcomes)
