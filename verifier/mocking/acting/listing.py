"""Things are told, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from verifier.mocking.acting.shop import Shop
from verifier.mocking.asked import Asked
from verifier.mocking.outcome import Listed
from verifier.mocking.paging import page_of
from verifier.mocking.representing import MOVED, members, moment
from verifier.model import Resource

__all__ = ["list_all"]


def list_all(shop: Shop, asked: Asked, resource: Resource) -> Listed:
    """The page that was asked for, of the things that the filters leave."""
    filters = _filters(asked) if shop.hooks.all("filters", asked) else {}
    rows = list(
        shop.state.all(
            resource.name,
            asked.caller.tenant,
            asked.parents,
            lambda row: all(_matches(row.value, name, v) for name, v in filters.items()),
        )
    )
    since = _since(shop, asked)
    rows = [row for row in rows if since is None or not _before(row.value, since)]
    rows = shop.hooks.through("listed", asked, rows)
    page = page_of(shop.contract, asked, rows)
    return Listed(page=shop.hooks.through("paged", asked, page, rows))


def _filters(asked: Asked) -> dict[str, Any]:
    known = members(asked.practice.item)
    return {name: value for name, value in asked.draft.query.items() if name in known}


def _since(shop: Shop, asked: Asked) -> datetime | None:
    """The time that a list is asked for changes since; None where it is not."""
    convention = shop.contract.convention("changed-since")
    name = str(convention.detail.get("name")) if convention else ""
    return moment(asked.draft.query.get(name))


def _before(value: Mapping[str, Any], since: datetime) -> bool:
    changed = next((moment(value[name]) for name in MOVED if name in value), None)
    return changed is not None and changed < since


def _matches(value: Mapping[str, Any], name: str, wanted: Any) -> bool:
    held = value.get(name)
    return held in wanted if isinstance(wanted, list) else held == wanted
