"""Of a schema that is put together from parts: the one part in which two editions differ."""

from __future__ import annotations

import re

from verifier.diffing.sameness import PROSE, Sameness
from verifier.diffing.settling import COMPOSED
from verifier.diffing.shapes import Part, Shape
from verifier.diffing.shifts import Label
from verifier.model import Pointer, unescape

__all__ = ["named_after", "named_alike", "origin"]

COMPONENT = re.compile(r"#?/components/schemas/([^/]+)(?:/allOf/\d+)*")


def origin(old: Shape, new: Shape, sameness: Sameness) -> Pointer | None:
    """
    The part that alone became another, at one address in both documents.

    What many schemas have in common is edited once, so it is told once and at its own place, not
    at each of those that hold it.

    Returns:
        None where there is but one part, where parts came or went, or where several differ.
    """
    if len(old.leaves) < 2 or len(old.leaves) != len(new.leaves):
        return None
    later = {leaf.at: leaf for leaf in new.leaves}
    places = [leaf.at for leaf in old.leaves]
    if later.keys() != set(places):
        return None
    found = [leaf.at for leaf in old.leaves if _differs(leaf, later[leaf.at], places, sameness)]
    return found[0] if len(found) == 1 else None


def _differs(old: Part, new: Part, places: list[Pointer], sameness: Sameness) -> bool:
    """Whether two editions of a part differ in what they say themselves."""
    mine, yours = old.node, new.node
    if mine is yours or mine == yours:
        return False
    if not (isinstance(mine, dict) and isinstance(yours, dict)):
        return True
    for keyword in mine.keys() | yours.keys():
        if keyword in PROSE or (keyword in COMPOSED and _apart(old.at, keyword, places)):
            continue
        if keyword not in mine or keyword not in yours:
            return True
        before, after = {keyword: mine[keyword]}, {keyword: yours[keyword]}
        if before != after and not sameness.nodes(before, old.at.file, after, new.at.file):
            return True
    return False


def _apart(at: Pointer, keyword: str, places: list[Pointer]) -> bool:
    """Whether what a keyword composes is a part, or several, of its own."""
    inside = f"{at.path}/{keyword}/"
    return keyword == "$ref" or any(p.file == at.file and p.path.startswith(inside) for p in places)


def named_after(at: Pointer, label: Label) -> Label:
    """What to call a part: by its component where it is one, or a branch of one's ``allOf``."""
    found = COMPONENT.fullmatch(at.path)
    return Label(f"schema {unescape(found[1])}") if found else label


def named_alike(old: tuple[Part, ...], new: tuple[Part, ...]) -> str:
    """The schema that both refer to in the same words: what differs does so inside of it."""
    if len(old) != 1 or len(new) != 1 or old[0].null != new[0].null:
        return ""
    mine, yours = old[0].node, new[0].node
    alike = isinstance(mine, dict) and "$ref" in mine and mine == yours
    found = COMPONENT.fullmatch(str(mine["$ref"])) if alike else None
    return unescape(found[1]) if found else ""
