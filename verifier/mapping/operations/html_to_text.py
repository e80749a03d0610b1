"""
Read the text of a piece of HTML: tags go, entities are read, paragraphs and items become lines.

What stands in ``script`` and ``style`` is no text. Emphasis, links and pictures are lost.
"""

from __future__ import annotations

from html.parser import HTMLParser

from verifier.loading.view import word_set
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]

SILENT = frozenset({"script", "style", "template", "head"})
LINES = word_set(
    "address article blockquote br div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section "
    "table tr ul"
)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in LINES:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in LINES:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _make(argument: None) -> Step:
    def step(text: str) -> str:
        reader = _Text()
        reader.feed(text)
        reader.close()
        lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
        return "\n".join(line for line in lines if line)

    return step


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("text", "markup"), gives="text", make=_make, reason="markup"
)
