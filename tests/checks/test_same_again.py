"""A vendor that gives the same thing for the same wish is not blamed for it."""

from tests.probing.running import run, vendor
from verifier.checks.failure.put_and_delete_idempotent import put_and_delete_idempotent
from verifier.checks.replaceable import REPLACEABLE, ReplaceableShelf
from verifier.model import Status


class Single(ReplaceableShelf):
    """Has one item, and gives it to whoever wants another."""

    def create(self, request):
        if not self.items:
            return super().create(request)
        return self.json(200, self.shown(next(iter(self.items.values()))))


def test_deleting_what_was_given_twice_removes_no_other():
    journal = run(
        put_and_delete_idempotent,
        answer=Single(),
        whom=vendor(REPLACEABLE),
        items=[(put_and_delete_idempotent.id, "items")],
    )
    (outcome,) = journal.outcomes()
    assert outcome.findings == ()
    assert outcome.status is Status.NOT_TESTED
    assert "the same one again" in outcome.reason
