"""Slack: ``warning`` and ``response_metadata.warnings`` in the body; later the error itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.lifecycle.signs import Examples, deprecated, ends
from verifier.model import Signal

__all__ = ["EXAMPLES", "body"]

WORD = "deprecated"


def body(value: Any) -> Iterator[Signal]:
    """A warning while it works, an error once it does not."""
    if not isinstance(value, Mapping) or not isinstance(value.get("ok"), bool):
        return
    meta = value.get("response_metadata")
    warnings = meta.get("warnings") if isinstance(meta, Mapping) else None
    told = [value.get("warning"), *(warnings if isinstance(warnings, list) else ())]
    for text in dict.fromkeys(str(word) for word in told if word):
        if WORD in text.lower():
            yield deprecated(said=text)
    if value["ok"] is False and WORD in str(value.get("error", "")):
        yield ends(None, said=str(value["error"]))


EXAMPLES: Examples = (
    (
        "body",
        {
            "ok": True,
            "warning": "method_deprecated",
            "response_metadata": {"warnings": ["method_deprecated"]},
        },
        [("deprecated", None)],
    ),
    ("body", {"ok": False, "error": "method_deprecated"}, [("ends", None)]),
    ("body", {"ok": True, "warning": "missing_charset"}, []),
    ("body", ["ok"], []),
)
