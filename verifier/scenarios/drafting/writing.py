"""Plots as an Arazzo document, written as YAML that a person goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from verifier.model import Contract, Operation, escape
from verifier.scenarios.drafting.plots import Act, Condition, Plot

__all__ = ["written"]

WIDTH = 110
SOURCE = "vendor"


def written(contract: Contract, plots: Sequence[Plot], *, url: str, remark: str) -> str:
    """
    The text of an Arazzo document.

    Args:
        url: Of the vendor's document, from where the text will be.
        remark: Lines of a comment at its head.
    """
    ids = [operation.id for operation in contract.operations]
    unique = {id for id in ids if id and ids.count(id) == 1}
    data = {
        "arazzo": "1.0.1",
        "info": {"title": f"Drafts for {contract.title}", "version": "0.1.0"},
        "sourceDescriptions": [{"name": SOURCE, "url": url, "type": "openapi"}],
        "x-verifier": {"question": "contract", "tags": ["draft"]},
        "workflows": [_workflow(plot, unique) for plot in plots],
    }
    head = "".join(f"# {line}\n" for line in remark.splitlines())
    return head + yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


class _Dumper(yaml.SafeDumper):
    """Writes what holds only plain values on one line, and everything else as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Items of a list stand further in than its name."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is written as an alias: a person is to change one place at a time."""
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:
        """Short mappings of plain values stand on one line."""
        return super().represent_mapping(tag, mapping, flow_style or _is_short(mapping))

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:
        """So do short lists."""
        return super().represent_sequence(tag, sequence, flow_style or _is_short(sequence))


def _is_short(value: Any) -> bool:
    inner = list(value.values()) if isinstance(value, Mapping) else list(value)
    plain = all(not isinstance(item, Mapping | list | tuple) for item in inner)
    names = list(value) if isinstance(value, Mapping) else []
    return plain and len(str(inner)) + len(str(names)) < WIDTH and "operationId" not in names


_Dumper.add_representer(
    dict, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data)
)
_Dumper.add_representer(
    list, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data)
)


def _workflow(plot: Plot, unique: set[str]) -> dict[str, Any]:
    return _said(
        {
            "workflowId": plot.id,
            "summary": plot.summary,
            "inputs": {"type": "object", "properties": plot.inputs} if plot.inputs else None,
            "x-verifier": {"fresh": plot.fresh} if plot.fresh else None,
            "steps": [_step(act, unique) for act in plot.acts],
        }
    )


def _step(act: Act, unique: set[str]) -> dict[str, Any]:
    draft = act.draft
    body = {"contentType": draft.media_type, "payload": draft.body} if draft.has_body else None
    return _said(
        {
            "stepId": act.id,
            "description": act.description,
            **_target(act.operation, unique),
            "parameters": list(_parameters(act)),
            "requestBody": body,
            "successCriteria": [_criterion(criterion) for criterion in act.criteria],
            "outputs": dict(act.outputs),
        }
    )


def _target(operation: Operation, unique: set[str]) -> dict[str, str]:
    if operation.id in unique:
        return {"operationId": operation.id}
    path = f"/paths/{escape(operation.path)}/{operation.method.lower()}"
    return {"operationPath": f"{{$sourceDescriptions.{SOURCE}.url}}#{path}"}


def _parameters(act: Act) -> Iterator[dict[str, Any]]:
    draft = act.draft
    places: Iterable[tuple[str, Mapping[str, Any]]] = (
        ("path", draft.path),
        ("query", draft.query),
        ("header", draft.headers),
        ("cookie", draft.cookies),
    )
    for place, values in places:
        for name, value in values.items():
            yield {"name": name, "in": place, "value": value}


def _criterion(criterion: Condition) -> dict[str, str]:
    return _said(
        {"context": criterion.context, "condition": criterion.text, "type": criterion.kind}
    )


def _said(members: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
