"""Ten defects at once: each is still named, and none is taken for another."""

import re
from functools import cache

import pytest

from verifier import discovery
from verifier.model import Status
from verifier.proving import ask_mock, reviewed, speaking
from verifier.proving.row import sample_vendor

# Enough for everything to be asked three times.
BUDGET = 3000
TENS = {
    "a broken creation": (
        "create-not-stored open-operation leaks-stack-trace clock-skewed no-request-id-on-errors "
        "head-differs missing-header limit-as-503 echoes-token serves-any-method"
    ),
    "broken lists": (
        "page-loops cross-tenant-list filter-ignored retry-after-garbage replay-creates-again "
        "truncates-text webhook-unsigned error-code-missing delete-keeps wrong-type-when-null"
    ),
    "broken locks": (
        "accepts-any-token no-challenge error-names-nothing update-lost undocumented-status "
        "page-skips number-as-string deprecation-as-boolean webhook-one-attempt key-reuse-applied"
    ),
    "broken errors": (
        "cross-tenant-read error-inside-200 error-shape-varies key-reuse-applied number-as-string "
        "read-scope-writes remaining-frozen reset-in-milliseconds sunset-before-deprecation "
        "webhook-signature-wrong"
    ),
}
SAYS_SO = re.compile("could be created|said it created|is not there|read back|answered 404")
pytestmark = pytest.mark.matrix


@cache
def outcomes(name):
    return ask_mock(
        sample_vendor(), discovery.checks(), misbehaviours=TENS[name].split(), budget=BUDGET
    ).outcomes()


@pytest.mark.parametrize("name", TENS)
def test_each_of_ten_defects_is_named_and_nothing_else(name):
    rows = [reviewed(defect) for defect in TENS[name].split()]
    assert len(rows) == 10
    spoke = speaking(outcomes(name))
    assert {row.misbehaviour for row in rows if not set(row.named) <= spoke} == set()
    assert spoke - {check for row in rows for check in row.may} == set()
    assert [o for o in outcomes(name) if o.status is Status.ERRORED] == []


@pytest.mark.parametrize(
    "check",
    [
        "contract.deleted-is-gone",
        "contract.read-only-is-read-only",
        "contract.update-is-visible",
        "contract.writes-are-faithful",
        "credentials.tenant-isolated",
        "duplicates.concurrent-same-key",
        "duplicates.lost-response-single-effect",
        "duplicates.same-key-single-effect",
        "failure.lost-update-prevented",
        "failure.put-and-delete-idempotent",
    ],
)
def test_what_a_broken_creation_leaves_untested_says_so_and_accuses_nobody(check):
    held = [
        o
        for o in outcomes("a broken creation")
        if o.check == check and o.status is not Status.NOT_APPLICABLE
    ]
    assert {o.status for o in held} == {Status.NOT_TESTED}
    assert [o for o in held if not SAYS_SO.search(o.reason)] == []
