"""Where an answer does not tell what was created, nothing is said of whose it is."""

import time

from msgspec.structs import replace

from tests.checks.proving import StillClock, findings_of, outcomes_of
from verifier import discovery
from verifier.checks.keyed import KeyedShelf
from verifier.model import Status


class Discreet(KeyedShelf):
    """Says that it was done, and not what was made."""

    def create(self, request):
        made = super().create(request)
        return replace(made, body=b"{}") if made.status == 201 else made


def test_a_result_without_an_id_is_nobodys():
    check = discovery.checks()["duplicates.key-scoped-to-principal"]
    specimen = replace(check.specimens["healthy"][0], answer=Discreet)
    outcomes = outcomes_of(check, specimen, StillClock(time.time()))
    assert findings_of(outcomes) == []
    told = [o for o in outcomes if o.status is Status.NOT_TESTED]
    assert [o.reason for o in told] == ["what creating items answers tells no id"]
