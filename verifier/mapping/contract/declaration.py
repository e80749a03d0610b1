"""The declaration of ``*.mapping.yaml``: what may stand in it, and what each line is for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from verifier.loading.declaration import (
    Anything,
    Choice,
    Flag,
    Items,
    Kind,
    MapOf,
    Maybe,
    Member,
    Record,
    Text,
    Variants,
)
from verifier.mapping.contract.written import (
    At,
    OneOrMany,
    PathMap,
    PathText,
    PolicyKind,
    Spread,
    StepKind,
    WordOrRecord,
)
from verifier.mapping.kinds import kinds
from verifier.mapping.nouns import Act, Direction, Law, Owner, Relation
from verifier.mapping.operations import combinations, operations

__all__ = ["MISSING", "TROUBLES", "mapping_record", "mapping_schema"]

PATH = At(PathText())
WITHHOLD = (Act.REJECT, Act.QUARANTINE, Act.ESCALATE)
KEEP = (*WITHHOLD, Act.OMIT, Act.DEFAULT)
TROUBLES = {
    "on_missing": (KEEP, "What is done where there is no value."),
    "on_unknown": ((*KEEP, Act.PASS_THROUGH), "What is done where a table has no row."),
    "on_invalid": (KEEP, "What is done where a value is not what it should be."),
    "on_too_long": ((*KEEP, Act.TRUNCATE), "What is done where there is no room."),
}
MISSING = ("absent", "null", "empty", "blank")
LENGTH_UNITS = ("code_points", "utf16", "utf8")


def _known_operations() -> dict[str, tuple[Kind | None, bool]]:
    return {name: (op.argument, op.needs_argument) for name, op in operations().items()}


def _known_combinations() -> dict[str, tuple[Kind | None, bool]]:
    return {name: (made.argument, False) for name, made in combinations().items()}


STEP = StepKind(_known_operations, "an operation")
STEPS = Items(STEP)
COMBINE = StepKind(_known_combinations, "a combination")
POLICIES = {
    name: Member(kind=PolicyKind(acts), says=says) for name, (acts, says) in TROUBLES.items()
}
MISSING_MEMBER = Member(
    kind=Items(Choice(MISSING)),
    says="What counts as missing; absent, null, empty and blank texts if left out.",
)

SIDE = Record(
    {
        "spec": Member(
            kind=Text(),
            says="The OpenAPI document: path beside this file, or address.",
            required=True,
        ),
        "schema": Member(
            kind=Text(pattern="#/.*", wants="a JSON pointer such as '#/components/schemas/Order'"),
            says="The record's schema in it.",
            required=True,
        ),
    }
)
RULE_MEMBERS = {
    "from": Member(
        kind=OneOrMany(PATH), says="The source's field; several are tried in order, or combined."
    ),
    "via": Member(kind=STEPS, says="Operations, in order."),
    "table": Member(kind=Text(), says="The table that translates the value."),
    "combine": Member(kind=COMBINE, says="How several fields become one."),
    "cel": Member(kind=Text(), says="An expression in CEL over source, and item inside of a list."),
    "value": Member(kind=Anything(), says="A fixed value."),
    **POLICIES,
    "missing": MISSING_MEMBER,
    "law": Member(
        kind=Choice(tuple(law.value for law in Law)), says="What it promises there and back."
    ),
    "owner": Member(
        kind=Choice(tuple(owner.value for owner in Owner)),
        says="Whose value counts where both sides changed it.",
    ),
    "restrictive": Member(kind=Anything(), says="The value that wins, for most_restrictive."),
    "back": Member(
        kind=Record({"via": Member(kind=STEPS, says="Operations of the way back.", required=True)}),
        says="The way back, where the steps cannot be undone.",
    ),
    "undecided": Member(kind=Text(), says="What a person has still to decide."),
    "because": Member(kind=Text(), says="Why it is so."),
}
RULE = Record(RULE_MEMBERS)
BLOCK = Record(
    {
        "each": Member(kind=PATH, says="The source's list, such as lines[].", required=True),
        "fields": Member(
            kind=MapOf(kind=Spread(RULE)), says="Rules of an item; paths start at the item."
        ),
        "item": Member(kind=Spread(RULE), says="The rule of an item that is a plain value."),
        "on_empty": Member(
            kind=PolicyKind((*WITHHOLD, Act.OMIT, Act.PASS_THROUGH)),
            says="What is done where the list is empty or missing.",
        ),
        "on_missing": Member(
            kind=PolicyKind((*WITHHOLD, Act.OMIT)), says="What is done with an item that is null."
        ),
        "because": Member(kind=Text(), says="Why it is so."),
    }
)


class FieldKind:
    """A rule, or a block with ``each``."""

    def read(self, setting: Any) -> Any:
        """The one that it is."""
        return Spread(BLOCK if "each" in setting.members() else RULE).read(setting)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [BLOCK.schema(), RULE.schema()]}


ROW = Record(
    {
        "from": Member(kind=Anything(), says="The source's value; a list for several fields."),
        "to": Member(kind=Anything(), says="The target's value; null where there is none."),
        "relation": Member(
            kind=Choice(tuple(relation.value for relation in Relation)),
            says="Whether the target's value is equivalent, broader, narrower, or there is none.",
            required=True,
        ),
        "do": Member(
            kind=Choice(tuple(a.value for a in (*WITHHOLD, Act.OMIT))),
            says="What is done where there is none.",
        ),
        "because": Member(kind=Text(), says="Why."),
        "back": Member(
            kind=Choice(("keep",)), says="keep: the old source decides on the way back."
        ),
        "signed": Member(kind=Text(), says="Who has agreed to what is lost."),
    }
)
TABLE = Record(
    {
        "rows": Member(kind=Items(Spread(ROW)), says="One row for each value.", required=True),
        "back": Member(kind=MapOf(kind=Anything()), says="Target's value to the source's."),
        "lossy_ok": Member(
            kind=Items(Items(Anything())), says="Groups of source values that may become one."
        ),
        "unreached_ok": Member(
            kind=Items(Anything()), says="Target values that no row needs to reach."
        ),
        "order": Member(
            kind=Items(Anything()), says="Target values in the order in which they come."
        ),
        "on_backward": Member(
            kind=Choice(("keep", *(a.value for a in WITHHOLD))),
            says="What is done with a value that lies behind; keep leaves what is there.",
        ),
    }
)
KEY_PART = Record(
    {
        "source": Member(kind=PATH, says="The source's field.", required=True),
        "target": Member(kind=PATH, says="The target's field.", required=True),
        "norm": Member(kind=STEPS, says="Operations on both before they are compared."),
    }
)
LINK = Record(
    {
        "store": Member(
            kind=Text(), says="Where links are kept, where the target does not hold the id."
        ),
        "source": Member(kind=PATH, says="The source's id.", required=True),
        "target": Member(kind=PATH, says="The target's field.", required=True),
    }
)
FOUND = ("create", "quarantine", "escalate", "skip", "reject")
MATCH = Record(
    {
        "link": Member(kind=At(LINK), says="The fields that hold an established link."),
        "keys": Member(
            kind=Items(Items(Spread(KEY_PART))),
            says="Tiers of fields that must agree, best first.",
        ),
        "on_none": Member(
            kind=WordOrRecord(
                Choice(FOUND),
                Record(
                    {
                        "source_only": Member(kind=Choice(FOUND), says="Only the source has it."),
                        "target_only": Member(kind=Choice(FOUND), says="Only the target has it."),
                    }
                ),
            ),
            says="What is done where nothing is found.",
        ),
        "on_many": Member(
            kind=Choice(("quarantine", "escalate", "reject")), says="Where several are found."
        ),
        "on_duplicate_in_one_side": Member(
            kind=Choice(("quarantine", "escalate", "reject")), says="Where two of one side agree."
        ),
        "on_same_key_different_name": Member(
            kind=Choice(("quarantine", "escalate", "update")),
            says="Where the key agrees, and the name does not.",
        ),
        "redirect": Member(
            kind=PATH, says="The target's field that names what a record was merged into."
        ),
        "on_orphan": Member(
            kind=Choice(("quarantine", "escalate", "reject", "create")),
            says="Where what a record refers to is not there, or leads back to itself.",
        ),
        "on_key_change": Member(
            kind=Choice(("follow_link", "match_again")), says="Where a linked record's key changes."
        ),
        "on_deleted": Member(
            kind=Record(
                {
                    side: Member(
                        kind=Choice(("disable", "delete", "quarantine", "keep")),
                        says=f"Where it was deleted in the {side}.",
                    )
                    for side in ("source", "target")
                }
            ),
            says="Where one side has deleted it.",
        ),
    }
)


def _meanings() -> PathMap:
    always = {
        "placeholder": Member(
            kind=Items(Anything()), says="Values that stand for nothing, such as N/A."
        ),
        "length_unit": Member(
            kind=Choice(LENGTH_UNITS), says="What the system counts when it limits a length."
        ),
    }
    records = {
        name: Record({**kind.members, **always})
        for name, kind in kinds().items()
        if name != "plain"
    }
    return PathMap(Spread(Variants(tag="kind", says="what it means", records=records)))  # type: ignore[arg-type]


INVARIANT = Record(
    {
        "id": Member(kind=Text(), says="A short name.", required=True),
        "cel": Member(
            kind=Text(), says="A condition in CEL over source and target.", required=True
        ),
        "says": Member(kind=Text(), says="The same in words."),
        "on_broken": Member(
            kind=Choice(tuple(act.value for act in WITHHOLD)), says="quarantine if left out."
        ),
    }
)
WRITE = Record(
    {
        "mode": Member(
            kind=Choice(("create", "patch", "replace")), says="How the target is written."
        ),
        "absent": Member(kind=Choice(("keep", "clear")), says="What a missing field does to it."),
        "null": Member(kind=Choice(("clear", "keep")), says="What null does to it."),
    }
)
NAMES = Items(Text())
OUTCOMES = Record(
    {
        "rejected": Member(kind=NAMES, says="Names of exceptions or errors that refuse a record."),
        "quarantined": Member(kind=NAMES, says="Likewise, for records kept aside."),
        "escalated": Member(kind=NAMES, says="Likewise, for records that a person decides."),
        "skipped": Member(
            kind=Maybe(Items(Choice(("rejected", "quarantined", "escalated")))),
            says="Which of these an implementation may tell by giving back nothing.",
        ),
    }
)
IMPLEMENTATION = Record(
    {
        "callable": Member(kind=Text(), says="module:name, or file.py:name beside this file."),
        "command": Member(
            kind=OneOrMany(Text()), says="A program that answers JSON lines, with its arguments."
        ),
        "http": Member(kind=Text(), says="An address that records are posted to."),
        "timeout_seconds": Member(
            kind=Text(pattern="[0-9.]+", wants="seconds"), says="A record's time."
        ),
    }
)
VERIFY = Record(
    {
        "implementation": Member(kind=IMPLEMENTATION, says="What is tested."),
        "outcomes": Member(kind=OUTCOMES, says="How it says that it has not mapped a record."),
        "derive": Member(
            kind=MapOf(kind=Text()),
            says="Source field to an expression that keeps made-up records consistent.",
        ),
        "samples": Member(kind=Items(Text()), says="Files of real records, beside this file."),
        "strict_json": Member(
            kind=Flag(), says="It reads JSON itself, and refuses keys that stand twice, and NaN."
        ),
    }
)


@lru_cache
def mapping_record() -> Record:
    """The whole file; made when it is first needed, since it knows every operation and kind."""
    reasons = PathMap(At(Text()))
    meaning = Record(
        {
            "source": Member(kind=_meanings(), says="Of the source's fields."),
            "target": Member(kind=_meanings(), says="Of the target's fields."),
        }
    )
    return Record(
        {
            "mapping": Member(
                kind=Choice(("0.1",)), says="The version of this format.", required=True
            ),
            "id": Member(kind=Text(), says="A short name.", required=True),
            "title": Member(kind=Text(), says="What it is about, in a sentence."),
            "direction": Member(
                kind=Choice(tuple(d.value for d in Direction)),
                says="Who writes to whom.",
                required=True,
            ),
            "source": Member(kind=At(SIDE), says="Where records come from.", required=True),
            "target": Member(kind=At(SIDE), says="What they become.", required=True),
            "defaults": Member(
                kind=Spread(Record({**POLICIES, "missing": MISSING_MEMBER})),
                says="What is done in a trouble, where a field does not say.",
            ),
            "write": Member(kind=WRITE, says="How the target is written."),
            "meaning": Member(kind=meaning, says="What the two documents leave unsaid."),
            "tables": Member(kind=MapOf(kind=Spread(TABLE)), says="Values to values."),
            "fields": Member(
                kind=PathMap(FieldKind()), says="Target's field to its rule.", required=True
            ),
            "dropped": Member(kind=reasons, says="Source fields that go nowhere, and why."),
            "left_unset": Member(kind=reasons, says="Target fields that stay empty, and why."),
            "match": Member(
                kind=Spread(MATCH), says="How records that are the same thing are found."
            ),
            "invariants": Member(
                kind=Items(Spread(INVARIANT)), says="What holds for every mapped record."
            ),
            "verify": Member(kind=Spread(VERIFY), says="How an implementation is tested."),
        }
    )


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``*.mapping.yaml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mapping contract",
        "description": "What two systems mean by their fields, and the rules between them.",
        **mapping_record().schema(),
    }
