"""Names that never reach the vendor, and name what is generated from the document."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import ContractPair, OperationPair
from verifier.diffing.rule import Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part
from verifier.diffing.shifts import Shift, family
from verifier.model import Contract, Edit, Movement, Pointer, Side

__all__ = ["components", "operations", "schemas"]

SCHEMAS = Pointer() / "components" / "schemas"
ID = Rule(
    name="operation-id",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="An operation has another operationId.",
    audience="sdk",
)
TAGS = Rule(
    name="tags",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="An operation is grouped under other tags.",
    audience="sdk",
)
SCHEMA = Rule(
    name="schema-renamed",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="A schema has another name, or is written out where it had one.",
    audience="sdk",
)
UNUSED = Rule(
    name="schema-removed",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A named schema is gone.",
    audience="sdk",
)


@family("operation", area="identity", audience="sdk")
def operations(pair: OperationPair) -> Iterator[Shift]:
    """Method names and groups of generated clients."""
    old, new = pair.old, pair.new
    if old.id != new.id:
        says = f"{new.key} was called '{old.id[:80]}' and is now called '{new.id[:80]}'."
        words = f"{old.id} -> {new.id}"
        yield pair.shift(ID, says, old=old.at, new=new.at, words=words)
    if set(old.tags) != set(new.tags):
        says = f"{new.key} is now grouped under {', '.join(new.tags)[:200] or 'no tag'}."
        words = f"{sorted(old.tags)} -> {sorted(new.tags)}"
        yield pair.shift(TAGS, says, old=old.at, new=new.at, words=words)


@family("schema", area="identity", audience="sdk")
def schemas(pair: SchemaPair) -> Iterator[Shift]:
    """Class names of generated clients, seen where a schema is used."""
    old, new = _name(pair.old_parts), _name(pair.new_parts)
    if old != new:
        was, is_now = old or "a schema without a name", new or "a schema without a name"
        says = f"{pair.label.start} was {was} and is now {is_now}."
        yield pair.shift(SCHEMA, says, words=f"{old} -> {new}")


@family("contract", area="identity", audience="sdk")
def components(pair: ContractPair) -> Iterator[Shift]:
    """Named schemas that are gone, used or not."""
    old, new = _schemas(pair.old), _schemas(pair.new)
    for name in old:
        if name not in new:
            yield Shift(
                rule=UNUSED,
                says=f"There is no schema {name[:80]} any more.",
                side=Side.NONE,
                old=SCHEMAS / name,
                words=name,
            )


def _name(parts: tuple[Part, ...]) -> str:
    """The component that a schema is; empty where it is written out."""
    path = parts[0].at.path if len(parts) == 1 else ""
    found = path.removeprefix("/components/schemas/")
    return found if found != path and "/" not in found else ""


def _schemas(contract: Contract) -> dict[str, object]:
    components = contract.document.root.get("components")
    found = components.get("schemas") if isinstance(components, dict) else None
    return found if isinstance(found, dict) else {}
