"""How the vendor speaks, for whoever builds an integration: also a part of ``results.json``."""

from __future__ import annotations

from verifier.reporting.dumping import dumped
from verifier.reporting.formats.json_results import VERSION
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "dialects"
FILENAME = "dialects.json"


def write(view: View) -> bytes:
    """The dialects; ``verifier schema results`` describes each under ``$defs/dialect``."""
    facts = view.run.facts
    data = {
        "schema_version": VERSION,
        "vendor": facts.vendor,
        "title": facts.title,
        "version": view.run.contract.version,
        "run": facts.id,
        "mode": facts.mode,
        "dialects": view.dialects,
    }
    return dumped(data, indented=True)
