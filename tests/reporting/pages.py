"""Read a page as a browser would, without one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "link", "img"}


@dataclass
class Page:
    """
    What was found in a page.

    Args:
        opened: Tags to how often they were opened.
        attributes: Every (tag, attribute, value).
        scripts: (type, content) of each script.
    """

    opened: Counter[str] = field(default_factory=Counter)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    style: str = ""
    left_open: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [value for _, name, value in self.attributes if name == "id"]

    @property
    def links(self) -> list[str]:
        return [value for _, name, value in self.attributes if name == "href"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.inside = ""
        self.type = ""

    def handle_starttag(self, tag, attrs):
        self.page.opened[tag] += 1
        self.page.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.page.left_open.append(tag)
        if tag in ("script", "style"):
            self.inside, self.type = tag, dict(attrs).get("type") or ""

    def handle_endtag(self, tag):
        self.inside = ""
        while self.page.left_open and self.page.left_open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.inside == "script":
            self.page.scripts.append((self.type, data))
        elif self.inside == "style":
            self.page.style += data
        else:
            self.page.text += data


def read(page: bytes) -> Page:
    """The page's elements, attributes and texts."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    return reader.page
