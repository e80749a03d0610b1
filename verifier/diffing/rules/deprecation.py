"""What is newly marked as deprecated, and what no longer is."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.pairs import OperationPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["members", "operations"]

COMING = Departure(Impact.WARNING, "it breaks nothing today; it says that something will")
MARKED = Rule(
    name="operation-marked",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="An operation is now deprecated.",
    request=COMING,
    response=COMING,
)
UNMARKED = Rule(
    name="operation-unmarked",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="An operation is no longer deprecated.",
)
PARAMETER_MARKED = Rule(
    name="parameter-marked",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="A parameter is now deprecated.",
)
PARAMETER_UNMARKED = Rule(
    name="parameter-unmarked",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A parameter is no longer deprecated.",
)
MEMBER_MARKED = Rule(
    name="marked",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="A member or a schema is now deprecated.",
)
MEMBER_UNMARKED = Rule(
    name="unmarked",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A member or a schema is no longer deprecated.",
)


@family("operation", area="lifecycle")
def operations(pair: OperationPair) -> Iterator[Shift]:
    """A mark breaks nothing today; it says that something will."""
    if pair.old.deprecated != pair.new.deprecated:
        marked = pair.new.deprecated
        says = f"{pair.new.key} is {'now' if marked else 'no longer'} deprecated."
        rule = MARKED if marked else UNMARKED
        yield pair.shift(rule, says, old=pair.old.at, new=pair.new.at)
    known = {(p.location, p.name.lower()): p for p in pair.old.parameters}
    for parameter in pair.new.parameters:
        before = known.get((parameter.location, parameter.name.lower()))
        if before is not None and before.deprecated != parameter.deprecated:
            marked = parameter.deprecated
            fate = "now" if marked else "no longer"
            says = (
                f"The {parameter.location} parameter '{parameter.name[:80]}' is {fate} deprecated."
            )
            yield pair.shift(
                PARAMETER_MARKED if marked else PARAMETER_UNMARKED,
                says,
                old=before.at,
                new=parameter.at,
                words=parameter.name,
            )


@family("schema", area="lifecycle")
def members(pair: SchemaPair) -> Iterator[Shift]:
    """Fields and schemas that are going to be given up."""
    if pair.old.deprecated != pair.new.deprecated:
        marked = pair.new.deprecated
        says = f"{pair.label.start} is {'now' if marked else 'no longer'} deprecated."
        yield pair.shift(MEMBER_MARKED if marked else MEMBER_UNMARKED, says)
