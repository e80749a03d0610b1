"""What a run left at the vendor's is said in a few lines."""

from tests.reporting.sample_run import outcome, run
from verifier.model import LedgerEntry
from verifier.runs.ending import left_behind


def left(count, **facts):
    ledger = [
        LedgerEntry(resource="payments", path=f"/payments/{n}", created_by="c", state="left")
        for n in range(count)
    ]
    return left_behind(run([outcome("contract.a")], ledger=ledger, **facts))


def test_what_was_removed_is_not_said():
    gone = LedgerEntry(resource="orders", path="/orders/1", created_by="c", state="removed")
    assert left_behind(run([outcome("contract.a")], ledger=[gone])) == ()


def test_a_mock_is_gone_with_all_that_it_was_given():
    assert left(3, mode="mock") == ()


def test_each_is_said_with_its_address():
    assert [line.split("#")[0].strip()[-11:] for line in left(2)] == ["/payments/0", "/payments/1"]


def test_of_many_the_first_are_said_and_the_rest_counted():
    lines = left(500)
    assert len(lines) == 11
    assert lines[-1] == "... and 490 more, in the report"
