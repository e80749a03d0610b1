"""
Text with markup in it (HTML): it needs ``html_to_text`` where the other side shows plain text.
"""

from __future__ import annotations

from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import read_text, write_text

__all__ = ["KIND"]

KIND = ValueKind(typed="markup", parse=read_text, write=write_text, types=json_types("string"))
