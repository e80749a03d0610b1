"""Every format says the same, in its own form, whatever bytes the vendor sent."""

import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import jsonschema
import pytest
from junitparser import JUnitXml

from tests.reporting.sample_run import exchange, failing, finding, outcome, passing, run, write
from verifier import judging, reporting
from verifier.errors import UsageError
from verifier.model import Status

NASTY = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>\x00\x07\x1b[31m"
    "\u202ereversed\u2066 {{ 7*7 }} ]]> --> | `code` \ud800"
)


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []
        self.handlers = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def elements(page):
    parser = Elements()
    parser.feed(page)
    return parser


def test_a_quiet_run_is_written_in_every_format(tmp_path):
    files = write(run(passing()), tmp_path)
    assert set(files) == set(reporting.FORMATS)
    assert all(path.stat().st_size for path in files.values())
    assert "Nothing that was tested failed" in files["html"].read_text()


def test_the_page_says_verdict_finding_evidence_and_what_was_left(tmp_path):
    page = write(failing(), tmp_path)["html"].read_text()
    for text in ("Not ready", "It is wrong.", "curl -i", "/things/7", "--allow-writes", "x1"):
        assert text in page


def test_the_page_asks_nothing_of_the_network(tmp_path):
    page = write(failing(), tmp_path)["html"].read_text()
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert not {"link", "iframe", "object", "embed", "form"} & set(elements(page).tags)
    assert "src=" not in page.replace("default-src", "")


def nasty():
    texts = dict.fromkeys(("says", "expected", "seen", "ask", "build"), NASTY)
    worst = finding(**texts, signature="nasty")
    body = (NASTY.encode("utf-8", "surrogatepass") + b"\xff\xfe") * 10
    return run(
        [outcome("credentials.missing-refused", Status.FAIL, [worst], reason=NASTY)],
        exchanges=[exchange(body=body, path="/a?" + NASTY)],
        title=NASTY,
        document=NASTY,
        base_url="https://x.test/" + NASTY,
    )


def test_hostile_text_stays_text_in_the_page(tmp_path):
    calm = elements(write(failing(), tmp_path / "..")["html"].read_text())
    found = elements(write(nasty(), tmp_path)["html"].read_text())
    assert found.handlers == []
    assert found.tags.count("script") == calm.tags.count("script")
    assert "img" not in found.tags
    assert "\u202e" not in (tmp_path / "index.html").read_text()


def test_hostile_text_leaves_every_other_format_whole(tmp_path):
    files = write(nasty(), tmp_path)
    json.loads(files["json"].read_bytes())
    ElementTree.fromstring(files["junit"].read_bytes())
    assert "<script>" not in files["markdown"].read_text()


def test_ten_megabytes_of_body_do_not_reach_the_page(tmp_path):
    files = write(run(passing(), exchanges=[exchange(body=b"a" * 10_000_000)]), tmp_path)
    assert files["html"].stat().st_size < 300_000


def test_results_obey_their_published_schema(tmp_path):
    schema = reporting.results_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for one in (run(passing()), failing()):
        results = json.loads(write(one, tmp_path)["json"].read_bytes())
        jsonschema.validate(results, schema, cls=jsonschema.Draft202012Validator)


def test_junit_names_are_unique_and_counts_add_up(tmp_path):
    report = JUnitXml.fromfile(str(write(failing(), tmp_path)["junit"]))
    names = [(case.classname, case.name) for suite in report for case in suite]
    assert len(names) == len(set(names)) == 4
    assert sum(suite.failures for suite in report) == 1
    assert sum(suite.errors for suite in report) == 1
    assert sum(suite.skipped for suite in report) == 1


def test_an_unknown_format_names_the_known_ones(tmp_path):
    one = run(passing())
    with pytest.raises(UsageError, match="no format 'pdf'") as raised:
        reporting.render(one, judging.judge(one), tmp_path, formats=("pdf",))
    assert "junit" in raised.value.mend


def test_many_exchanges_make_a_small_page(tmp_path):
    body = json.dumps({"data": [{"id": f"it_{n}", "name": "Ada"} for n in range(20)]}).encode()
    many = [exchange(id=f"x{n}", body=body) for n in range(1, 1001)]
    files = write(run(passing(), exchanges=many), tmp_path)
    assert files["html"].stat().st_size < 1_500_000
