"""The command, as a process of its own where that matters, with files, a web server, signals."""

import json
import signal
import sqlite3
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.diffing.editing import ABSENT, SMALL, edited
from tests.journeys.processes import ended, inside, run, start

SETTINGS = """
calendar: ends.ics
feed: news.atom
page: vendors.html
vendors:
  web: {document: "URL/openapi.json", every: 1s}
"""
BROKEN = edited(("/paths/~1items/get", ABSENT))
FIRST = "No news of 2 vendors, looked at for the first time.\n"


class Vendor(BaseHTTPRequestHandler):
    """Serves ``server.document`` with a tag, and says 304 to who has it."""

    def do_GET(self):
        tag = f'"{abs(hash(self.server.document))}"'
        same = self.headers.get("if-none-match") == tag
        self.server.answered.append(304 if same else self.server.status)
        self.send_response(self.server.answered[-1])
        self.send_header("etag", tag)
        body = b"" if same else self.server.document
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        return


@pytest.fixture
def vendor():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
    server.document, server.answered, server.status = json.dumps(SMALL).encode(), [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def specs(tmp_path, vendor):
    home = tmp_path / "specs"
    (home / "files").mkdir(parents=True)
    (home / "files" / "openapi.json").write_text(json.dumps(SMALL))
    (home / "watch.yaml").write_text(SETTINGS.replace("URL", vendor.url))
    return home


def test_a_first_look_has_no_news_and_a_change_is_told_once(specs, vendor):
    first = run("watch", "specs", cwd=specs.parent)
    assert (first.code, first.out) == (0, FIRST)
    vendor.document = json.dumps(BROKEN).encode()
    second = run("watch", "specs", cwd=specs.parent)
    assert second.code == 1
    assert second.out.splitlines()[:2] == [
        "breaking web: the document changed: 1 breaking, 1 harmless",
        "         breaking: GET /items is gone.",
    ]
    third = run("watch", "specs", cwd=specs.parent)
    assert (third.code, third.out) == (0, "No news of 2 vendors.\n")
    assert vendor.answered == [200, 200, 304]
    (told,) = (specs / "announcements").iterdir()
    assert told.name.endswith(".md")
    assert (specs / "news.atom").read_text().count("<entry>") == 1
    assert (specs / "ends.ics").read_text().startswith("BEGIN:VCALENDAR")
    assert "web: the document changed" in (specs / "vendors.html").read_text()


def test_a_vendor_that_cannot_be_had_is_exit_3_with_the_reason(specs, vendor):
    vendor.status = 500
    found = inside("watch", "specs", cwd=specs.parent)
    assert found.code == 3
    assert "could not check web" in found.err
    assert "500" in found.err


def test_an_emptied_document_is_exit_3_until_it_is_accepted(specs):
    inside("watch", "specs", cwd=specs.parent)
    (specs / "files" / "openapi.json").write_text(json.dumps({**SMALL, "paths": {}}))
    assert inside("watch", "specs", cwd=specs.parent).code == 3
    assert inside("watch", "specs", cwd=specs.parent).code == 3
    wrong = inside("watch", "specs", "--accept", "file", cwd=specs.parent)
    assert wrong.code == 2
    assert "Did you mean 'files'?" in wrong.err
    accepted = inside("watch", "specs", "--accept", "files", cwd=specs.parent)
    assert accepted.code == 1
    assert "files: the document changed" in accepted.out


def test_ends_are_shown_without_a_look(specs, vendor):
    other = {"removalDate": "2099-08-01"}
    ending = edited(
        ("/paths/~1items/get/x-sunset", "2099-06-01"),
        ("/paths/~1items/post/x-sunset", "2099-07-01"),
        ("/paths/~1items/post/x-github", other),
    )
    vendor.document = json.dumps(ending).encode()
    inside("watch", "specs", cwd=specs.parent)
    asked = len(vendor.answered)
    found = inside("watch", "specs", "--deadlines", cwd=specs.parent)
    assert "2099-06-01  web: GET /items ends (document)" in found.out
    assert "2099-07-01  web: POST /items ends (document, sources disagree)" in found.out
    assert len(vendor.answered) == asked


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_service_tells_news_as_it_comes_and_ends_on_a_signal(specs, vendor, how):
    service = start("watch", "specs", "--every", "1s", cwd=specs.parent)
    _until(lambda: len(vendor.answered) > 0)
    vendor.document = json.dumps(BROKEN).encode()
    _until(lambda: list(specs.glob("announcements/*.md")))
    second = run("watch", "specs", cwd=specs.parent)
    assert second.code == 2
    assert "another watcher is at work" in second.err
    done = ended(service, how)
    assert done.code == 0
    assert done.out.count("web: the document changed") == 1
    assert done.err == "Watching 2 vendors until a signal comes.\n"
    with closing(sqlite3.connect(specs / ".verifier" / "watch.sqlite")) as state:
        assert state.execute("SELECT count(*) FROM news").fetchone() == (1,)


def test_a_service_says_what_fails_when_it_begins_and_not_each_time(specs, vendor):
    (specs / "watch.yaml").write_text(
        SETTINGS.replace("URL", vendor.url)
        + f"channels:\n  hook: {{kind: webhook, url: '{vendor.url}/hook'}}\ndefault: [hook]\n"
    )
    service = start("watch", "specs", "--every", "1s", cwd=specs.parent)
    _until(lambda: len(vendor.answered) > 0)
    vendor.status, vendor.document = 503, b"{}"
    _until(lambda: vendor.answered.count(503) > 3)
    done = ended(service, signal.SIGTERM)
    assert done.err.count("could not check web: ") == 1
    assert done.err.count("the channel hook failed, and will be tried again: ") == 1
    assert done.out.count("web: the document cannot be had") == 1


def _until(true, seconds=30):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_channels_are_tried_without_a_look_and_one_that_fails_is_named(specs, vendor):
    (specs / "watch.yaml").write_text(
        SETTINGS.replace("URL", vendor.url)
        + "channels:\n  folder: {kind: file, folder: news}\n"
        + f"  hook: {{kind: webhook, url: '{vendor.url}/hook'}}\n"
    )
    found = inside("watch", "specs", "--try-channels", cwd=specs.parent)
    assert found.code == 1
    assert found.out == "folder: delivered\nhook: ConnectionError: answered 501\n"
    assert len(list((specs / "news").iterdir())) == 1
    assert vendor.answered == []
