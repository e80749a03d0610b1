"""
``Link`` with the relations deprecation, sunset, successor-version and latest-version.

RFC 9745 and RFC 8594 define the first two, RFC 5829 the others. Microsoft Graph leaves the angle
brackets out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "headers"]

LINK = re.compile(
    r"<?(?P<to>[^<>;,\s]+)>?\s*(?P<rest>(?:;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^;,\s]*))+)"
)
RELATIONS = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^;,\s]+))", re.IGNORECASE)


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """A link says that there is something to read; the day stands in a header of its own."""
    links: dict[str, str] = {}
    for value in found.get("link", ()):
        for match in LINK.finditer(value[:8000]):
            names = RELATIONS.search(match["rest"])
            for name in (names[1] or names[2] or "").lower().split() if names else ():
                links.setdefault(name, match["to"])
    successor = links.get("successor-version") or links.get("latest-version") or ""
    if "deprecation" in links:
        yield deprecated(link=links["deprecation"], successor=successor)
    elif "successor-version" in links:
        yield deprecated(successor=successor)
    if "sunset" in links:
        yield ends(None, link=links["sunset"], successor=successor)


EXAMPLES: Examples = (
    (
        "headers",
        {"link": ['<https://a.test/old>; rel="deprecation"; type="text/html"']},
        [("deprecated", None)],
    ),
    (
        "headers",
        {"link": ['https://a.test/x;rel="deprecation";type="text/html",<b>; rel="sunset"']},
        [("deprecated", None), ("ends", None)],
    ),
    ("headers", {"link": ['<https://a.test/v2>; rel="successor-version"']}, [("deprecated", None)]),
    ("headers", {"link": ['<https://a.test/?page=2>; rel="next"']}, []),
)
