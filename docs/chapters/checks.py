"""Every check: a page for each question, a section for each check."""

import inspect
import re
from collections.abc import Iterator

from verifier import discovery
from verifier.model import Check, Question

__all__ = ["pages"]

SECTION = re.compile(r"^(Why it matters|How it asks|Limits)\n", re.MULTILINE)
INTRODUCTION = """\
# Checks

Each of the {count} asks what a published standard or the vendor's own document promises, and each
is proved both ways: it stays silent about a sound vendor, and speaks about the defect that it
exists to catch. `verifier checks` lists them, `verifier explain ID` shows one;
[how to write one](../../guides/write-a-check.md).

What no check can ask is asked of the vendor in [a questionnaire](../../guides/ask-the-vendor.md):
whether its sandbox behaves as production does, above all, for nobody tries that on production. Such
an answer is a claim, and shown as one.

| question | id | checks |
| --- | --- | --- |
{rows}

```{{toctree}}
:hidden:

{names}
```
"""


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of each page."""
    by_question: dict[Question, list[Check]] = {}
    for check in discovery.checks().values():
        by_question.setdefault(check.question, []).append(check)
    names = [f"checks-{question.value}" for question in by_question]
    rows = "\n".join(
        f"| [{question.asks}](checks-{question.value}.md) | `{question.value}` | {len(found)} |"
        for question, found in by_question.items()
    )
    count = sum(map(len, by_question.values()))
    yield "checks", INTRODUCTION.format(count=count, rows=rows, names="\n".join(names))
    for question, found in by_question.items():
        head = f"# {question.value}\n\n{question.asks}\n"
        yield f"checks-{question.value}", "\n".join([head, *map(_section, found)])


def _section(check: Check) -> str:
    title, _, rest = check.doc.partition("\n")
    price = f"at most {check.price} requests a subject" if check.price else "no requests of its own"
    lines = [
        f"({check.id})=",
        f"## {check.id}\n",
        f"**{title}**\n",
        _prose(rest),
        f"- Severity: {check.severity.name.lower()}",
        f"- Does: {check.effect.value}, {price}",
        f"- Source: {check.source}",
    ]
    if check.catches:
        shown = f"verifier evaluate DOC --mock --misbehave {','.join(check.catches)}"
        lines.append(f"- Seen at work: `{shown}`")
    return "\n".join([*lines, ""])


def _prose(text: str) -> str:
    """Sections with indented text, as paragraphs that begin with the section's name."""
    before, *parts = SECTION.split(text)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    told = [f"*{name}.* {inspect.cleandoc(said)}\n" for name, said in pairs]
    return "\n".join([before.strip(), *told]) if before.strip() else "\n".join(told)
