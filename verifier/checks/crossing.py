"""What is said where one customer of a vendor's reaches what is another's."""

from __future__ import annotations

from msgspec.structs import replace

from verifier.model import Finding, Level, Resource

__all__ = ["crossed", "doubted"]


def crossed(
    resource: Resource, verb: str, key: str, evidence: tuple[str, ...], seen: str
) -> Finding:
    """
    Another customer can do something with our item.

    Args:
        verb: ``read``, ``list``, ``change`` or ``guess`` (find out that it exists).
        key: The operation that lets them.
    """
    what = "find out the existence of" if verb == "guess" else verb
    return Finding(
        says=f"Another customer can {what} our {resource.name}.",
        signature=f"cross-tenant-{verb}",
        operation=key,
        evidence=evidence,
        expected="what is answered where there is no such item",
        seen=seen,
        ask=f"Look {resource.name} up by tenant and id, never by id alone.",
    )


def doubted(finding: Finding) -> Finding:
    """The same of an item that we did not make, and that may be there for everybody."""
    says = f"{finding.says.removesuffix('.')}, unless they are there for everybody."
    return replace(finding, says=says, level=Level.REVIEW)
