"""
The id of another record: ``{kind: reference}`` names one of the same kind, such as a parent.

It is written as it is. Whether what it names is there is a matter of the batch: see ``match:
on_orphan``.
"""

from __future__ import annotations

from verifier.mapping.kinds.identifier import KIND as IDENTIFIER
from verifier.mapping.kinds.kind import ValueKind

__all__ = ["KIND"]

KIND = ValueKind(
    typed="text", parse=IDENTIFIER.parse, write=IDENTIFIER.write, types=IDENTIFIER.types
)
