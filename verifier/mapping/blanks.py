"""What counts as white space, and as nothing at all."""

from __future__ import annotations

import re

__all__ = ["BLANK", "SPACES", "is_blank"]

# Unicode's White_Space, the separators U+001C to U+001F that Python adds to it, and the
# characters without width that people paste without seeing them.
BLANK = (
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
SPACES = re.compile(f"[{BLANK}]+")


def is_blank(text: str) -> bool:
    """Whether a text shows nothing at all."""
    return not text.strip(BLANK)
