"""The addresses that the document names."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Impact, Pointer, Side

__all__ = ["servers"]

AT = Pointer() / "servers"


@family("contract")
def servers(pair: ContractPair) -> Iterator[Shift]:
    """An address that goes takes every call with it, unless the document was wrong about it."""
    old, new = _addresses(pair.old.servers), _addresses(pair.new.servers)
    for url in old:
        if url not in new:
            says = f"The document no longer names the address {url[:200]}."
            yield Shift(
                name="removed",
                says=says,
                side=Side.NONE,
                impact=Impact.WARNING,
                old=AT / old.index(url),
                words=url,
            )
    for url in new:
        if url not in old:
            says = f"The document now names the address {url[:200]}."
            yield Shift(
                name="added",
                says=says,
                side=Side.NONE,
                impact=Impact.INFO,
                new=AT / new.index(url),
                words=url,
            )


def _addresses(urls: tuple[str, ...]) -> list[str]:
    """None is the root of where the document lies (OpenAPI 3.1.1, 4.8.1)."""
    return [url.rstrip("/") or "/" for url in urls] or ["/"]
