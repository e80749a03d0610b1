"""A piece of news as text, Markdown, and data."""

from __future__ import annotations

import re
from typing import Any

from verifier.model import Announcement

__all__ = ["as_data", "as_item", "as_markdown", "as_text", "printable"]

VERSION = "1"
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")
UNPRINTABLE = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�"),
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def printable(text: str) -> str:
    """Without control characters and marks that turn the text round."""
    return text.translate(UNPRINTABLE)


def as_text(news: Announcement) -> str:
    """The lines below the title."""
    return "\n".join(printable(line) for line in news.lines)


def as_markdown(news: Announcement) -> str:
    """A page of its own."""
    lines = "".join(f"- {_plain(line)}\n" for line in news.lines)
    due = f"due {news.due} · " if news.due else ""
    foot = f"{news.kind} · {news.severity.value} · {due}noticed {news.day} · {news.id}"
    return f"# {_plain(news.title)}\n\n{lines}\n{foot}\n"


def as_item(news: Announcement) -> str:
    """An item of a list that is ticked off."""
    lines = "".join(f"  - {_plain(line)}\n" for line in news.lines)
    return f"- [ ] **{_plain(news.title)}** ({news.kind}, {news.day})\n{lines}".rstrip()


def as_data(news: Announcement) -> dict[str, Any]:
    """JSON values; ``type`` is as Standard Webhooks has it."""
    return {
        "schema_version": VERSION,
        "type": f"vendor.{news.kind}",
        "id": news.id,
        "vendor": news.vendor,
        "severity": news.severity.value,
        "title": news.title,
        "lines": list(news.lines),
        "noticed": news.noticed,
        "due": str(news.due) if news.due else None,
        "detail": dict(news.detail),
    }


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(printable(text).split()))
