"""Which record of the target a record of the source is: by link, then by key, best key first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from verifier.mapping.absent import ABSENT
from verifier.mapping.chains import value_at
from verifier.mapping.executing.access import getter
from verifier.mapping.executing.executor import Executor
from verifier.mapping.executing.run import Run
from verifier.mapping.executing.values import emptiness, peer_of
from verifier.mapping.nouns import KeyPart, Match, Path
from verifier.mapping.opening import OpenMapping, OpenSide
from verifier.mapping.operations import operations
from verifier.mapping.tables import key_of
from verifier.mapping.trouble import Trouble
from verifier.model import Place

__all__ = ["Decision", "Matcher"]

TOP = Path(())
ALL_MISSING = frozenset({"absent", "null", "empty", "blank"})
Key = tuple[Any, ...]


class Decision(Struct, frozen=True, kw_only=True):
    """
    What is to be done with one record.

    Args:
        action: ``create``, ``update``, ``quarantine``, ``escalate``, ``reject`` or ``skip``.
        target: Id of the target's record, for ``update``.
        because: Why, in words.
        place: The line of the contract that says so.
    """

    action: str
    target: Any = None
    because: str = ""
    place: Place


class Matcher:
    """Finds records by what a contract says under ``match``."""

    def __init__(self, executor: Executor) -> None:
        mapping = executor.mapping
        match = mapping.contract.match
        assert match is not None  # noqa: S101  (whoever makes one has looked)
        self.match: Match = match
        self._executor = executor
        self._tiers = [[_Pair(mapping, part) for part in tier] for tier in match.keys]
        self._link = match.link
        self._name = _name_of(mapping)
        self._id = getter(match.link.target) if match.link else None

    def decide(
        self,
        records: Sequence[Mapping[str, Any]],
        candidates: Sequence[Mapping[str, Any]],
        links: Mapping[str, Any],
    ) -> tuple[Decision, ...]:
        """
        What is to be done with each of a batch of records.

        Args:
            candidates: Records that the target has.
            links: Source's id to the target's, as far as they are known to be the same.
        """
        parents = self._parents(records)
        keys = [tuple(self._key(tier, record) for tier in self._tiers) for record in records]
        best: Counter[Key | None] = Counter(key[0] for key in keys if key and key[0])
        indexes = [self._index(tier, candidates) for tier in self._tiers]
        return tuple(
            self._orphaned(record, links, parents)
            or self._one(record, key, best, indexes, candidates, links)
            for record, key in zip(records, keys, strict=True)
        )

    def _one(
        self,
        record: Mapping[str, Any],
        key: tuple[Key | None, ...],
        best: Counter[Key | None],
        indexes: list[dict[Key, list[Mapping[str, Any]]]],
        candidates: Sequence[Mapping[str, Any]],
        links: Mapping[str, Any],
    ) -> Decision:
        linked = self._linked(record, candidates, links)
        if linked is not None:
            return linked
        if key and key[0] is not None and best[key[0]] > 1:
            return self._word("on_duplicate_in_one_side", "two records of one side have its key")
        for tier_key, index in zip(key, indexes, strict=True):
            found = index.get(tier_key, []) if tier_key is not None else []
            if len(found) > 1:
                return self._word("on_many", f"{len(found)} records have its key")
            if found:
                return self._hit(record, found[0], candidates)
        return self._word("on_none", "no record has its key", "on_none.source_only")

    def _linked(
        self,
        record: Mapping[str, Any],
        candidates: Sequence[Mapping[str, Any]],
        links: Mapping[str, Any],
    ) -> Decision | None:
        link = self._link
        if link is None or self.match.on.get("on_key_change") == "match_again":
            return None
        place = self.match.at("link")
        if self.match.store:
            target = links.get(str(getter(link.source)(record)))
            return None if target is None else self._followed(target, candidates)
        done = self._executor.map(dict(record))
        value = ABSENT if done.target is None else getter(link.target)(done.target)
        hits = [c for c in candidates if value is not ABSENT and getter(link.target)(c) == value]
        if len(hits) > 1:
            return self._word("on_many", f"{len(hits)} records hold its id")
        if hits:
            return Decision(action="update", target=value, because="it holds its id", place=place)
        return None

    def _followed(self, target: Any, candidates: Sequence[Mapping[str, Any]]) -> Decision:
        """The record that a link leads to, or the one into which it was merged."""
        held = {self._id(c): c for c in candidates} if self._id is not None else {}
        place = self.match.at("link")
        if target not in held and "on_deleted.target" in self.match.on:
            action = self.match.on["on_deleted.target"]
            action = action if action in ("quarantine", "escalate") else "skip"
            place = self.match.at("on_deleted")
            return Decision(action=action, because="what it is linked to is gone", place=place)
        redirect = getter(self.match.redirect) if self.match.redirect else None
        seen = []
        while redirect is not None and target in held and redirect(held[target]):
            seen.append(target)
            target = redirect(held[target])
            if target in seen:
                return self._word("on_many", "its counterparts were merged into each other")
        return Decision(action="update", target=target, because="it is linked", place=place)

    def _orphaned(
        self, record: Mapping[str, Any], links: Mapping[str, Any], parents: Mapping[Any, Any]
    ) -> Decision | None:
        """Whether what a record refers to is not there, or leads back to itself."""
        if "on_orphan" not in self.match.on or self._link is None:
            return None
        mine = getter(self._link.source)(record)
        seen = {mine}
        parent = parents.get(mine)
        while parent:
            if parent in seen or (parent not in parents and parent not in links):
                return self._word("on_orphan", f"what it refers to ({parent}) is not there")
            seen.add(parent)
            parent = parents.get(parent)
        return None

    def _parents(self, records: Sequence[Mapping[str, Any]]) -> dict[Any, Any]:
        """Id of each record of the batch to the id of what it refers to."""
        if self._link is None:
            return {}
        refers = [
            getter(path)
            for path, meaning in self._executor.mapping.source.meaning.items()
            if meaning.kind == "reference"
        ]
        own = getter(self._link.source)
        return {own(r): next((v for get in refers if (v := get(r))), None) for r in records}

    def _hit(
        self,
        record: Mapping[str, Any],
        found: Mapping[str, Any],
        candidates: Sequence[Mapping[str, Any]],
    ) -> Decision:
        word = self.match.on.get("on_same_key_different_name", "update")
        if word != "update" and self._name is not None and self._differs(record, found):
            return self._word("on_same_key_different_name", "the key agrees, and the name does not")
        target = self._id(found) if self._id is not None else None
        if self.match.redirect is not None:
            return self._followed(target, candidates)
        place = self.match.at("keys")
        return Decision(action="update", target=target, because="the key agrees", place=place)

    def _differs(self, record: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
        assert self._name is not None  # noqa: S101  (for the type checker)
        done = self._executor.map(dict(record))
        fold = operations()["fold"].make(None)
        mine = self._name(done.target) if done.target is not None else ABSENT
        theirs = self._name(found)
        texts = isinstance(mine, str) and isinstance(theirs, str)
        return bool(fold(mine) != fold(theirs)) if texts else True

    def _word(self, member: str, because: str, situation: str = "") -> Decision:
        action = self.match.on.get(situation or member, "quarantine")
        return Decision(action=action, because=because, place=self.match.at(member))

    def _key(self, tier: list[_Pair], record: Mapping[str, Any]) -> Key | None:
        parts = [pair.of_source(record) for pair in tier]
        return None if ABSENT in parts else tuple(parts)

    def _index(
        self, tier: list[_Pair], candidates: Sequence[Mapping[str, Any]]
    ) -> dict[Key, list[Mapping[str, Any]]]:
        found: dict[Key, list[Mapping[str, Any]]] = {}
        for candidate in candidates:
            parts = [pair.of_target(candidate) for pair in tier]
            if ABSENT not in parts:
                found.setdefault(tuple(parts), []).append(candidate)
        return found


class _Pair:
    """Both sides of one part of a key, in the form in which they are compared."""

    def __init__(self, mapping: OpenMapping, part: KeyPart) -> None:
        self.of_source = _normal(mapping.source, part.source, part)
        self.of_target = _normal(mapping.target, part.target, part)


def _normal(side: OpenSide, path: Path, part: KeyPart) -> Callable[[Mapping[str, Any]], Any]:
    """A reader of a key; ABSENT where there is none, or none that can be compared."""
    value = value_at(side, path)
    get, parse = getter(path), value.parse(peer_of(TOP, made=False))
    is_none = emptiness(ALL_MISSING, value.meaning)
    steps = [operations()[step.name].make(step.argument) for step in part.norm]

    def normal(record: Mapping[str, Any]) -> Any:
        raw = get(record)
        if is_none(raw):
            return ABSENT
        try:
            found = parse(raw, Run(dict(record), {}))
            for step in steps:
                found = step(found)
        except Trouble:
            return ABSENT
        return key_of(found)

    return normal


def _name_of(mapping: OpenMapping) -> Callable[[Any], Any] | None:
    """A reader of the target's full name, where a field means that."""
    for path, meaning in mapping.target.meaning.items():
        if meaning.kind == "person_name" and meaning.given["shape"] == "full" and not path.many:
            return getter(path)
    return None
