"""Every rule of a comparison of two documents, and every kind of news."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout

from verifier.cli.telling import changing
from verifier.diffing.comparison import registry
from verifier.watching.kinds import KINDS

__all__ = ["pages"]

RULES = """\
# Rules of a comparison

What `verifier diff` tells apart, whom it breaks, and what vendors themselves call it. *wire* are
programs that read JSON, *client* are hand-written ones with models, *sdk* are generated ones,
*docs* is whoever holds the vendor to the letter.
"""
NEWS = """\
# Kinds of news

What `verifier watch` announces, each piece once. [How to watch](../../guides/watch-vendors.md).
"""


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of each page."""
    yield "diff-rules", "\n".join([RULES, *_rules()])
    yield "kinds-of-news", "\n".join([NEWS, *_kinds()])


def _rules() -> Iterator[str]:
    family = ""
    for name in sorted(registry()):
        if name.partition(".")[0] != family:
            family = name.partition(".")[0]
            yield f"## {family}\n"
        told = _printed(lambda name=name: changing.explain(name))
        _, _, rest = told.partition("\n\n")
        says, _, verdicts = rest.partition("\n\n")
        yield f"({name})=\n### {name}\n\n{says}\n\n```text\n{verdicts.strip()}\n```\n"


def _kinds() -> Iterator[str]:
    for name, kind in KINDS.items():
        yield f"## {name}\n\n{kind.when}\n\n*What to do.* {kind.act}\n"


def _printed(tell: Callable[[], object]) -> str:
    with redirect_stdout(io.StringIO()) as out:
        tell()
    return out.getvalue()
