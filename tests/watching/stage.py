"""A small watcher: a clock that is turned by hand, documents that are handed over."""

from contextlib import contextmanager

from tests.diffing.editing import SMALL
from verifier.errors import DocumentError
from verifier.loading import from_mapping
from verifier.model import Announcement, Impact, Watched, announcement_id
from verifier.watching.editions import Edition, Library
from verifier.watching.looks import Look
from verifier.watching.service import Watcher
from verifier.watching.spreading import Threads
from verifier.watching.store import open_store

DAY = 86400.0
NEW_YEAR = 1798761600.0  # 2027-01-01


class Clock:
    """Turned by hand."""

    def __init__(self, time=NEW_YEAR):
        self.time = time
        self.slept = []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


class Box:
    """A channel that keeps what it takes; it takes nothing while it is shut."""

    def __init__(self):
        self.taken = []
        self.shut = False

    def deliver(self, news):
        if self.shut:
            raise ConnectionError("shut")
        self.taken.append(news)

    @property
    def kinds(self):
        return [news.kind for news in self.taken]


class Stage:
    """One vendor, whose document is whatever was last put there; an error is raised."""

    def __init__(self, folder, **given):
        self.folder = folder
        self.clock = Clock()
        self.box = Box()
        self.document = SMALL
        self.asked = 0
        self.pings = 0
        self.answers = []
        self.certificates = []
        self.subject = Watched(name="acme", document="acme", channels=("box",), **given)

    def fetch(self, document, validators):
        self.asked += 1
        if isinstance(self.document, Exception):
            raise self.document
        return Edition(contract=from_mapping(self.document, location=document), validators={})

    def probe(self, subject, contract):
        if isinstance(self.answers, Exception):
            raise self.answers
        return self.answers

    def ping(self):
        self.pings += 1

    @contextmanager
    def watcher(self, **given):
        with open_store(self.folder / "watch.sqlite") as store:
            look = Look(
                Library(self.folder / "editions"),
                fetch=self.fetch,
                probe=self.probe,
                inspect=lambda subject: self.certificates,
            )
            yield Watcher(
                [self.subject],
                store=store,
                spread=Threads(look),
                channels={"box": self.box},
                clock=self.clock,
                ping=self.ping,
                **given,
            )

    def round(self, *, after_days=1.0):
        """A round by a new process, so to say; what it announced."""
        self.clock.time += after_days * DAY
        with self.watcher() as watch:
            return watch.round(everybody=True).news


def unreachable():
    return DocumentError("404: nothing is there", where="acme", mend="Ask them.")


def a_piece(number=1, **given):
    facts = {
        "vendor": "acme",
        "kind": "document-changed",
        "severity": Impact.BREAKING,
        "title": f"acme: the document changed: {number} breaking",
        "lines": ("breaking: GET /items was removed.",),
        "noticed": NEW_YEAR,
        "detail": {"revision": number},
    }
    return Announcement(id=announcement_id("acme", number), **{**facts, **given})
