"""Every format says the same in its own form, obeys its schema, and keeps its readers' limits."""

import gzip
import json
import re
from xml.etree import ElementTree

import jsonschema
import jsonschema_rs
import pytest
from junitparser import JUnitXml

from tests.places import SCHEMAS, needs_schemas
from tests.reporting.sample_pictures import pictured
from tests.reporting.sample_run import failing, outcome, rich, run
from verifier import reporting
from verifier.errors import ConfigError, UsageError
from verifier.judging import judge
from verifier.model import Finding, Level, Severity, Status
from verifier.reporting.compose import compose
from verifier.reporting.formats import (
    ctrf,
    github,
    gitlab,
    har,
    json_results,
    junit,
    markdown,
    sarif,
)

MEGABYTE = 1024 * 1024
MANY = 10_000


def seen(made):
    return compose(made, judge(made))


@pytest.fixture(scope="module")
def view():
    return seen(rich())


@pytest.fixture(scope="module")
def sound():
    return seen(run([outcome("contract.no-server-error", samples=9)]))


@pytest.fixture(scope="module")
def many():
    """Ten thousand findings, each of a kind of its own."""
    return seen(
        run(
            [
                failing(f"contract.rule-{n % 40}", f"kind-{n}", subject=f"GET /{n}")
                for n in range(MANY)
            ]
        )
    )


def obeys(data, name):
    schema = json.loads((SCHEMAS / name).read_text())
    jsonschema_rs.validator_for(schema).validate(data)


# -- rendering


