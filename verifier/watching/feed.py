"""What was announced as an Atom feed (RFC 4287), the latest first."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from verifier.model import Announcement
from verifier.watching.wording import as_text

__all__ = ["feed"]

ATOM = "http://www.w3.org/2005/Atom"
SPACE = uuid.UUID("8f2f9f36-3d0b-5c8f-9d64-2a6a5a0f7e11")
MOST_ENTRIES = 200
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(news: Sequence[Announcement], now: float, identity: str) -> bytes:
    """
    The feed.

    Args:
        identity: An IRI of this feed and no other's, the same for ever.
        news: The latest first.
        now: When it is made, for a feed without entries.
    """
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed")
    _add(root, "id", identity)
    _add(root, "title", "What is new at our vendors")
    _add(root, "updated", _time(news[0].noticed if news else now))
    author = Xml.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", "vendor-verifier")
    for item in news[:MOST_ENTRIES]:
        entry = Xml.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "id", f"urn:uuid:{uuid.uuid5(SPACE, item.id)}")
        _add(entry, "title", item.title)
        _add(entry, "updated", _time(item.noticed))
        for term in (item.vendor, item.kind, item.severity.value):
            Xml.SubElement(entry, f"{{{ATOM}}}category", term=_legal(term))
        content = _add(entry, "content", as_text(item) or item.title)
        content.set("type", "text")
    body: bytes = Xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"


def _add(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = _legal(text)
    return element


def _legal(text: str) -> str:
    return ILLEGAL.sub("\ufffd", text)


def _time(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).isoformat()
