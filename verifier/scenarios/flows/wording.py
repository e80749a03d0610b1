"""What a condition saw, for people who do not read its expressions."""

from __future__ import annotations

import re

__all__ = ["in_words"]

SEEN = re.compile(r"(?P<before>^|, )(?P<look>\$[^\s,]+)(?= is )")
SPOKEN = (
    (r"\$statusCode", "the status"),
    (r"\$url", "the address"),
    (r"\$method", "the method"),
    (r"\$response\.header\.(.+)", "the header {0}"),
    (r"\$response\.body", "the answer"),
    (r"\$response\.body[#.](.+)", "{0} in the answer"),
    (r"\$request\.header\.(.+)", "the header {0} that was sent"),
    (r"\$request\.body", "what was sent"),
    (r"\$request\.(?:body|query|path)[#.](.+)", "{0} that was sent"),
    (r"\$steps\.([^.]+)\.outputs\.(.+)", "{1} of step '{0}'"),
    (r"\$inputs\.(.+)", "the input {0}"),
    (r"\$outputs\.(.+)", "the output {0}"),
)
MISSING = re.compile(r"(the header [^\s,]+) is null")


def in_words(seen: str) -> str:
    """
    The same with what it looked at in words.

    ``$response.header.Location is null, $statusCode is 200`` becomes ``the header Location is
    missing, the status is 200``. What follows ``is`` is the vendor's and stays as it is.
    """
    told = SEEN.sub(lambda found: found["before"] + _spoken(found["look"]), seen)
    return MISSING.sub(r"\1 is missing", told)


def _spoken(look: str) -> str:
    for pattern, words in SPOKEN:
        found = re.fullmatch(pattern, look)
        if found is not None:
            return words.format(*found.groups())
    return look
