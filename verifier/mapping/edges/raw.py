"""A record as bytes: JSON that no parser of ours would make."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["RawJson"]


class RawJson(NamedTuple):
    """The text of a record, sent as it is."""

    text: bytes