def test_what_is_asked_for_is_written_and_nothing_else(tmp_path):
    made = run([outcome("contract.no-server-error", samples=9)])
    files = reporting.render(made, judge(made), tmp_path, formats=("junit", "sarif"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["junit.xml", "results.sarif"]
    assert set(files) == {"junit", "sarif"}


def test_the_split_page_has_its_parts_beside_it(tmp_path):
    files = reporting.render(rich(), judge(rich()), tmp_path, formats=("split",))
    page = files["split"].read_text()
    names = {path.name for path in files["split"].parent.iterdir()}
    assert names == {"index.html", "report.css", "report.js", "exchanges.js"}
    assert "<style>" not in page
    assert "style-src 'self'; script-src 'self'" in page.replace("&#39;", "'")
    assert re.findall(r"<script(?![^>]*src=)(?![^>]*octet-stream)", page) == []


def test_an_unknown_format_or_language_is_said_before_anything_is_asked(tmp_path):
    with pytest.raises(UsageError, match="no format 'docx'") as raised:
        reporting.require(("html", "docx"))
    assert "junit" in raised.value.mend
    with pytest.raises(UsageError, match="no language 'xx'"):
        reporting.require((), "xx")


def test_a_pdf_without_a_chromium_is_said_before_anything_is_asked(monkeypatch):
    monkeypatch.setenv("VERIFIER_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(ConfigError, match="takes a Chromium") as raised:
        reporting.require(("pdf",))
    assert "VERIFIER_CHROMIUM" in raised.value.mend


# -- JSON


@pytest.mark.parametrize("made", [rich, pictured], ids=["rich", "pictured"])
def test_results_obey_their_published_schema(made):
    schema = reporting.results_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(json_results.write(seen(made()))))


def test_the_published_schema_names_every_member_that_is_written(view):
    data, schema = json.loads(json_results.write(view)), reporting.results_schema()
    assert set(data) == set(schema["properties"]) == set(schema["required"])
    finding = schema["$defs"]["finding"]
    assert set(data["findings"][0]) == set(finding["properties"]) == set(finding["required"])
    verdict = schema["properties"]["verdict"]["properties"]
    assert set(data["verdict"]["grade"]) == set(verdict["grade"]["properties"])


def test_results_hold_every_outcome_and_every_finding(view):
    data = json.loads(json_results.write(view))
    assert len(data["outcomes"]) == len(view.run.accounted)
    levels = [finding["level"] for finding in data["findings"]]
    assert sorted(set(levels)) == [
        *("fail", "inconclusive", "information", "review", "waived", "warning"),
    ]
    leak = next(f for f in data["findings"] if f["says"] == "Its 400 shows a stack trace.")
    assert [place["operation"] for place in leak["places"]] == ["GET /orders", "POST /orders"]


# -- JUnit


def test_junit_counts_add_up_and_names_are_unique(view):
    report = JUnitXml.fromstring(junit.write(view))
    cases = [case for suite in report for case in suite]
    assert len({(case.classname, case.name) for case in cases}) == len(cases)
    assert len(cases) == len(view.run.accounted)
    statuses = [o.status for o in view.run.accounted]
    assert sum(suite.failures for suite in report) == statuses.count(Status.FAIL)
    assert sum(suite.errors for suite in report) == statuses.count(Status.ERRORED) == 1


def test_junit_tells_apart_what_looks_the_same():
    made = run(
        [failing("contract.a", subject="GET /a\0"), failing("contract.a", subject="GET /a\1")]
    )
    names = re.findall(r'testcase name="([^"]+)"', junit.write(seen(made)).decode())
    assert len(set(names)) == 2


def test_junit_fails_for_nothing_that_is_doubted_or_waived(view):
    text = junit.write(view).decode()
    failed = re.findall(r'<testcase name="([^"]+)"[^>]*><failure', text)
    assert {name.partition(" ")[0] for name in failed} == {
        *("credentials.missing-refused", "failure.nothing-leaks", "failure.a-refund-is-told"),
    }
    skipped = re.findall(r'<skipped message="([^:"]+)', text)
    assert sorted(skipped) == ["inconclusive", "not applicable", "not tested", "not tested"]


def test_junit_of_ten_thousand_failures_is_small_enough_for_gitlab(many):
    data = junit.write(many)
    assert len(data) < 30 * MEGABYTE
    assert len(ElementTree.fromstring(data).findall(".//failure")) == MANY


# -- SARIF


@needs_schemas
@pytest.mark.parametrize("made", ["view", "sound", "many"])
def test_sarif_obeys_its_schema(made, request):
    data = json.loads(sarif.write(request.getfixturevalue(made)))
    obeys(data, "sarif-2.1.0.schema.json")


def test_sarif_of_a_sound_run_has_no_result(sound):
    assert json.loads(sarif.write(sound))["runs"][0]["results"] == []


def test_sarif_stands_at_lines_of_the_document(view):
    (made,) = json.loads(sarif.write(view))["runs"]
    assert made["automationDetails"]["id"] == "verifier/orders/"
    for result in made["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "orders.yaml", "uriBaseId": "%SRCROOT%"}
        assert place["region"]["startLine"] >= 1
        assert re.fullmatch(
            r"[0-9a-f]{16}:\d+", result["partialFingerprints"]["primaryLocationLineHash"]
        )
        assert made["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_leaves_out_what_is_doubted_and_marks_what_is_waived(view):
    results = json.loads(sarif.write(view))["runs"][0]["results"]
    assert not any("HEAD differs" in result["message"]["text"] for result in results)
    waived = [result for result in results if "suppressions" in result]
    assert [result["ruleId"] for result in waived] == ["contract.writes-are-faithful"]


def test_sarif_keeps_githubs_limits_at_ten_thousand_findings(many):
    data = sarif.write(many)
    (made,) = json.loads(data)["runs"]
    assert len(made["results"]) == 5_000
    assert (
        "5000 more" in made["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    )
    assert len(gzip.compress(data)) < 10 * MEGABYTE
    assert all(len(rule["properties"]["tags"]) <= 10 for rule in made["tool"]["driver"]["rules"])


def test_what_github_shows_first_is_the_worst():
    blocker = Finding(says="Worst.", signature="w", severity=Severity.BLOCKER)
    made = run([failing("contract.rule"), outcome("contract.other", Status.FAIL, blocker)])
    results = json.loads(sarif.write(seen(made)))["runs"][0]["results"]
    assert results[0]["message"]["text"].startswith("Worst.")


# -- GitHub, GitLab, CTRF, HAR, Markdown


def test_a_sound_run_annotates_nothing(sound):
    assert github.write(sound) == b""
    assert json.loads(gitlab.write(sound)) == []


def test_annotations_are_at_most_ten_of_each_level(many, view):
    lines = github.write(many).decode().splitlines()
    assert len(lines) == 10
    assert "9991 more" in lines[-1]
    assert all(line.startswith("::error ") for line in lines)
    assert "file=orders.yaml,line=" in github.write(view).decode()


def test_annotations_escape_what_ends_a_property():
    odd = Finding(says="50% of it: a, b\nc", signature="s")
    made = run([outcome("contract.a", Status.FAIL, odd, subject="")], document="a:b,c.yaml")
    assert github.write(seen(made)).decode() == (
        "::error file=a%3Ab%2Cc.yaml,line=1,title=contract.a::50%25 of it: a, b c\n"
    )


def test_code_quality_has_what_gitlab_asks_for(many, view):
    for issues in (json.loads(gitlab.write(many)), json.loads(gitlab.write(view))):
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
        for issue in issues:
            assert set(issue) == {
                *("description", "check_name", "fingerprint", "severity", "location"),
            }
            assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert not issue["location"]["path"].startswith(("./", "/"))
            assert issue["location"]["lines"]["begin"] >= 1
    assert len(json.loads(gitlab.write(many))) == MANY


@needs_schemas
@pytest.mark.parametrize("made", ["view", "sound", "many"])
def test_ctrf_obeys_its_schema_and_its_counts_add_up(made, request):
    data = json.loads(ctrf.write(request.getfixturevalue(made)))
    obeys(data, "ctrf.schema.json")
    summary = data["results"]["summary"]
    names = ("passed", "failed", "skipped", "pending", "other")
    assert sum(summary[name] for name in names) == summary["tests"] == len(data["results"]["tests"])


def test_a_run_is_an_http_archive(view):
    log = json.loads(har.write(view))["log"]
    assert (log["version"], log["creator"]["name"]) == ("1.2", "verifier")
    assert len(log["entries"]) == len(view.run.exchange_ids)
    first, failed = log["entries"][0], log["entries"][3]
    assert first["request"]["url"] == "https://api.example.test/v2/orders?page=1"
    assert first["request"]["queryString"] == [{"name": "page", "value": "1"}]
    assert first["startedDateTime"] == "2027-01-15T08:00:01.000+00:00"
    assert (failed["response"]["status"], failed["_error"]) == (0, "no byte within 30 seconds")
    for entry in log["entries"]:
        assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= set(entry)
        phases = [value for value in entry["timings"].values() if value > 0]
        assert sum(phases) == pytest.approx(entry["time"])


def test_markdown_fits_a_steps_summary_at_ten_thousand_findings(many):
    text = markdown.write(many)
    assert len(text) < MEGABYTE
    assert b"9,940 more in results.json" in text


def test_every_format_names_what_failed(view):
    for format in (json_results, junit, sarif, github, gitlab, ctrf, markdown):
        text = format.write(view).decode()
        assert "credentials.missing-refused" in text, format.NAME
        assert "200 to a request without a credential" in text, format.NAME


def test_what_is_only_information_fails_nowhere():
    note = Finding(says="By the way.", signature="s", level=Level.INFORMATION)
    quiet = seen(run([outcome("contract.a", Status.PASS, note, samples=3)]))
    assert b"<failure" not in junit.write(quiet)
    assert b"By the way" not in github.write(quiet) + gitlab.write(quiet) + sarif.write(quiet)
