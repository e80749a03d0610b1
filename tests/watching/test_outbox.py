"""News waits until its channel has taken it, in order, and no channel waits for another."""

import json

import feedparser
import pytest

from tests.watching.stage import NEW_YEAR, Box, a_piece
from verifier.watching.channels.apprise import AppriseChannel
from verifier.watching.channels.file import FileChannel
from verifier.watching.channels.github_issue import IssueChannel
from verifier.watching.channels.webhook import WebhookChannel
from verifier.watching.feed import feed
from verifier.watching.outbox import WAITS, deliver
from verifier.watching.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "watch.sqlite") as store:
        yield store


def announce(store, *news, channels=("box",)):
    with store.together():
        return [store.announce(item, channels) for item in news]


def test_news_is_taken_once(store):
    box = Box()
    announce(store, a_piece(1), a_piece(2))
    assert deliver(store, {"box": box}, NEW_YEAR).made == 2
    assert deliver(store, {"box": box}, NEW_YEAR + 1).made == 0
    assert box.taken == [a_piece(1), a_piece(2)]


def test_the_same_news_announced_again_is_no_news(store):
    assert announce(store, a_piece(1), a_piece(1)) == [True, False]
    assert store.undelivered() == 1


def test_a_channel_that_fails_is_tried_again_later_and_later_and_gets_all_in_order(store):
    box = Box()
    box.shut = True
    announce(store, a_piece(1), a_piece(2))
    now, waited = NEW_YEAR, []
    for _ in range(7):
        found = deliver(store, {"box": box}, now)
        assert found.failed == {"box": "ConnectionError: shut"}
        assert deliver(store, {"box": box}, now + 1).made == 0
        waited.append(min(due for (due,) in _dues(store)) - now)
        now = max(due for (due,) in _dues(store))
    assert waited[-1] == WAITS[-1]
    box.shut = False
    assert deliver(store, {"box": box}, now).made == 2
    assert box.taken == [a_piece(1), a_piece(2)]


def _dues(store):
    return store._do("SELECT due FROM outbox WHERE delivered IS NULL").rows


def test_a_channel_that_fails_holds_up_no_other(store):
    shut, open_ = Box(), Box()
    shut.shut = True
    announce(store, a_piece(1), channels=("shut", "open"))
    assert deliver(store, {"shut": shut, "open": open_}, NEW_YEAR).made == 1
    assert open_.taken == [a_piece(1)]


def test_news_of_a_channel_that_was_taken_out_waits_for_it_to_come_back(store):
    box = Box()
    announce(store, a_piece(1))
    assert deliver(store, {}, NEW_YEAR).made == 0
    assert deliver(store, {"box": box}, NEW_YEAR).made == 1


def test_what_fails_in_the_middle_leaves_neither_state_nor_news(store):
    def crash():
        with store.together():
            store.keep_vendor("acme", {"digest": "new"})
            store.announce(a_piece(1), ("box",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert store.vendor("acme") == {}
    assert store.undelivered() == 0


def test_half_a_surrogate_pair_from_a_hostile_document_is_kept_as_a_mark(store):
    announce(store, a_piece(1, title="\ud800 gone", lines=("\udfff",)))
    assert store.news()[0].title == "? gone"


class Killed(BaseException):
    """Between the handing over of news and the noting of it."""


@pytest.mark.filterwarnings("ignore:'imghdr'")
def test_what_a_kill_has_told_twice_every_receiver_can_tell_by_its_id(store, tmp_path, hook):
    """A file and an issue's body are asked first; a webhook and a chat show one id twice."""
    channels = {
        "file": FileChannel(tmp_path / "files"),
        "issue": IssueChannel(tmp_path / "issues"),
        "hook": WebhookChannel(hook.url, None, lambda: NEW_YEAR),
        "chat": AppriseChannel(lambda: hook.url.replace("http://", "json://")),
    }
    news = a_piece(1)
    announce(store, news, channels=tuple(channels))

    class Cut:
        def __getattr__(self, name):
            return getattr(store, name)

        def delivered(self, *given):
            raise Killed

    for name, channel in channels.items():
        with pytest.raises(Killed):
            deliver(Cut(), {name: channel}, NEW_YEAR)
    assert deliver(store, channels, NEW_YEAR).made == len(channels)
    (path,) = (tmp_path / "files").iterdir()
    assert news.id in path.read_text()
    assert (tmp_path / "issues" / "acme.md").read_text().count(news.id) == 1
    hooked = [headers["webhook-id"] for headers, _ in hook.seen if "webhook-id" in headers]
    chatted = [
        json.loads(body)["message"] for headers, body in hook.seen if "webhook-id" not in headers
    ]
    assert hooked == [news.id] * 2
    assert len(chatted) == 2
    assert all(text.endswith(f"({news.id})") for text in chatted)
    entries = feedparser.parse(feed(store.news(), NEW_YEAR, "urn:x")).entries
    assert len(entries) == 1
