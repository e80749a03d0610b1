"""What lies at the top of the repository, with its links taken from where the page stands."""

import re
from collections.abc import Iterator
from pathlib import Path

__all__ = ["pages"]

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?![a-z]+:|#)")


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of the one page."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    yield "architecture", LINK.sub("](../../../", text).replace("](../../../docs/", "](../../")
