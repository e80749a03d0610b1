"""Who is known by a session does not end it, and a redirect lets nobody in."""

import copy
import time

import pytest
from msgspec.structs import replace

from tests.checks.proving import StillClock, outcomes_of, vendor_of
from verifier import discovery, planning
from verifier.checks.provoking import readable
from verifier.checks.specimens import ITEMS, Shelf
from verifier.model import Effect, Environment, Level, Response, Specimen, Status

CHECKS = discovery.checks()
MISSING = CHECKS["credentials.missing-refused"]


def with_path(path):
    document = copy.deepcopy(ITEMS)
    document["paths"][path] = {"get": document["paths"]["/items"]["get"]}
    return vendor_of(Specimen(document=document), live=True)


@pytest.mark.parametrize("path", ["/auth/logout", "/sign-out", "/session/logoff/", "/v1/log_out"])
def test_what_ends_our_session_is_not_asked_at_a_real_vendor(path):
    vendor = with_path(path)
    plan = planning.plan(vendor, CHECKS)
    key = f"GET {path}"
    asked = [i for i in plan.items if CHECKS[i.check].effect is not Effect.NONE]
    assert [i for i in asked if i.subject == key] == []
    assert any("end the session" in o.reason for o in plan.omitted if o.subject == key)
    assert key not in [operation.key for operation in readable(vendor)]


def test_a_mock_has_no_session_to_end_and_a_list_of_logouts_ends_none():
    mock = replace(with_path("/logout"), environment=Environment.MOCK)
    assert [o for o in planning.plan(mock, CHECKS).omitted if "session" in o.reason] == []
    assert "GET /logouts" in [operation.key for operation in readable(with_path("/logouts"))]


class Redirecting(Shelf):
    """Leads whoever is not known to a page where they could be."""

    def __call__(self, request):
        if request.header("authorization"):
            return super().__call__(request)
        return Response(status=302, headers=(("location", "/login"),))


def test_a_redirect_of_strangers_is_a_warning_and_no_open_door():
    specimen = Specimen(answer=Redirecting())
    for outcome in outcomes_of(MISSING, specimen, StillClock(time.time())):
        if outcome.status is Status.NOT_APPLICABLE:
            continue
        (finding,) = outcome.findings
        assert (finding.level, finding.signature) == (Level.WARNING, "anonymous:302")


def test_who_leads_everybody_there_has_said_nothing():
    everybody = Specimen(answer=lambda _: Response(status=302, headers=(("location", "/login"),)))
    outcomes = outcomes_of(MISSING, everybody, StillClock(time.time()))
    assert {o.status for o in outcomes} <= {Status.NOT_TESTED, Status.NOT_APPLICABLE}
