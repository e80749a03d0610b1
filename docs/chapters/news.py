"""What a user sees that is new, from the fragments that come with each change."""

from collections.abc import Iterator
from pathlib import Path

__all__ = ["pages"]

FRAGMENTS = Path(__file__).parents[1] / "changelog.d"
INTRODUCTION = "# What is new\n\nBefore the first release, the latest first.\n"


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of the one page."""
    found = sorted(FRAGMENTS.glob("*.md"), reverse=True)
    yield "news", "\n".join([INTRODUCTION, *(_item(path.read_text()) for path in found)])


def _item(text: str) -> str:
    """A fragment is a sentence or a list of them; its links are taken from where it lies."""
    text = text.strip().replace("](../", "](../../")
    return text if text.startswith("- ") else "- " + text.replace("\n", "\n  ")
