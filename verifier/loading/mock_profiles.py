"""How a mock is to behave: mock.yaml, its names held against the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.errors import nearest
from verifier.model import (
    Contract,
    HookEndpoint,
    LimitRule,
    MockProfile,
    OperationRule,
    Seed,
)

if TYPE_CHECKING:
    from verifier.loading.setting import Setting

__all__ = ["load_mock_profile"]

NAMES = ("mock.yaml", "mock.yml")
FEW = 20
VENDORS = ("vendor.yaml", "vendor.yml")


def load_mock_profile(
    where: str | Path,
    contract: Contract,
    *,
    file: str | Path = "",
    names: Callable[[], Mapping[str, Iterable[str]]] = dict,
) -> MockProfile:
    """
    What somebody wrote of how a vendor's mock behaves.

    Args:
        where: Whatever the vendor was loaded from: a mock.yaml in its folder is found. Where there
            is none, nothing was said; beside a bare document none is looked for.
        contract: The names of resources and operations must be among its own.
        file: The mock.yaml itself.
        names: Gives member (``like``, ``limit_headers``) to the words that are known for it; asked
            only where something is written.

    Raises:
        ConfigError: It cannot be used as written; with its place, and the nearest known name.
    """
    found = Path(file) if file else _beside(Path(where))
    if found is None:
        return MockProfile()
    # What only a file needs is imported where there is one: start-up time.
    from verifier.loading.mock_file import MOCK
    from verifier.loading.setting import open_settings

    top = open_settings(found, beginning="seeds: {customers: [{value: {name: Ada}}]}")
    given = MOCK.read(top)
    _check(top, contract, names())
    hooks = dict(given.pop("webhooks", {}))
    endpoints = tuple(HookEndpoint(**endpoint) for endpoint in hooks.pop("endpoints", ()))
    limits = tuple(_limit(rule, contract) for rule in given.pop("limits", ()))
    seeds = tuple(_seeds(top, given.pop("seeds", {})))
    operations = tuple(_operations(given.pop("operations", {}), contract))
    return MockProfile(
        webhooks=hooks,
        endpoints=endpoints,
        limits=limits,
        seeds=seeds,
        operations=operations,
        **given,
    )


def _beside(path: Path) -> Path | None:
    if path.is_dir():
        folder = path
    elif path.is_file() and path.name in VENDORS:
        folder = path.parent
    else:
        return None
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


def _check(top: Setting, contract: Contract, names: Mapping[str, Iterable[str]]) -> None:
    """Refuse names that the contract, or the mock, does not know."""
    resources = [resource.name for resource in (*contract.resources, *contract.calls)]
    operations = [name for o in contract.operations for name in (o.key, o.id) if name]
    found = top.members()
    if "like" in found and "like" in names:
        _known([found["like"]], names["like"], "well-known vendor")
    if "limit_headers" in found and "limit_headers" in names:
        _known(found["limit_headers"].items(), names["limit_headers"], "dialect of limit headers")
    if "seeds" in found:
        _known_keys(found["seeds"], resources, "resource of the document")
    if "operations" in found:
        _known_keys(found["operations"], operations, "operation of the document")
        _check_rules(found["operations"])
    for limit in found["limits"].items() if "limits" in found else ():
        inside = limit.members()
        if "costs" in inside:
            _known_keys(inside["costs"], operations, "operation of the document")
        if "operations" in inside:
            _known(inside["operations"].items(), operations, "operation of the document")


def _check_rules(operations: Setting) -> None:
    for rule in operations.members().values():
        inside = rule.members()
        if "headers" in inside and not {"status", "body"} & inside.keys():
            inside["headers"].refuse(
                "headers alone say nothing of what is answered", "Add 'status' or 'body'."
            )


def _known(given: Iterable[Setting], known: Iterable[str], kind: str) -> None:
    for setting in given:
        _one_of(setting, setting.text("a text"), list(known), kind)


def _known_keys(given: Setting, known: Iterable[str], kind: str) -> None:
    for name, setting in given.members().items():
        _one_of(setting, name, list(known), kind)


def _one_of(setting: Setting, name: str, known: list[str], kind: str) -> None:
    if name in known:
        return
    few = f"Known: {', '.join(known)}." if known else "There is none at all: is it this document?"
    if len(known) > FEW:
        few = "'verifier inspect' lists them."
    setting.refuse(f"there is no {kind} '{name}'", nearest(name, known, few))


def _limit(rule: Mapping[str, Any], contract: Contract) -> LimitRule:
    costs = {contract.operation(k).key: v for k, v in rule.get("costs", {}).items()}
    counted = tuple(contract.operation(name).key for name in rule.get("operations", ()))
    return LimitRule(**{**rule, "costs": costs, "operations": counted})


def _seeds(top: Setting, given: Mapping[str, Any]) -> Iterable[Seed]:
    written = top.members()["seeds"].members() if given else {}
    for resource, seeds in given.items():
        for seed, setting in zip(seeds, written[resource].items(), strict=True):
            yield Seed(resource=resource, where=setting.where, **seed)


def _operations(given: Mapping[str, Any], contract: Contract) -> Iterable[OperationRule]:
    for name, rule in given.items():
        key = contract.operation(name).key
        yield OperationRule(operation=key, has_body="body" in rule, **rule)
