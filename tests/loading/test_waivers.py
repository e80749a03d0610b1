"""Waivers and baselines: files that people review, read strictly and written so that they are."""

import datetime

import pytest
from jsonschema import Draft202012Validator

from tests.reporting.sample_run import failing, run
from verifier import judging, loading
from verifier.errors import ConfigError
from verifier.loading import read_acceptances, read_waivers
from verifier.model import Acceptance, Change, Impact

DAY = datetime.date(2027, 1, 31)
GOOD = """\
findings:
  - fingerprint: "0123456789abcdef"
    reason: accepted-risk
    owner: ada
    until: 2027-01-31
"""


def accepting(**more):
    given = {"reason": "accepted-risk", "owner": "ada", "until": DAY, "check": "failure.*"}
    return Acceptance(**{**given, **more})


def written(tmp_path, text):
    path = tmp_path / "waivers.yaml"
    path.write_text(text)
    return path


def test_a_waiver_is_read_with_its_place(tmp_path):
    (found,) = read_acceptances(written(tmp_path, GOOD))
    assert (found.fingerprint, found.until, found.owner) == ("0123456789abcdef", DAY, "ada")
    assert found.where.endswith("waivers.yaml:2")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    owner: ada\n", "", "needs 'owner'"),
        ("    until: 2027-01-31\n", "", "needs 'until'"),
        ("accepted-risk", "because", "accepted-risk, vendor-fix-promised"),
        ("2027-01-31", "2027-02-31", "no day"),
        ('fingerprint: "0123456789abcdef"', 'check: "*"', "accepts everything"),
        ("owner", "onwer", "onwer"),
        ("0123456789abcdef", "0123", "sixteen hexadecimal digits"),
    ],
)
def test_a_waiver_that_says_too_little_is_refused_with_its_line(tmp_path, old, new, says):
    with pytest.raises(ConfigError, match=says) as caught:
        read_acceptances(written(tmp_path, GOOD.replace(old, new)))
    assert "waivers.yaml:" in str(caught.value)


def test_what_is_written_is_read_again_whatever_its_words_are(tmp_path):
    path = tmp_path / "waivers.yaml"
    given = [
        accepting(says='a "ticket" \\ for ${HOME} # 12', owner="ada: & co"),
        accepting(fingerprint="1234567890123456", check="", operation="GET /a*"),
    ]
    for one in given:
        loading.write_acceptance(path, one, about="what\nit is\x07 about")
    found = read_acceptances(path)
    assert [(one.subject, one.owner, one.says) for one in found] == [
        (one.subject, one.owner, one.says) for one in given
    ]


def test_waivers_of_findings_and_of_changes_live_in_one_file(tmp_path):
    path = tmp_path / "waivers.yaml"
    change = Change(rule="a.b", severity=Impact.BREAKING, says="Gone.", fingerprint="1" * 16)
    loading.write_acceptance(path, accepting())
    loading.write_waivers(path, [change], "agreed")
    loading.write_acceptance(path, accepting(check="contract.*"))
    loading.write_waivers(path, [change], "again")
    assert [one.check for one in read_acceptances(path)] == ["failure.*", "contract.*"]
    assert [one.reason for one in read_waivers(path)] == ["agreed", "again"]


def test_a_file_that_is_broken_is_not_added_to(tmp_path):
    path = written(tmp_path, "findings:\n  - oops: 1\n")
    with pytest.raises(ConfigError, match="oops"):
        loading.write_acceptance(path, accepting())
    assert path.read_text() == "findings:\n  - oops: 1\n"


def test_a_baseline_comes_back_as_it_was_written_and_fits_its_schema(tmp_path):
    path = tmp_path / "baseline.json"
    made = judging.baseline_of(run([failing("failure.nothing-leaks")]), None, DAY)
    loading.write_baseline(path, made)
    found = loading.read_baseline(path)
    assert (found.failures, found.tested) == (made.failures, made.tested)
    import orjson

    Draft202012Validator(loading.baseline_schema()).validate(orjson.loads(path.read_bytes()))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "failures": [1]}', "{", "null"]
)
def test_what_is_no_baseline_is_refused_with_the_command_that_writes_one(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match="--update-baseline"):
        loading.read_baseline(path)
