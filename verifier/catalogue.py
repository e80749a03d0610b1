"""Sentences by id, one file a language: what a person reads is looked up, never built in code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from verifier.errors import UsageError

__all__ = ["LANGUAGES", "Catalogue", "catalogue"]

LANGUAGES = ("en", "de")
MARKS = {"en": (",", "."), "de": (".", ",")}  # between thousands, before decimals


class Catalogue:
    """
    The texts of one package in one language.

    Args:
        texts: Id to text; ``x.one`` and ``x.many`` are the forms of ``x``, chosen by ``n``.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts

    def __call__(self, id: str, /, **values: Any) -> str:
        """
        The text of an id with values put in; numbers are written as the language writes them.

        Raises:
            KeyError: There is no such text, or it wants a value that is not given.
        """
        if id not in self.texts and "n" in values:
            id = f"{id}.one" if values["n"] == 1 else f"{id}.many"
        text = self.texts[id]
        return text.format(**{k: self._written(v) for k, v in values.items()}) if values else text

    def __contains__(self, id: str) -> bool:
        """Whether there is a text of that id."""
        return id in self.texts

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language writes it: ``1,234.5`` or ``1.234,5``."""
        return self._marked(f"{value:,.{decimals}f}")

    def plain(self, value: float, digits: int = 12) -> str:
        """A number in as few characters as it takes: ``1.5``, ``2,710`` or ``1.23e+06``."""
        grouped = f"{value:,.{digits}g}" if abs(value) < 1e6 else f"{value:.3g}"
        return self._marked(grouped)

    def _marked(self, text: str) -> str:
        thousands, decimal = MARKS[self.language]
        return text.translate({ord(","): thousands, ord("."): decimal})

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as a whole number of hundredths: never 0 or 100 where it is not."""
        whole = round(share * 100)
        if share < 1 and whole == 100:
            whole = 99
        if share > 0 and whole == 0:
            whole = 1
        return f"{whole}\N{NO-BREAK SPACE}%" if self.language == "de" else f"{whole}%"

    def _written(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        return value


@cache
def catalogue(package: str, language: str = "en") -> Catalogue:
    """
    The texts that a package keeps in ``words/<language>.toml``.

    Raises:
        UsageError: There is no such language.
    """
    if language not in LANGUAGES:
        raise UsageError(
            f"there is no language '{language}'", mend=f"Known: {', '.join(LANGUAGES)}."
        )
    import tomllib  # start-up time
    from importlib.resources import files

    data = files(package).joinpath("words", f"{language}.toml").read_text("utf-8")
    return Catalogue(language, dict(_flat("", tomllib.loads(data))))


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, held in table.items():
        if isinstance(held, Mapping):
            yield from _flat(f"{prefix}{name}.", held)
        else:
            yield f"{prefix}{name}", held
