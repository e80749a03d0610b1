"""
How much of a real vendor its mock can play: every operation of every document, asked once.

    python benchmarks/mock_coverage.py [part of a document's path ...]
    python benchmarks/mock_coverage.py --markdown > docs/reference/mock-coverage.md

Each operation is asked with a valid request, as a client that knows what it was told, in an order
in which what is asked about exists. Its answer is held against the document. Counted are: state
(what is kept shows in it), examples (it has nothing to do with what is kept), refusals that the
document knows, answers that it does not know, and operations that cannot be asked.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import verifier  # noqa: E402
from tests.mocking.crawling import Crawl, findings  # noqa: E402
from tests.places import CORPUS, NO_CORPUS  # noqa: E402

KINDS = ("state", "example", "refused", "undocumented", "unasked")
COMMAND = "python benchmarks/mock_coverage.py --markdown"
HEADING = f"""\
# What a mock can play

Every operation of real vendors' documents, asked once with a valid request; made by
`{COMMAND}`. `verifier mock DOC --explain` says the same of your
document, operation by operation, with the reason.

| column | meaning |
| --- | --- |
| state | what is kept shows in the answer, or the request changes it |
| example | the answer obeys the document, and has nothing to do with what is kept |
| refused | a refusal that the document knows |
| undocumented | an answer that the document does not know, or that does not obey it |
| unasked | no valid request can be made of the document |
"""
COLUMNS = ("document", "operations", *KINDS, "with state")


def documents(parts: list[str]) -> list[Path]:
    """The corpus' documents, by its own table."""
    rows = [line.split("|") for line in (CORPUS / "INDEX.md").read_text().splitlines()]
    named = [
        f"{row[1].strip()}/{row[2].strip().split(' ')[0]}"
        for row in rows
        if len(row) > 10 and row[3].strip()[:2] in ("2.", "3.") and row[5].strip() != "0"
    ]
    return [CORPUS / name for name in named if not parts or any(part in name for part in parts)]


def row(name: str, counts: Counter[str]) -> str:
    """A line of the table."""
    total = counts.total()
    cells = [f"{counts[kind]}" for kind in KINDS]
    return f"| {name} | {total} | {' | '.join(cells)} | {100 * counts['state'] / total:.0f}% |"


def main(arguments: list[str]) -> None:
    """Print the table, and the reasons."""
    if not CORPUS.is_dir():
        print(f"skipped: {NO_CORPUS}")
        return
    parts = [one for one in arguments if not one.startswith("-")]
    print(HEADING if "--markdown" in arguments else "")
    print(f"| {' | '.join(COLUMNS)} |")
    print("| --- " * len(COLUMNS) + "|")
    total: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    for path in documents(parts):
        found = list(findings(Crawl(verifier.load(path)).run()))
        counts = Counter(one.kind for one in found)
        reasons.update((one.kind, one.why) for one in found if one.why)
        total += counts
        print(row(str(path.relative_to(CORPUS)), counts), flush=True)
    print(row("**all**", total))
    print("\n## The rest, and why\n\n| operations | what | why |\n| --- | --- | --- |")
    for (kind, why), count in reasons.most_common():
        plain = " ".join(why.split()).replace("|", "/")
        print(f"| {count} | {kind} | {plain} |")


if __name__ == "__main__":
    main(sys.argv[1:])
