"""Real servers that we did not write: what is reported about them is true, and nothing stays."""

import base64
import os
import urllib.request
from pathlib import Path

import pytest

import verifier
from tests.live.servers import running
from tests.places import CORPUS, needs_corpus
from verifier.model import Level, Status

pytestmark = pytest.mark.live
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
STRIPE = "stripe-stateful-mock-0.0.16"
KINTO = "kinto-26.5.0"
JUPYTER = "jupyter-server-2.17"


def asked(url, *, method="GET", data=None, **headers):
    request = urllib.request.Request(url, method=method, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


ALICE = {"Authorization": basic("alice", "pw-alice-1234")}


def reported(evaluation):
    """Check and operation of everything that is more than information."""
    return {
        (outcome.check, finding.operation)
        for outcome in evaluation.run.outcomes
        for finding in outcome.findings
        if finding.level is not Level.INFORMATION and outcome.status is not Status.INCONCLUSIVE
    }


def checks(evaluation):
    return {check for check, _ in reported(evaluation)}


def methods(evaluation):
    return {evaluation.run.exchange(id).request.method for id in evaluation.run.exchange_ids}


def crashed(evaluation):
    return [o for o in evaluation.run.outcomes if o.status is Status.ERRORED]


@pytest.fixture
def kinto(tmp_path):
    (tmp_path / "server").mkdir()
    with running(KINTO, tmp_path / "server") as server:
        account = b'{"data": {"password": "pw-alice-1234"}}'
        json_type = {"Content-Type": "application/json"}
        asked(f"{server.origin}/v1/accounts/alice", method="PUT", data=account, **json_type)
        for path in ("buckets/b1", "buckets/b1/collections/c1"):
            asked(f"{server.origin}/v1/{path}", method="PUT", **ALICE)
        yield server.origin


def evaluate_kinto(origin, folder, **more):
    os.environ.update(KINTO_USER="alice", KINTO_PASSWORD="pw-alice-1234")
    return verifier.evaluate(
        f"{origin}/v1/__api__",
        base_url=f"{origin}/v1",
        principals=["alice=basic:env:KINTO_USER:env:KINTO_PASSWORD"],
        per_second=0,
        folder=folder,
        **more,
    )


def test_kinto_is_read_without_a_single_write(kinto, tmp_path):
    found = evaluate_kinto(kinto, tmp_path / "run", budget=250)
    assert methods(found) <= SAFE
    assert crashed(found) == []
    # Seen by hand: no answer of Kinto's carries a request id, and GET /v1/__version__ is a 500
    # where no version file was deployed.
    assert "operations.request-id-everywhere" in checks(found)
    # Kinto says 401 with a challenge, and 404 for what does not exist.
    assert not checks(found) & {
        "credentials.missing-refused",
        "credentials.garbage-refused",
        "credentials.challenge-present",
        "contract.unknown-resource-is-404",
        "operations.clock-is-right",
    }


@pytest.fixture
def stripe(tmp_path):
    (tmp_path / "server").mkdir()
    with running(STRIPE, tmp_path / "server") as server:
        yield server.origin


@needs_corpus
def test_a_fake_stripe_is_told_apart_from_stripes_own_document(stripe, tmp_path):
    os.environ["STRIPE_KEY"] = "sk_test_12345"
    found = verifier.evaluate(
        Path(CORPUS, "stripe", "2021-12-23.yaml"),
        base_url=stripe,
        principals=["me=bearer:env:STRIPE_KEY"],
        per_second=0,
        budget=900,
        folder=tmp_path / "run",
    )
    assert crashed(found) == []
    assert methods(found) <= SAFE
    # Seen by hand: every list of this server says that its url is /v1/refunds, its 401 has no
    # challenge, and no answer has a request id.
    assert ("contract.response-matches-schema", "GET /v1/customers") in reported(found)
    assert {"credentials.challenge-present", "operations.request-id-everywhere"} <= checks(found)
    assert "credentials.missing-refused" not in checks(found)


@pytest.fixture
def jupyter(tmp_path):
    (tmp_path / "server").mkdir()
    with running(JUPYTER, tmp_path / "server") as server:
        document = tmp_path / "openapi.yaml"
        document.write_bytes(
            asked(f"{server.origin}/api/spec.yaml", Authorization="token tok-loopback")
        )
        yield server.origin, document


def test_jupyter_serves_what_its_hand_written_document_forgot(jupyter, tmp_path):
    origin, document = jupyter
    os.environ["JUPYTER_TOKEN"] = "tok-loopback"
    found = verifier.evaluate(
        document,
        base_url=origin,
        principals=["me=bearer:env:JUPYTER_TOKEN"],
        per_second=0,
        budget=300,
        folder=tmp_path / "run",
    )
    assert methods(found) <= SAFE
    assert crashed(found) == []
    # Seen by hand: GET /api/me answers null for avatar_url and color, which are documented as
    # text; HEAD is a 405 everywhere, without Allow; errors are not JSON.
    assert ("contract.response-matches-schema", "GET /api/me") in reported(found)
    assert {"contract.head-matches-get", "contract.method-not-allowed"} <= checks(found)
    assert "failure.errors-have-one-shape" in checks(found)
