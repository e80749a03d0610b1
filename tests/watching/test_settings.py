"""watch.yaml: what it may say, what is assumed without it, and where it is wrong."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from tests.diffing.editing import SMALL
from verifier.errors import ConfigError, UsageError
from verifier.model import Impact
from verifier.watching import read_settings, watch_schema
from verifier.watching.settings import spanned

FULL = """
every: 1d
channels:
  folder: {kind: file, folder: news}
  hook: {kind: webhook, url: "https://example.test/hook", secret: "${HOOK}"}
  issues: {kind: github-issue, folder: issues}
  phone: {kind: apprise, url: "${PHONE}"}
default: [folder]
thresholds: [1, 60]
heartbeat: 2d
heartbeat_channels: [phone]
ping: "${PING}"
calendar: ends.ics
feed: news.atom
vendors:
  acme:
    every: 30m
    channels: [hook, folder]
    owner: payments
    least: breaking
    used: [runs/1, "GET /items"]
  elsewhere:
    document: https://example.test/openapi.yaml
"""


@pytest.fixture
def specs(tmp_path):
    home = tmp_path / "acme"
    home.mkdir()
    (home / "openapi.json").write_text(json.dumps(SMALL))
    (tmp_path / "notes").mkdir()
    (tmp_path / ".git").mkdir()
    return tmp_path


def written(specs, text):
    (specs / "watch.yaml").write_text(text)
    return read_settings(specs)


def test_without_a_watch_yaml_every_folder_with_a_document_is_watched_into_a_folder(specs):
    found = read_settings(specs)
    (acme,) = found.subjects
    assert (acme.name, acme.document) == ("acme", str(specs / "acme"))
    assert acme.every_seconds == 6 * 3600
    assert found.channels == {"announcements": {"kind": "file", "folder": "announcements"}}
    assert found.state == str(specs / ".verifier" / "watch.sqlite")


def test_everything_that_can_be_said_is_taken(specs):
    found = written(specs, FULL)
    acme, elsewhere = found.subjects
    assert (acme.every_seconds, acme.owner, acme.least) == (1800, "payments", Impact.BREAKING)
    assert acme.channels == ("hook", "folder")
    assert acme.used == (str(specs / "runs" / "1"), "GET /items")
    assert elsewhere.document == "https://example.test/openapi.yaml"
    assert (elsewhere.every_seconds, elsewhere.channels) == (86400, ("folder",))
    assert (found.thresholds, found.heartbeat_days) == ((60, 1), 2)
    assert found.heartbeat_channels == ("phone",)


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("evry: 1d", "every", 1),
        ("every: often", "30m", 1),
        ("every: 0s", "30m", 1),
        ("channels: {x: {kind: pigeon}}", "apprise, file, github-issue, webhook", 1),
        ("channels:\n  x: {kind: webhook}", "url", 2),
        ("channels:\n  x: {kind: webhook, url: 'file:///etc/passwd'}", "address", 2),
        ("channels:\n  x: {kind: webhook, url: 'https://a', secret: hunter2}", "${VARIABLE}", 2),
        ("vendors:\n  acme: {least: loud}", "breaking, warning, info", 2),
        ("vendors:\n  acme: {probe: -1}", "probe", 2),
        ("thresholds: [soon]", "thresholds", 1),
    ],
)
def test_what_is_written_wrongly_is_named_with_its_line(specs, text, says, line):
    with pytest.raises(ConfigError) as caught:
        written(specs, text)
    assert caught.value.where == f"{specs / 'watch.yaml'}:{line}"
    assert says in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("default: [nobody]", "there is no channel 'nobody'"),
        ("vendors: {acme: {channels: [nobody]}}", "there is no channel 'nobody'"),
        ("vendors: {ghost: {}}", "which document does 'ghost' have"),
        ("vendors: {../up: {document: x}}", "'../up' is no name"),
    ],
)
def test_what_cannot_be_meant_is_named(specs, text, says):
    with pytest.raises(ConfigError, match=says):
        written(specs, text)


def test_a_folder_without_vendors_is_an_error_with_its_mend(tmp_path):
    with pytest.raises(ConfigError, match="no vendor to watch") as caught:
        read_settings(tmp_path)
    assert "watch.yaml" in caught.value.mend


def test_a_span_on_the_command_line_goes_before_the_file(specs):
    found = spanned(written(specs, FULL), "2h")
    assert {subject.every_seconds for subject in found.subjects} == {7200}
    with pytest.raises(UsageError, match="'often' is no span"):
        spanned(found, "often")


def test_the_schema_takes_what_is_taken_and_refuses_what_is_refused():
    schema = watch_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(yaml.safe_load(FULL))
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate({"channels": {"x": {"kind": "pigeon"}}})
