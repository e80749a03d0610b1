"""Words in braces that stand for what is only known when a program is started."""

from __future__ import annotations

import re
from collections.abc import Mapping

from verifier.errors import ConfigError, nearest

__all__ = ["filled"]

WORD = re.compile(r"\{([a-z]+(?:[._][\w-]+)*)\}")


def filled(text: str, values: Mapping[str, str], where: str) -> str:
    """
    A text with ``{vendor.url}`` and its like filled in.

    Raises:
        ConfigError: There is no such word.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            otherwise = f"There are {', '.join(f'{{{known}}}' for known in values)}."
            mend = nearest(name, values, otherwise)
            raise ConfigError(f"'{{{name}}}' stands for nothing", where=where, mend=mend)
        return values[name]

    return WORD.sub(value, text)
