"""What a sound mock of a real vendor's document fails, and why that is the document's doing."""

import tomllib
from pathlib import Path

from tests.places import CORPUS
from verifier import discovery, loading
from verifier.model import Effect, Level, Status
from verifier.proving import ask_mock

__all__ = ["OTHERS", "QUICK", "allowed", "reported"]

TABLE = tomllib.loads(Path(__file__).with_name("documents.toml").read_text(encoding="utf-8"))
QUICK = [document for document, row in TABLE.items() if row.get("quick")]
OTHERS = [document for document in TABLE if document not in QUICK]
BUDGET = 500
# What a document alone shows says nothing of a mock's behaviour.
ASKING = {id: check for id, check in discovery.checks().items() if check.effect is not Effect.NONE}


def allowed(document):
    """The checks that may fail."""
    return set(TABLE[document]) - {"quick"}


def reported(document):
    """The checks that failed, and what ended with an error."""
    vendor = loading.load_vendor(CORPUS / document)
    found = ask_mock(vendor, ASKING, budget=BUDGET).outcomes()
    failed = {
        outcome.check
        for outcome in found
        for finding in outcome.findings
        if outcome.status is Status.FAIL and finding.level is Level.FAIL
    }
    return failed, [outcome for outcome in found if outcome.status is Status.ERRORED]
