"""What a workflow is given: by its caller, by its author, by its schema, or made up for a mock."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from verifier.model import Schema, UnresolvedReference
from verifier.sampling import Unsatisfiable, sampler
from verifier.scenarios.description import Workflow
from verifier.validating import Direction, validator

__all__ = ["fresh_value", "made_up", "whole_inputs", "wrong_inputs"]

# As many digits as a draft leaves room for.
MOST_FRESH = 10**8


def whole_inputs(workflow: Workflow, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values, and the schema's defaults for what is not given and need not be fresh."""
    defaults = {
        name: said["default"]
        for name, said in ((name, _said(schema)) for name, schema in _members(workflow).items())
        if "default" in said and name not in workflow.extension.fresh
    }
    return {**defaults, **workflow.extension.inputs, **given}


def fresh_value(workflow: Workflow, name: str, text: str) -> str | int:
    """What nobody used before, as the schema of an input wants it: a text, or a whole number."""
    said = _said(_members(workflow).get(name))
    return int(UUID(text).int % MOST_FRESH) if said.get("type") == "integer" else text


def wrong_inputs(workflow: Workflow, inputs: Mapping[str, Any]) -> str:
    """What is wrong with inputs by their schema, in words; empty where nothing is."""
    if workflow.inputs is None:
        return ""
    found = validator(workflow.inputs, Direction.REQUEST).errors(dict(inputs), limit=3)
    return "; ".join(f"{error.path or 'the inputs'} {error.says}".lstrip("/") for error in found)


def made_up(workflow: Workflow, given: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """
    Inputs for a mock: what nobody gave is made from the schema, the same for the same seed.

    Where nothing valid can be made, what was given is handed back. A secret (``format: password``)
    is never made up: a step whose credential is absent is sent with ours. Nor is what is to be
    fresh.
    """
    inputs = whole_inputs(workflow, given)
    if workflow.inputs is None:
        return inputs
    try:
        made = sampler(workflow.inputs, Direction.REQUEST).full(random.Random(seed))  # noqa: S311
    except Unsatisfiable:
        return inputs
    if not isinstance(made, dict):
        return inputs
    kept = {name for name, schema in _members(workflow).items() if _is_secret(schema)}
    kept.update(workflow.extension.fresh)
    whole = {**{name: value for name, value in made.items() if name not in kept}, **inputs}
    return whole if not wrong_inputs(workflow, whole) else inputs


def _is_secret(schema: Schema) -> bool:
    return _said(schema).get("format") == "password"


def _said(schema: Schema | None) -> Mapping[str, Any]:
    return schema.node if schema is not None and isinstance(schema.node, Mapping) else {}


def _members(workflow: Workflow) -> Mapping[str, Schema]:
    try:
        return workflow.inputs.members() if workflow.inputs is not None else {}
    except UnresolvedReference:
        return {}
