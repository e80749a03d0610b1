"""What an errand claims is found out once, however many errands a large document has."""

import sys

from tests.probing.running import a_check, vendor
from verifier.checks.specimens import ITEMS
from verifier.model import Subject
from verifier.probing.claims import Claims


def many(kinds):
    """A vendor of so many kinds of thing."""
    paths = {
        path.replace("/items", f"/k{number}s"): {
            name: {**held, "operationId": f"k{number}-{name}-{path}"}
            if "responses" in held
            else held
            for name, held in item.items()
        }
        for number in range(kinds)
        for path, item in ITEMS["paths"].items()
    }
    return vendor({**ITEMS, "paths": paths})


def calls(act):
    """How many functions something calls: the same on every machine."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def test_a_second_check_of_a_large_document_finds_its_claims_without_looking():
    whole = many(60)
    claims, check = Claims(whole), a_check(lambda _: (), subject=Subject.OPERATION)

    def every():
        for operation in whole.contract.operations:
            claims.of(check, operation.key)

    first, second = calls(every), calls(every)
    assert second < 12 * len(whole.contract.operations)
    assert second < first / 5
