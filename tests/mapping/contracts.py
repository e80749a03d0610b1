"""The worked examples, and small contracts made by changing a few lines of them."""

from pathlib import Path

from tests.places import ROOT

__all__ = ["CRM", "SHOP", "changed", "scenario"]

SHOP = ROOT / "scenarios" / "acme-shop" / "order-to-invoice.mapping.yaml"
CRM = ROOT / "scenarios" / "acme-crm" / "contact-and-customer.mapping.yaml"


def scenario(name: str) -> Path:
    """The contract of a worked example: ``shop`` or ``crm``."""
    return {"shop": SHOP, "crm": CRM}[name]


def changed(folder: Path, contract: Path, *changes: tuple[str, str], file: str = "") -> Path:
    """
    A copy of a contract and its documents, with some texts of one file replaced.

    Args:
        file: The document that is changed; the contract if left out.
    """
    for original in (contract, *contract.parent.glob("*.yaml")):
        text = original.read_text()
        if original.name == (file or contract.name):
            for old, new in changes:
                assert text.count(old) == 1, f"{text.count(old)} times in {original.name}: {old}"
                text = text.replace(old, new)
        (folder / original.name).write_text(text)
    return folder / contract.name
