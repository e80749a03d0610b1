"""
The body of a GitHub issue for each vendor, updated in place: what is open, the newest first.

It is a file; whoever may write issues puts it there:

    gh issue edit 12 --body-file issues/acme.md
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from verifier.loading.declaration import Member, Text
from verifier.model import Announcement, Reveal
from verifier.watching.wording import as_item

__all__ = ["FIELDS", "KIND", "build"]

KIND = "github-issue"
FIELDS = {"folder": Member(kind=Text(), says="Where the bodies go.", required=True)}
ITEM = re.compile(r"^<!-- verifier:([0-9a-f]{24}) -->$", re.MULTILINE)
LONGEST_BODY = 60_000  # GitHub takes 65,536 characters
MOST_ITEMS = 60


class IssueChannel:
    """One file a vendor; an item that is there already is not put there again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, news: Announcement) -> None:
        """Put it on top of the vendor's list."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{news.vendor}.md"
        old = path.read_text("utf-8") if path.exists() else ""
        if news.id in ITEM.findall(old):
            return
        items = [_marked(news), *_items(old)][:MOST_ITEMS]
        body = _head(news.vendor) + "\n".join(items)
        while len(body) > LONGEST_BODY and len(items) > 1:
            items.pop()
            body = _head(news.vendor) + "\n".join(items)
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_text(body, "utf-8", "replace")
        os.replace(draft, path)


def _head(vendor: str) -> str:
    return f"What is new at **{vendor}**. Tick what is done.\n\n"


def _marked(news: Announcement) -> str:
    return f"<!-- verifier:{news.id} -->\n{as_item(news)}"


def _items(body: str) -> list[str]:
    """The items of a body, as they are: ticks stay."""
    starts = [match.start() for match in ITEM.finditer(body)]
    return [body[a:b].rstrip() for a, b in pairwise((*starts, len(body)))]


def build(given: Mapping[str, Any], *, folder: Path, reveal: Reveal) -> IssueChannel:
    """A folder, beside watch.yaml where it is relative."""
    return IssueChannel(folder / given["folder"])
