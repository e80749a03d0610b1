"""Real vendors' documents: requests for nearly every operation, each labelled truly, and soon."""

import functools
import random
import time

import pytest

from tests.places import CORPUS, needs_corpus
from verifier.encoding import DecodeError, decode, encode
from verifier.generating import Cases
from verifier.loading import load
from verifier.model import Case, Missing, Operation, Validity
from verifier.validating import judge_request

pytestmark = [pytest.mark.corpus, needs_corpus]

# Documents, and how many of the drawn operations no valid request can be made for.
SAMPLE = {
    "github/octokit-23.0.2.json": 0,
    "stripe/2023-09-12.yaml": 0,
    "adyen/checkout-v72.json": 0,
    "paypal/orders-v2-2024-02-03.json": 0,
    "openai/2026-08-21.yaml": 0,
    "asana/2026-06-11.yaml": 0,
    "twilio/api_v2010-2026-04-14.json": 0,
    "discord/2026-07-18.json": 0,
    "jira/platform-2022-07-17.json": 0,
    "kubernetes/2017-11-20.json": 0,
    "box/2026-06-29.json": 0,
    "slack/web-api-2020-10-06.json": 0,
    "datadog/v1-2026-08-21.yaml": 0,
    "selfhosted/kinto-26.5.0.json": 0,
}
OPERATIONS = 15
LIMIT = 20
SECONDS = 6.0


@functools.cache
def contract(file):
    return load(CORPUS / file)


def drawn_operations(file) -> list[Operation]:
    every = list(contract(file).operations)
    return random.Random(file).sample(every, min(OPERATIONS, len(every)))


def is_wrong(operation: Operation, case: Case) -> bool:
    request = encode(operation, case.draft)
    try:
        read = decode(
            operation, request.method, request.path, request.query, request.headers, request.body
        )
    except DecodeError:
        return True
    return bool(judge_request(operation, read))


@pytest.mark.parametrize("file", SAMPLE)
def test_nearly_every_operation_has_valid_requests_and_every_label_is_true(file, record_property):
    cases = Cases(contract(file), seed=0, fixtures={}, deep=False)
    began, lost, count = time.process_time(), [], 0
    for operation in drawn_operations(file):
        found = cases.cases(operation, limit=LIMIT)
        if isinstance(found, Missing):
            lost.append(f"{operation.key}: {found.reason}")
            continue
        count += len(found)
        assert any(case.validity is Validity.VALID for case in found), operation.key
        for case in found:
            assert is_wrong(operation, case) is (case.validity is Validity.BROKEN), case
    record_property("cases", count)
    record_property("operations without a valid request", len(lost))
    assert len(lost) <= SAMPLE[file], lost
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("file", ["selfhosted/kinto-26.5.0.json", "spotify/2026-05-30.yaml"])
def test_random_depth_is_labelled_as_truly(file):
    cases = Cases(contract(file), seed=0, fixtures={})
    deep = []
    for operation in drawn_operations(file)[:6]:
        found = cases.cases(operation, limit=120)
        mine = [case for case in found if case.phase == "deep"]
        assert not [case for case in mine if is_wrong(operation, case)]
        deep += mine
    assert deep


@pytest.mark.parametrize("file", ["stripe/2023-09-12.yaml", "jira/platform-2022-07-17.json"])
def test_samples_are_valid_and_made_fresh(file):
    cases = Cases(contract(file), seed=0, fixtures={})
    for operation in drawn_operations(file):
        for fresh in (0, 5):
            case = cases.sample(operation, path={}, body={}, query={}, fresh=fresh)
            if not isinstance(case, Missing):
                assert judge_request(operation, case.draft) == ()
