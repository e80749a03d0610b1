"""What a document's references may reach beyond its own folder."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Allowance"]


class Allowance(Struct, frozen=True, kw_only=True):
    """
    What a document may make us read. The default is: nothing but its own folder.

    Args:
        remote: References and redirects may lead to other hosts.
        outside: References may lead to files outside the document's folder, and symbolic links
            may leave it.
    """

    remote: bool = False
    outside: bool = False
