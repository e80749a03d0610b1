"""Habits of well-known vendors, as data: one file a vendor, found by title or by its key's name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from verifier.model import Contract

__all__ = ["known", "recognised"]


@cache
def known() -> Mapping[str, Mapping[str, Any]]:
    """Vendor's name to what its file says."""
    found = {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in Path(__file__).parent.glob("*.toml")
    }
    return MappingProxyType(dict(sorted(found.items())))


def recognised(contract: Contract) -> tuple[str, str]:
    """The well-known vendor that a document is of, and what gave it away; two empties for none."""
    convention = contract.convention("idempotency")
    carrier = str(convention.detail.get("name", "")) if convention else ""
    for name, says in known().items():
        title = says.get("title")
        if title and re.search(title, contract.title, re.IGNORECASE):
            return name, f"the title is '{contract.title}'"
        own = str(says.get("idempotency", {}).get("name", ""))
        if carrier and says.get("carrier_is_its_own") and own.lower() == carrier.lower():
            return name, f"keys are carried in '{carrier}'"
    return "", ""
