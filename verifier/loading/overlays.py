"""OpenAPI Overlays 1.0 and 1.1: changes to a vendor's document without touching its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NoReturn

from verifier.errors import ConfigError, nearest
from verifier.loading.alone import open_file
from verifier.loading.bounds import DEEPEST_NESTING
from verifier.loading.changed import Changed
from verifier.loading.origins import Origins, Spot
from verifier.loading.sheet import Sheet
from verifier.model import Pointer, Problem
from verifier.model.place import escape

__all__ = ["apply_overlays", "read_overlay"]

VERSION = re.compile(r"1\.(0|1)(?:\.\d+)?\Z")
MEMBERS = ("overlay", "info", "extends", "actions")
ACTIONS = ("target", "description", "update", "copy", "remove")


def apply_overlays(sheet: Sheet, overlays: Iterable[Sheet]) -> Changed:
    """
    The entry document with overlays applied, one after the other.

    The file's own tree is not touched: a changed document is a copy.

    Raises:
        ConfigError: An overlay does not fit the document; says where in the overlay, and the mend.
    """
    origins = Origins(sheet)
    sheets = tuple(overlays)
    if not sheets:
        return Changed(root=sheet.root, origins=origins)
    root = _copy(sheet.root)
    problems: list[Problem] = []
    for overlay in sheets:
        work = _Overlay(overlay, root, origins)
        for index, action in enumerate(overlay.root["actions"]):
            problems.extend(work.apply(action, f"/actions/{index}"))
    return Changed(
        root=root,
        origins=origins,
        sheets={overlay.location: overlay for overlay in sheets},
        problems=tuple(problems),
    )


def read_overlay(where: str, *, elsewhere: bool = False) -> Sheet:
    """
    An overlay, and whether it is one.

    Args:
        where: Path or web address.
        elsewhere: Whether the address may redirect to another host.

    Raises:
        ConfigError: It cannot be read, or is no valid overlay.
    """
    sheet = open_file(where, "The overlay", beginning="overlay: 1.0.0", elsewhere=elsewhere)
    _check(sheet)
    return sheet


def _refuse(sheet: Sheet, path: str, says: str, mend: str) -> NoReturn:
    raise ConfigError(says, where=str(sheet.place(path)), mend=mend)


def _check(sheet: Sheet) -> None:
    root = sheet.root
    if not isinstance(root, Mapping) or "overlay" not in root:
        _refuse(
            sheet,
            "",
            "This is no overlay: it has no 'overlay' member",
            "Start it with 'overlay: 1.0.0'.",
        )
    if not isinstance(root["overlay"], str) or not VERSION.match(root["overlay"]):
        says = f"'overlay' is {root['overlay']!r}, and versions 1.0 and 1.1 can be applied"
        _refuse(sheet, "/overlay", says, "Write overlay: '1.0.0' or '1.1.0', as text.")
    _check_members(sheet, "", root, MEMBERS)
    info = root.get("info")
    for member in ("title", "version"):
        if not isinstance(info, Mapping) or not isinstance(info.get(member), str):
            _refuse(
                sheet,
                f"/info/{member}",
                f"'info.{member}' is missing or no text",
                "Give the overlay a title and a version.",
            )
    actions = root.get("actions")
    if not isinstance(actions, list) or not actions:
        _refuse(
            sheet,
            "/actions",
            "'actions' must be a list of at least one",
            "Write one, or leave the overlay out.",
        )
    for index, action in enumerate(actions):
        _check_action(sheet, f"/actions/{index}", action)


def _check_action(sheet: Sheet, path: str, action: Any) -> None:
    if not isinstance(action, Mapping):
        _refuse(sheet, path, "The action is no object", "Write a target, and update or remove.")
    newer = sheet.root["overlay"].startswith("1.1")
    known = ACTIONS if newer else tuple(name for name in ACTIONS if name != "copy")
    _check_members(sheet, path, action, known)
    if not isinstance(action.get("target"), str):
        _refuse(sheet, path, "The action has no target", "Write a JSONPath such as $.info.")
    if not isinstance(action.get("remove", False), bool):
        _refuse(
            sheet, f"{path}/remove", "'remove' is neither true nor false", "Write remove: true."
        )
    if not isinstance(action.get("copy", ""), str):
        _refuse(sheet, f"{path}/copy", "'copy' is no text", "Write a JSONPath such as $.info.")
    if "update" in action and "copy" in action:
        _refuse(sheet, path, "The action has both 'update' and 'copy'", "Make two actions of it.")
    if not action.get("remove") and "update" not in action and "copy" not in action:
        _refuse(sheet, path, "The action changes nothing", "Give it update, or remove: true.")


def _check_members(sheet: Sheet, path: str, value: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in value:
        if name in known or name.startswith("x-"):
            continue
        mend = nearest(name, known, f"Known are: {', '.join(known)}.")
        _refuse(sheet, f"{path}/{escape(name)}", f"'{name}' is unknown here", mend)


class _Overlay:
    """One overlay at work on a document."""

    def __init__(self, sheet: Sheet, root: Any, origins: Origins) -> None:
        self.sheet = sheet
        self.root = root
        self.origins = origins
        self.newer = sheet.root["overlay"].startswith("1.1")

    def apply(self, action: Mapping[str, Any], path: str) -> Iterable[Problem]:
        matches = self._select(action["target"], f"{path}/target")
        if not matches:
            yield Problem(
                says=f"The overlay's target {action['target']} matches nothing",
                at=Pointer(self.sheet.location, f"{path}/target"),
                mend="Correct the target, or remove the action if the vendor mended the document.",
            )
        elif action.get("remove"):
            self._remove(matches, path)
        elif "copy" in action:
            self._copy(matches, action["copy"], path)
        else:
            spot = Spot(self.sheet, f"{path}/update")
            for match in matches:
                self._update(match, action["update"], spot, path)

    def _select(self, query: str, path: str) -> list[tuple[str | int, ...]]:
        """The addresses that a JSONPath selects, each once, in the document's order."""
        import jsonpath  # start-up time

        try:
            found = jsonpath_environment().compile(query).finditer(self.root)
            return list(dict.fromkeys(tuple(match.parts) for match in found))
        except (jsonpath.JSONPathError, RecursionError, ValueError) as error:
            says = str(error).partition("\n")[0]
            _refuse(
                self.sheet,
                path,
                f"The JSONPath {query} cannot be used: {says}",
                "Write it as RFC 9535 has it, such as $.paths['/orders'].get",
            )

    def _remove(self, matches: list[tuple[str | int, ...]], path: str) -> None:
        # From the end, so that an index still means what it meant when it was selected.
        for match in reversed(matches):
            if not match:
                _refuse(self.sheet, path, "The root cannot be removed", "Name a part of it.")
        ordered = sorted(matches, key=lambda m: m[-1] if isinstance(m[-1], int) else -1)
        parents = [(self._value(match[:-1]), match) for match in reversed(ordered)]
        for parent, match in parents:
            if isinstance(parent, list):
                index = int(match[-1])
                del self.origins.items_of(parent, self._spot(match[:-1]))[index]
                del parent[index]
            else:
                parent.pop(match[-1], None)
                self.origins.forget_member(parent, str(match[-1]))

    def _copy(self, matches: list[tuple[str | int, ...]], query: str, path: str) -> None:
        sources = self._select(query, f"{path}/copy")
        if len(sources) != 1:
            _refuse(
                self.sheet,
                f"{path}/copy",
                f"'copy' selects {len(sources)} nodes, and must select one",
                "Make the JSONPath name one node.",
            )
        value, spot = _copy(self._value(sources[0])), self._spot(sources[0])
        for match in matches:
            self._update(match, value, spot, path)

    def _update(self, match: tuple[str | int, ...], update: Any, spot: Spot, path: str) -> None:
        target = self._value(match)
        if isinstance(target, dict) and isinstance(update, Mapping):
            self._merge(target, update, spot, self._spot(match), path)
        elif isinstance(target, list):
            # 1.0 has one entry appended; its authors write lists all the same, and mean 1.1's.
            self._extend(target, update, spot, self._spot(match))
        elif isinstance(target, dict) or isinstance(update, (Mapping, list)):
            self._incompatible(path, ".".join(map(str, match)) or "$")
        elif not self.newer:
            _refuse(
                self.sheet,
                path,
                "The target is a single value, which an overlay of version 1.0 cannot update",
                "Write overlay: 1.1.0, or name the object that holds the value.",
            )
        else:
            self._set(self._value(match[:-1]), match, update, spot)

    def _set(self, parent: Any, match: tuple[str | int, ...], update: Any, spot: Spot) -> None:
        parent[match[-1]] = update
        if isinstance(parent, list):
            self.origins.items_of(parent, self._spot(match[:-1]))[int(match[-1])] = spot
        else:
            self.origins.note_member(parent, str(match[-1]), spot)

    def _merge(
        self, target: dict[str, Any], update: Mapping[str, Any], spot: Spot, at: Spot, path: str
    ) -> None:
        for name, value in update.items():
            inner = spot.inside(name)
            old = target.get(name)
            if name in target and isinstance(old, dict) and isinstance(value, Mapping):
                self._merge(old, value, inner, self.origins.step(at, target, name)[0], path)
            elif name in target and isinstance(old, list) and isinstance(value, list):
                self._extend(old, value, inner, self.origins.step(at, target, name)[0])
            elif name in target and (isinstance(old, (dict, list)) or _inner(value)):
                self._incompatible(path, name)
            else:
                target[name] = _copy(value)
                self.origins.note_member(target, name, inner)

    def _extend(self, target: list[Any], update: Any, spot: Spot, at: Spot) -> None:
        places = self.origins.items_of(target, at)
        if isinstance(update, list):
            target.extend(_copy(update))
            places.extend(spot.inside(str(index)) for index in range(len(update)))
        else:
            target.append(_copy(update))
            places.append(spot)

    def _incompatible(self, path: str, name: str) -> NoReturn:
        _refuse(
            self.sheet,
            path,
            f"The update of '{name}' is of another kind than what stands there",
            "Remove the old one in an action before, or update it with the same kind.",
        )

    def _value(self, match: tuple[str | int, ...]) -> Any:
        value = self.root
        for part in match:
            value = value[part]
        return value

    def _spot(self, match: tuple[str | int, ...]) -> Spot:
        return self.origins.lead(self.root, "".join(f"/{escape(str(part))}" for part in match))


@cache
def jsonpath_environment() -> Any:
    """JSONPath exactly as RFC 9535 has it, as deep as a document may be."""
    import jsonpath  # start-up time

    class Environment(jsonpath.JSONPathEnvironment):
        max_recursion_depth = DEEPEST_NESTING

    return Environment(strict=True)


def _inner(value: Any) -> bool:
    return isinstance(value, (Mapping, list))


def _copy(value: Any) -> Any:
    """A copy in which nothing is shared: YAML aliases share, and a change is to one place."""
    if isinstance(value, Mapping):
        return {name: _copy(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value
