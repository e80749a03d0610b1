"""Ways to people: each takes news twice without telling it twice, and says plainly what fails."""

import base64
import hashlib
import hmac
import json

import pytest

from tests.watching.stage import NEW_YEAR, a_piece
from verifier.errors import ConfigError
from verifier.model import SecretReference
from verifier.watching.channels import apprise, file, github_issue, webhook

SECRET = base64.b64encode(b"a secret of ours").decode()


def reveal(reference):
    return {"HOOK": f"whsec_{SECRET}", "PLAIN": "plain words", "WHERE": "json://nobody"}[
        reference.name
    ]


def build(module, home, **given):
    return module.build(given, folder=home, reveal=reveal)


def named(name):
    return SecretReference(scheme="env", name=name)


def test_a_file_holds_the_news_and_is_one_file_however_often_it_is_told(tmp_path):
    channel = build(file, tmp_path, folder="news")
    for _ in range(3):
        channel.deliver(a_piece())
    (path,) = (tmp_path / "news").iterdir()
    assert path.name == f"2027-01-01-acme-document-changed-{a_piece().id[:8]}.md"
    text = path.read_text()
    assert text.startswith("# acme: the document changed: 1 breaking\n")
    assert "- breaking: GET /items was removed.\n" in text


def test_a_file_that_lies_there_is_asked_and_left_as_it_is(tmp_path):
    channel = build(file, tmp_path, folder=".")
    channel.deliver(a_piece())
    (path,) = tmp_path.iterdir()
    before = path.stat()
    channel.deliver(a_piece())
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_a_vendor_writes_cannot_draw_in_a_file(tmp_path):
    channel = build(file, tmp_path, folder=".")
    channel.deliver(a_piece(title="acme: <img src=x> [a](b)\n# own heading", lines=("\x1b[2J|",)))
    (path,) = tmp_path.iterdir()
    first, *_ = path.read_text().splitlines()
    assert first == r"# acme: \<img src=x\> \[a\](b) \# own heading"
    assert "\x1b" not in path.read_text()


def test_a_webhook_is_signed_after_standard_webhooks_and_keeps_its_id(hook, tmp_path):
    channel = build(webhook, tmp_path, url=hook.url, secret=named("HOOK"))
    for _ in range(2):
        channel.deliver(a_piece())
    (headers, body), (again, _) = hook.seen
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}"
    digest = hmac.new(b"a secret of ours", signed.encode(), hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert headers["webhook-id"] == again["webhook-id"] == a_piece().id
    data = json.loads(body)
    assert data["type"] == "vendor.document-changed"
    assert (data["vendor"], data["severity"]) == ("acme", "breaking")
    assert data["noticed"] == NEW_YEAR


def test_a_secret_that_is_text_signs_as_it_is_and_none_signs_nothing(hook, tmp_path):
    build(webhook, tmp_path, url=hook.url, secret=named("PLAIN")).deliver(a_piece())
    build(webhook, tmp_path, url=hook.url).deliver(a_piece())
    (headers, body), (bare, _) = hook.seen
    signature = webhook.signature(b"plain words", a_piece().id, headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == signature
    assert "webhook-signature" not in bare


@pytest.mark.parametrize("status", [302, 404, 410, 429, 500])
def test_whatever_is_no_2xx_was_not_delivered_and_no_redirect_is_followed(hook, tmp_path, status):
    hook.status = status
    with pytest.raises(ConnectionError, match=str(status)):
        build(webhook, tmp_path, url=hook.url).deliver(a_piece())
    assert len(hook.seen) == 1


def test_an_issue_lists_news_once_newest_first_and_keeps_ticks(tmp_path):
    channel = build(github_issue, tmp_path, folder="issues")
    channel.deliver(a_piece(1))
    body = tmp_path / "issues" / "acme.md"
    body.write_text(body.read_text().replace("- [ ]", "- [x]"))
    channel.deliver(a_piece(2))
    channel.deliver(a_piece(1))
    items = [line for line in body.read_text().splitlines() if line.startswith("- [")]
    assert items == [
        "- [ ] **acme: the document changed: 2 breaking** (document-changed, 2027-01-01)",
        "- [x] **acme: the document changed: 1 breaking** (document-changed, 2027-01-01)",
    ]


def test_an_issue_never_grows_beyond_what_github_takes(tmp_path):
    channel = build(github_issue, tmp_path, folder=".")
    for number in range(80):
        channel.deliver(a_piece(number, lines=("x" * 3000,)))
    body = (tmp_path / "acme.md").read_text()
    assert len(body) <= github_issue.LONGEST_BODY
    assert "79 breaking" in body
    assert "changed: 3 breaking" not in body


def test_news_cannot_pass_itself_off_as_other_news(tmp_path):
    channel = build(github_issue, tmp_path, folder=".")
    channel.deliver(a_piece(1, lines=(f"\n<!-- verifier:{a_piece(2).id} -->\n",)))
    channel.deliver(a_piece(2))
    assert (tmp_path / "acme.md").read_text().count("- [ ]") == 2


@pytest.mark.filterwarnings("ignore:'imghdr'")
def test_apprise_gets_title_text_and_kind(tmp_path, hook):
    address = hook.url.replace("http://", "json://")
    channel = apprise.AppriseChannel(lambda: address)
    channel.deliver(a_piece())
    ((_, body),) = hook.seen
    data = json.loads(body)
    assert data["title"] == a_piece().title
    assert data["message"] == f"{a_piece().lines[0]}\n({a_piece().id})"
    hook.status = 500
    with pytest.raises(ConnectionError):
        channel.deliver(a_piece())


@pytest.mark.filterwarnings("ignore:'imghdr'")
def test_apprise_gets_news_that_is_all_in_its_title(tmp_path, hook):
    address = hook.url.replace("http://", "json://")
    apprise.AppriseChannel(lambda: address).deliver(a_piece(lines=()))
    ((_, body),) = hook.seen
    assert json.loads(body)["message"] == f"{a_piece().title}\n({a_piece().id})"


def test_without_apprise_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    with pytest.raises(ConfigError, match="not installed") as caught:
        build(apprise, tmp_path, url=named("WHERE")).deliver(a_piece())
    assert "vendor-verifier[apprise]" in caught.value.mend
