"""
The page of what other programs tell of a difference, and which of our rules tells it.

    python -m tests.diffing.rulebook > docs/reference/diff-rivals.md
"""

import sys
from pathlib import Path

import yaml

__all__ = ["FOLDER", "page", "rows"]

FOLDER = Path(__file__).parent / "rivals"
TOLD = """# What others tell of a difference

This page is written by `python -m tests.diffing.rulebook`. Each line of its first table is held by
a test: a pair of small documents that provokes the other program's rule provokes ours. Names are
without their place (`request-body-`, `response-property-` ...), which our changes carry as
direction, operation and member. Compared with oasdiff (its list of August 2026), Redocly CLI 2.77,
specshift 1.5, and our own study of the field.

| program | its name for it | our rule |
| --- | --- | --- |
"""
UNTOLD = """
## What others tell and we do not, and why

| program | its name for it | why not |
| --- | --- | --- |
"""


def rows(file):
    """The program, and a row of its table, for every row of a file."""
    table = yaml.safe_load((FOLDER / file).read_text())
    return [(rival, *row) for rival, own in table.items() for row in own]


def page():
    """The page, in Markdown."""
    told = {(r[0], r[1], r[-1]): None for f in ("documents.yaml", "schemas.yaml") for r in rows(f)}
    untold = yaml.safe_load((FOLDER / "untold.yaml").read_text())
    return "".join(
        (
            TOLD,
            *(f"| {who} | {name} | `{ours}` |\n" for who, name, ours in told if ours),
            UNTOLD,
            *(
                f"| {who} | {n} | {why} |\n"
                for who, own in untold.items()
                for n, why in own.items()
            ),
            (FOLDER / "measured.md").read_text(),
        )
    )


if __name__ == "__main__":
    sys.stdout.write(page())
