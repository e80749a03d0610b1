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

# In angle brackets anything; without them what stands at the start, or after a comma.
LINK = re.compile(
    r"(?:<(?P<to>[^<>]*)>|(?:^|,)\s*(?P<bare>[^<>;,\s\"]+))"
    r"\s*(?P<rest>(?:;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^;,\s]*)\s*)+)"
)
PARAMETER = re.compile(r";\s*([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^;,\s]*))")


def headers(found: Mapping[str, list[str]]) -> Iterator[Signal]:
    """A link says that there is something to read; the day stands in a header of its own."""
    links: dict[str, str] = {}
    for value in found.get("link", ()):
        for match in LINK.finditer(value[:8000]):
            for name in _relations(match["rest"]):
                links.setdefault(name, match["to"] or match["bare"] or "")
    successor = links.get("successor-version") or links.get("latest-version") or ""
    if "deprecation" in links:
        yield deprecated(link=links["deprecation"], successor=successor)
    elif "successor-version" in links:
        yield deprecated(successor=successor)
    if "sunset" in links:
        yield ends(None, link=links["sunset"], successor=successor)


def _relations(parameters: str) -> list[str]:
    """The relations that a link names; only the first ``rel`` counts (RFC 8288, 3.3)."""
    for name, quoted, plain in PARAMETER.findall(parameters):
        if name.lower() == "rel":
            return str(quoted or plain).lower().split()
    return []


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
    ("headers", {"link": ['<https://a.test>; title="a, b; rel=sunset"; rel="next"']}, []),
)
