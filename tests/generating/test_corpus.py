"""Real vendors' documents: requests for every operation that allows one, each labelled truly."""

import functools
import random
import time

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.generating.specimens import is_wrong
from tests.loading.test_corpus import DOCUMENTS
from tests.places import CORPUS, needs_corpus
from verifier.encoding import media_for
from verifier.generating import Cases
from verifier.loading import load
from verifier.model import Missing, Validity
from verifier.validating import Direction, judge_request, standalone

pytestmark = [pytest.mark.corpus, needs_corpus]

FILES = [name for name, _, operations in DOCUMENTS if operations]
# Looked at by hand: their documents ask for what they forbid, and so nothing is allowed.
IMPOSSIBLE = {
    "digitalocean/2026-08-07/specification/DigitalOcean-public.v2.yaml": {
        "POST /v2/droplets/actions"
    },
    "jira/platform-2022-07-17.json": {
        "POST /rest/api/3/issue/{issueIdOrKey}/attachments",
        "POST /rest/api/3/screenscheme",
    },
    "openai/2023-12-22.yaml": {"POST /threads/runs", "POST /threads/{thread_id}/runs"},
    "sendgrid/oai-v2-2024-07-09.json": {"PUT /marketing/singlesends/{id}/schedule"},
    "spotify/2021-12-01.yaml": {"GET /search"},
}
SECONDS = 10.0
BOUNDS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
# What must be wrong, in the words of JSON Schema, where a case says that this is.
KEYWORDS = {
    "wrong-type": {"type", "enum", "const"},
    "null-not-allowed": {"type", "enum", "const"},
    "bad-enum": {"enum", "const"},
    "too-long": {"maxLength"},
    "too-short": {"minLength"},
    "bad-pattern": {"pattern"},
    "bad-format": {"format"},
    "out-of-range": BOUNDS,
    "bad-multiple": {"multipleOf"},
    "too-few-items": {"minItems"},
    "too-many-items": {"maxItems"},
    "not-unique": {"uniqueItems"},
    "extra-property": {"additionalProperties", "unevaluatedProperties"},
    "missing-required": {"required"},
}


@functools.lru_cache(maxsize=2)
def contract(file):
    return load(CORPUS / file)


def drawn(file, operations, limit):
    """Operations chosen by chance, and their cases."""
    every = list(contract(file).operations)
    chosen = random.Random(file).sample(every, min(operations, len(every)))
    cases = Cases(contract(file), seed=0, fixtures={}, deep=False)
    return [(operation, cases.cases(operation, limit=limit)) for operation in chosen]


@pytest.mark.parametrize("file", FILES)
def test_every_operation_gets_valid_requests_and_every_label_is_true(file):
    contract(file)
    began = time.process_time()
    found = drawn(file, operations=40, limit=40)
    assert time.process_time() - began < SECONDS
    lost = {o.key: cases for o, cases in found if isinstance(cases, Missing)}
    assert set(lost) <= IMPOSSIBLE.get(file, set()), lost
    for operation, cases in found:
        if isinstance(cases, Missing):
            continue
        assert cases[0].validity is Validity.VALID
        for case in cases:
            broken = case.validity is Validity.BROKEN
            assert is_wrong(operation, case) is broken, case
            if case.draft.raw_body is None:
                assert bool(judge_request(operation, case.draft)) is broken, case


@pytest.mark.parametrize("file", IMPOSSIBLE)
def test_what_their_documents_make_impossible_is_said_with_what_to_supply(file):
    cases = Cases(contract(file), seed=0, fixtures={}, deep=False)
    for key in IMPOSSIBLE[file]:
        missing = cases.cases(contract(file).operation(key), limit=10)
        assert isinstance(missing, Missing), key
        assert key in missing.reason or "parameter" in missing.reason
        assert missing.supply.startswith("fixtures: {")


class Peer:
    """An independent validator's opinion of drafts: pure jsonschema, part by part."""

    def __init__(self, operation):
        self.operation = operation
        self.engines = {}

    def errors(self, draft):
        """Part, place and keyword of what it finds, at the top and within alternatives."""
        found = []
        for part, schema, value in self._parts(draft):
            if schema.at not in self.engines:
                self.engines[schema.at] = Draft202012Validator(
                    standalone(schema, Direction.REQUEST), format_checker=FormatChecker()
                )
            found += [(part, error) for error in self.engines[schema.at].iter_errors(value)]
        return found

    def _parts(self, draft):
        places = {"path": draft.path, "header": draft.headers, "cookie": draft.cookies}
        for parameter in self.operation.parameters:
            held = places.get(parameter.location, draft.query)
            if parameter.name in held and parameter.schema is not None:
                where = f"{parameter.location}/{parameter.name}"
                yield where, parameter.schema, held[parameter.name]
        if draft.has_body and draft.raw_body is None:
            media = media_for(self.operation.body.media, draft.media_type)
            if media is not None and media.schema is not None:
                yield "body", media.schema, draft.body


def keywords(errors):
    for error in errors:
        yield error.validator
        yield from keywords(error.context or ())


def says_nothing(case):
    """Whether the mistake lies outside of what schemas describe, or in a format not known there."""
    kind, _, where = case.aspect.partition(":")
    outside = case.draft.raw_body is not None or (where == "body" and not case.draft.has_body)
    return outside or kind == "bad-format" or (kind, where[:4]) == ("missing-required", "quer")


@pytest.mark.parametrize("file", FILES)
def test_an_independent_validator_agrees_and_finds_one_thing_wrong_in_the_named_way(file):
    for operation, cases in drawn(file, operations=6, limit=40):
        peer = Peer(operation)
        for case in cases if not isinstance(cases, Missing) else ():
            wrong = peer.errors(case.draft)
            if case.validity is Validity.VALID:
                assert not wrong, case
            elif not says_nothing(case):
                kind, _, where = case.aspect.partition(":")
                missing = kind == "missing-required" and where.startswith("header")
                assert missing or KEYWORDS[kind] & set(keywords(e for _, e in wrong)), case
                assert len({(part, *error.absolute_path) for part, error in wrong}) <= 1, case


@pytest.mark.parametrize("file", ["selfhosted/kinto-26.5.0.json", "spotify/2026-05-30.yaml"])
def test_random_depth_is_labelled_as_truly(file):
    cases = Cases(contract(file), seed=0, fixtures={})
    deep = []
    for operation in random.Random(file).sample(list(contract(file).operations), 6):
        mine = [c for c in cases.cases(operation, limit=120) if c.phase == "deep"]
        assert not [case for case in mine if is_wrong(operation, case)]
        deep += mine
    assert deep


@pytest.mark.parametrize("file", ["stripe/2023-09-12.yaml", "jira/platform-2022-07-17.json"])
def test_samples_are_valid_and_made_fresh(file):
    cases = Cases(contract(file), seed=0, fixtures={})
    for operation in random.Random(file).sample(list(contract(file).operations), 20):
        for fresh in (0, 5):
            case = cases.sample(operation, path={}, body={}, query={}, fresh=fresh)
            if not isinstance(case, Missing):
                assert judge_request(operation, case.draft) == ()
