"""From a path or an address to a contract."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from verifier.loading.allowance import Allowance
from verifier.loading.collection import paused_collection
from verifier.loading.contracts import skim, understand
from verifier.loading.fetching import fetch_if_changed, is_address
from verifier.loading.files import Files, duplicate_problems
from verifier.loading.folders import document_in
from verifier.loading.kinds import Kind, kind_of
from verifier.loading.opened import Opened, opened_of, remember
from verifier.loading.overlays import apply_overlays, read_overlay
from verifier.loading.pinned import PinnedShelf, is_pinned
from verifier.loading.revisions import RevisionShelf, is_revision
from verifier.loading.sheet import Sheet, read_sheet
from verifier.loading.shelves import FolderShelf, Shelf, WebShelf, unreadable
from verifier.loading.swagger import convert
from verifier.model import Contract, Document, Pointer, Problem, Source, deferred

__all__ = ["load", "load_if_changed"]

LARGE_BYTES = 1024 * 1024


def load(
    where: str | Path,
    *,
    overlays: Iterable[str | Path] = (),
    allow: Allowance = Allowance(),  # noqa: B008  (frozen)
    resources: bool = True,
    skimmed: bool = False,
) -> Contract:
    """
    Read a vendor's document: OpenAPI 3.0, 3.1, 3.2 or Swagger 2, JSON or YAML.

    Args:
        where: A file, a folder with one document in it, a pinned copy, a web address, or a file of
            a git revision (``git:REV:path``).
        overlays: OpenAPI Overlays (1.0, 1.1), files or addresses, applied in this order.
        allow: What references may reach beyond the document's own folder.
        resources: Whether resources are inferred, and the conventions that rest on them.
        skimmed: Whether what is in it is read only when somebody asks for it.

    Returns:
        The contract. What is wrong with the document is among its problems.

    Raises:
        DocumentError: There is no document that can be read.
        ConfigError: An overlay cannot be applied.
    """
    with paused_collection():
        laid = tuple(read_overlay(str(o), elsewhere=allow.remote) for o in overlays)
        shelf = _shelf(str(where), allow)
        sheet = read_sheet(shelf.entry_bytes(), shelf.location)
        if sheet.size_bytes > LARGE_BYTES:
            # The collector would walk a million nodes again and again, and never free one.
            gc.freeze()
        return _contract(
            shelf, sheet, (*shelf.overlays, *laid), resources=resources, skimmed=skimmed
        )


def load_if_changed(
    where: str | Path, validators: Mapping[str, str], *, resources: bool = False
) -> tuple[Contract | None, dict[str, str]]:
    """
    The same, unless nothing changed since the validators were handed out.

    Args:
        validators: From the last call; empty the first time.

    Returns:
        The contract, or None where it is the same; and the validators for the next call.

    Raises:
        DocumentError: There is no document that can be read.
    """
    shelf = _shelf(str(where), Allowance())
    fresh: dict[str, str] = {}
    # Of a document with further files the first alone does not tell.
    known = validators if validators.get("alone") else {}
    if isinstance(shelf, WebShelf):
        found = fetch_if_changed(str(where), known)
        if found is None:
            return None, dict(validators)
        shelf, fresh = WebShelf(str(where), Allowance(), entry=found), dict(found.validators)
    with paused_collection():
        sheet = read_sheet(shelf.entry_bytes(), shelf.location)
        if known.get("digest") == sheet.digest:
            return None, {**known, **fresh}
        contract = _contract(
            shelf, sheet, shelf.overlays, resources=resources, skimmed=not resources
        )
    opened = opened_of(contract.document)
    fresh["digest"] = sheet.digest
    if opened is not None and not opened.files.reach():
        fresh["alone"] = "yes"
    return contract, fresh


def _shelf(where: str, allow: Allowance) -> Shelf:
    try:
        if is_address(where):
            return WebShelf(where, allow)
        if is_revision(where):
            return RevisionShelf(where)
        path = Path(where)
        if path.is_dir():
            return PinnedShelf(path) if is_pinned(path) else FolderShelf(document_in(path), allow)
    except (OSError, ValueError) as error:
        raise unreadable(error, where) from None
    return FolderShelf(path, allow)


def _contract(
    shelf: Shelf, sheet: Sheet, overlays: tuple[Sheet, ...], *, resources: bool, skimmed: bool
) -> Contract:
    kind = kind_of(sheet.mapping(), shelf.location)
    overlaid = apply_overlays(sheet, overlays)
    files = Files(shelf, sheet, overlaid.root)
    held = convert(files, overlaid) if kind.dialect == "2.0" else overlaid
    opened = Opened(files=files, overlaid=overlaid, held=held, overlays=overlays)
    document = Document(
        source=deferred(
            Source,
            lambda name: sheet.digest,
            location=shelf.location,
            size_bytes=sheet.size_bytes,
            format=sheet.format,
        ),
        root=held.root,
        dialect=kind.dialect,
        read=files.read,
        find=opened.find,
    )
    remember(document, opened)

    def around(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        own = (*_declaration(kind), *duplicate_problems(sheet, ""), *overlaid.problems)
        return (*own, *problems, *files.problems())

    if skimmed:
        return skim(document, kind.declared, around, resources=resources)
    contract = understand(document, resources=resources)
    return dataclasses.replace(contract, openapi=kind.declared, problems=around(contract.problems))


def _declaration(kind: Kind) -> Iterator[Problem]:
    if kind.says:
        at = Pointer() / "openapi"
        yield Problem(says=kind.says, at=at, mend="Write the version as text, as it is published.")
