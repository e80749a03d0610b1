"""Chapters of the reference that are written from the code, so that nothing is said twice."""

from collections.abc import Iterator
from pathlib import Path

from chapters import changes, checks, commands, files, front, news, rehearsals

__all__ = ["write"]

CHAPTERS = (changes, checks, commands, files, front, news, rehearsals)


def write(folder: Path) -> None:
    """Every chapter as Markdown in a folder; what was there and is none any more goes."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{name}.md": text for chapter in CHAPTERS for name, text in chapter.pages()}
    for path in _stale(folder, set(pages)):
        path.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text() != text:  # an unchanged page is not built again
            path.write_text(text)


def _stale(folder: Path, names: set[str]) -> Iterator[Path]:
    return (path for path in folder.glob("*.md") if path.name not in names)
