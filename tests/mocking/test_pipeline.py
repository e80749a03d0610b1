"""A request goes through stages, and whoever hangs on one sees and changes what it decided."""

import pytest

import verifier
from tests.places import ROOT
from verifier.mocking import MockVendor
from verifier.mocking.pipeline import CLOSING, DECIDING
from verifier.wire import Answer, Incoming

SAMPLE = ROOT / "specs" / "acme-billing" / "openapi.yaml"
ASKED = Incoming(method="GET", target="/customers")


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


class Listening:
    """Notes every stage that it is called at."""

    def __init__(self):
        self.heard = []

    def __getattr__(self, name):
        if not name.startswith(("before_", "after_")):
            raise AttributeError(name)
        return lambda turn: self.heard.append(name)


def around(*stages):
    return [f"{when}_{stage}" for stage in stages for when in ("before", "after")]


def test_an_admitted_request_passes_every_stage_in_order(contract):
    listening = Listening()
    mock = MockVendor(contract, hooks=(listening,))
    token = mock.secrets["full"]["token"]
    headers = (("Authorization", f"Bearer {token}"),)
    mock.answer(Incoming(method="GET", target="/customers", headers=headers))
    assert listening.heard == around(*DECIDING, *CLOSING)


def test_a_refusal_ends_the_deciding_and_is_still_put_into_words(contract):
    listening = Listening()
    assert MockVendor(contract, hooks=(listening,)).answer(ASKED).status == 401
    assert listening.heard == around("route", "admit", *CLOSING)


def test_a_hook_decides_before_a_stage_or_takes_its_decision_back(contract):
    class Down:
        def before_act(self, turn):
            turn.decision = Answer(status=503)

    class Open:
        def after_admit(self, turn):
            turn.decision = None

    assert MockVendor(contract, hooks=(Open(),)).answer(ASKED).status == 200
    assert MockVendor(contract, hooks=(Open(), Down())).answer(ASKED).status == 503
