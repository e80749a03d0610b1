"""What the user knows better: resources and conventions as vendor.yaml corrects them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from verifier.errors import ConfigError, nearest
from verifier.model import Contract, Convention, Reference, Resource

if TYPE_CHECKING:
    from verifier.loading.setting import Setting  # start-up time: YAML comes with it

__all__ = ["corrected"]

OPERATIONS = ("create", "read", "list", "update", "replace", "delete", "search")
REASON = "vendor.yaml says so"


def corrected(contract: Contract, given: Mapping[str, Any], top: Setting | None) -> Contract:
    """
    The contract with the user's corrections in it.

    Args:
        given: What was read from vendor.yaml.
        top: The same file, for the places of mistakes.

    Raises:
        ConfigError: A correction or a fixture names something that does not exist.
    """
    if top is None:
        return contract
    if given.get("resources") or given.get("conventions"):
        desk = _Desk(contract, top)
        contract = dataclasses.replace(
            contract,
            resources=desk.resources(given.get("resources", {})),
            conventions=desk.conventions(given.get("conventions", {})),
            recognise=None,  # what somebody corrected is not found anew
        )
    desk = _Desk(contract, top)
    desk.fixtures(given.get("fixtures", ()), "fixtures")
    desk.fixtures(given.get("may_change", ()), "may_change")
    return contract


class _Desk:
    def __init__(self, contract: Contract, top: Setting) -> None:
        self.contract = contract
        self.top = top

    def resources(self, given: Mapping[str, Any]) -> tuple[Resource, ...]:
        found = {resource.name: resource for resource in self.contract.resources}
        for name, changes in given.items():
            if changes is None:
                self._known(name, found, "resources", name)
                del found[name]
            else:
                found[name] = self._changed(found.get(name) or Resource(name=name), changes)
        for name, changes in given.items():
            self._check_names(name, changes or {}, found)
        return tuple(found.values())

    def conventions(self, given: Mapping[str, Any]) -> tuple[Convention, ...]:
        kept = [c for c in self.contract.conventions if c.kind not in given]
        every = tuple(operation.key for operation in self.contract.operations)
        for kind, says in given.items():
            if says is None:
                continue
            keys = says.get("operations")
            at = ("conventions", kind, "operations")
            named = every if keys is None else tuple(self._operation(key, *at) for key in keys)
            kept.append(
                Convention(
                    kind=kind,
                    style=says["style"],
                    operations=named,
                    detail=says.get("detail", {}),
                    reason=REASON,
                )
            )
        return tuple(kept)

    def fixtures(self, given: Collection[str], under: str) -> None:
        """Refuse the name of a fixture that nothing would ever use."""
        if not given:
            return
        known = {parameter.name for o in self.contract.operations for parameter in o.parameters}
        known |= {operation.key for operation in self.contract.operations}
        for resource in self.contract.resources:
            known |= {resource.name, resource.id_parameter}
            known |= {re.split(r"[./]", each.field)[-1] for each in resource.references}
        for name in given:
            if name not in known:
                says = f"'{name}' is no parameter, resource or operation of the document"
                self._refuse(
                    says,
                    name,
                    sorted(known),
                    (under, name) if isinstance(given, Mapping) else (under,),
                )

    def _changed(self, resource: Resource, changes: Mapping[str, Any]) -> Resource:
        path = ("resources", resource.name)
        made: dict[str, Any] = dict(changes)
        for name in OPERATIONS:
            # An empty text says that there is no such operation.
            if made.get(name):
                made[name] = self._operation(made[name], *path, name)
        if "actions" in made:
            made["actions"] = tuple(self._operation(k, *path, "actions") for k in made["actions"])
        if "references" in made:
            made["references"] = tuple(
                Reference(field=field, resource=to, confidence=1.0, reason=REASON)
                for field, to in made["references"].items()
            )
        return dataclasses.replace(resource, **made, confidence=1.0, reason=REASON)

    def _check_names(
        self, name: str, changes: Mapping[str, Any], found: Mapping[str, Resource]
    ) -> None:
        if changes.get("parent"):
            self._known(changes["parent"], found, "resources", name, "parent")
        for field, to in changes.get("references", {}).items():
            self._known(to, found, "resources", name, "references", field)

    def _operation(self, text: str, *path: str) -> str:
        for operation in self.contract.operations:
            if text in (operation.key, operation.id):
                return operation.key
        known = [name for o in self.contract.operations for name in (o.key, o.id) if name]
        self._refuse(f"there is no operation '{text}'", text, known, path)

    def _known(self, name: str, found: Mapping[str, Resource], *path: str) -> None:
        if name not in found:
            self._refuse(f"there is no resource '{name}'", name, list(found), path)

    def _refuse(self, says: str, text: str, known: list[str], path: tuple[str, ...]) -> NoReturn:
        mend = nearest(text, known, "'verifier inspect' shows what there is.")
        raise ConfigError(says, where=self._place(path), mend=mend)

    def _place(self, path: tuple[str, ...]) -> str:
        setting = self.top
        for name in path:
            setting = setting.members()[name]
        return setting.where
