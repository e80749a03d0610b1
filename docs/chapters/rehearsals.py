"""Every episode that is played to an integration, and every property that it shows."""

import inspect
from collections.abc import Iterator

from verifier.rehearsing.repertoire import episodes, properties

__all__ = ["pages"]

INTRODUCTION = """\
# Episodes and properties

A **property** is something an integration should do while its vendor fails; an **episode** is a
vendor that fails in one way, and shows some of them.
[How to rehearse](../../guides/rehearse-an-integration.md).
"""


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of the one page."""
    yield "episodes", "\n".join([INTRODUCTION, *_episodes(), *_properties()])


def _episodes() -> Iterator[str]:
    yield "## Episodes\n"
    for name, episode in episodes().items():
        shown = ", ".join(f"[{each}](#property-{each})" for each in episode.properties)
        yield f"(episode-{name})=\n### {name}\n\n{_prose(episode.doc)}\n\n*Shows:* {shown}.\n"


def _properties() -> Iterator[str]:
    yield "## Properties\n"
    for name, prop in properties().items():
        shown = [each for each, episode in episodes().items() if name in episode.properties]
        links = ", ".join(f"[{each}](#episode-{each})" for each in shown)
        yield f"(property-{name})=\n### {name}\n\n{_prose(prop.doc)}\n"
        yield f"- Severity: {prop.severity.name.lower()}\n- Source: {prop.source}"
        yield f"- Shown by: {links or 'none yet'}\n"


def _prose(text: str) -> str:
    """Its paragraphs; a line that names a section begins a paragraph of its own."""
    lines = inspect.cleandoc(text).splitlines()
    names = ("Why it matters:", "How it is seen:", "Limits:", "What happens:", "Imitates")
    return "\n".join(f"\n{line}" if line.startswith(names) else line for line in lines)
