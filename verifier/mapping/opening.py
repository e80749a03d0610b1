"""A contract with the two documents that it speaks of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path as FilePath

from msgspec import Struct

from verifier.errors import ConfigError, nearest
from verifier.loading import Allowance, load
from verifier.mapping.contract import read_contract
from verifier.mapping.nouns import MappingContract, Meaning, Path, Side
from verifier.mapping.shapes import Facts, Shape, find, shape_of
from verifier.model import Contract, Place, Pointer, Schema, UnresolvedReference
from verifier.validating import Direction

__all__ = ["OpenMapping", "OpenSide", "open_mapping"]

INFERRED = {"date": "date", "date-time": "datetime"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenSide:
    """
    One of the two systems, its document read.

    Args:
        name: ``source`` or ``target``.
        meaning: What the contract says of its fields.
        direction: Who sends the record: the target's is written, the source's is read.
    """

    name: str
    document: Contract = dataclasses.field(repr=False)
    schema: Schema
    shape: Shape
    meaning: Mapping[Path, Meaning]
    direction: Direction

    @property
    def title(self) -> str:
        """What the system calls itself."""
        return self.document.title

    def place(self, path: Path) -> Place:
        """Where a field stands in the document; the record's schema where it knows none."""
        found = find(self.shape, path)
        return self.document.document.place(found.shape.at if found else self.schema.at)

    def facts(self, path: Path) -> Facts:
        """What the schema says of a field; nothing where it knows none."""
        found = find(self.shape, path) if path.parts else None
        return found.facts if found else Facts(types=frozenset(), nullable=True)

    def meant(self, path: Path) -> Meaning | None:
        """What a field means: as declared, or as its format says (a date, a time)."""
        declared = self.meaning.get(path)
        if declared is not None:
            return declared
        kind = INFERRED.get(self.facts(path).format)
        return Meaning(path=path, kind=kind, place=self.place(path)) if kind else None


class OpenMapping(Struct, frozen=True, kw_only=True, eq=False):
    """A contract and both of its sides; relative paths in it start at ``folder``."""

    contract: MappingContract
    source: OpenSide
    target: OpenSide
    file: FilePath

    @property
    def folder(self) -> FilePath:
        """Where the contract lies."""
        return self.file.parent


def open_mapping(
    path: FilePath | str,
    *,
    allow: Allowance = Allowance(),  # noqa: B008  (frozen)
) -> OpenMapping:
    """
    Read a contract and its two documents.

    Args:
        path: The ``*.mapping.yaml``.
        allow: What the documents' references may reach.

    Raises:
        ConfigError: The contract cannot be used as written.
        DocumentError: One of the documents cannot be read.
    """
    file = FilePath(path)
    contract = read_contract(file)
    return OpenMapping(
        contract=contract,
        source=_open(contract, contract.source, file.parent, allow, "source"),
        target=_open(contract, contract.target, file.parent, allow, "target"),
        file=file,
    )


def _open(
    contract: MappingContract, side: Side, folder: FilePath, allow: Allowance, name: str
) -> OpenSide:
    where = side.spec if "://" in side.spec else str(folder / side.spec)
    document = load(where, allow=allow)
    at = Pointer("", side.pointer)
    try:
        node = document.document.at(at)
    except UnresolvedReference:
        raise _nowhere(document, side) from None
    schema = Schema(document=document.document, node=node, at=at)
    source = name == "source"
    return OpenSide(
        name=name,
        document=document,
        schema=schema,
        shape=shape_of(schema),
        meaning=contract.source_meaning if source else contract.target_meaning,
        direction=Direction.RESPONSE if source else Direction.REQUEST,
    )


def _nowhere(document: Contract, side: Side) -> ConfigError:
    components = document.document.root.get("components")
    schemas = components.get("schemas") if isinstance(components, Mapping) else None
    known = [f"#/components/schemas/{name}" for name in schemas or ()]
    near = nearest(f"#{side.pointer}", known)
    listed = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
    return ConfigError(
        f"nothing stands at '#{side.pointer}' in {side.spec}",
        where=str(side.place),
        mend=near or (f"Schemas there: {listed}." if known else "Correct the pointer."),
    )
