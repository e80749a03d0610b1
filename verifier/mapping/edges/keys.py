"""Batches to be matched: records that are the same thing, and records that only look so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.shots import Hand
from verifier.mapping.nouns import KeyPart, Match, Path
from verifier.mapping.placing import placed, taken

__all__ = [
    "case_of_keys",
    "changed_keys",
    "look_alikes",
    "merged",
    "orphans",
    "placeholder_keys",
    "recreated",
    "repeated",
    "same_key_other_person",
    "several_hits",
    "tagged",
    "two_spellings",
]

Record = Mapping[str, Any]
MINE, THEIRS, OTHERS = "verifier-1", "verifier-2", "verifier-3"
STRANGER = "Zoë Stranger"
CYRILLIC = {"a": "\u0430", "e": "\u0435", "o": "\u043e", "p": "\u0440", "c": "\u0441"}
SPELLINGS = {
    "US": ("(212) 555-0123", "212.555.0123", "+1 212-555-0123"),
    "FR": ("06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678"),
}


class _Deck:
    """Records and candidates made of the plain record, for a contract that matches by keys."""

    def __init__(self, ground: Ground, match: Match) -> None:
        self.ground = ground
        self.match = match

    def record(self, name: str = MINE, *pairs: tuple[Path, Any]) -> Record:
        """The plain record with an id of its own, and some values changed."""
        record: Record = self.ground.with_values(*pairs)
        link = self.match.link
        return placed(record, link.source, name) if link is not None else record

    def candidate(self, record: Record, name: str = "t-1", **values: Any) -> Record | None:
        """What a record becomes in the target, under an id; None where it does not."""
        done = self.ground.executor.map(dict(record))
        if done.target is None:
            return None
        found: Record = {**done.target, **values}
        link = self.match.link
        if link is not None and self.match.store:
            found = placed(found, link.target, name)
        return found

    def id_of(self, candidate: Record) -> Any:
        """The id of a candidate."""
        link = self.match.link
        return next(taken(candidate, link.target), None) if link is not None else None

    @property
    def best(self) -> tuple[KeyPart, ...]:
        """The best key."""
        keys = self.match.keys
        return keys[0] if len(keys) else ()

    def without_others(self, tier: int, record: Record) -> Record:
        """A record in which only one key can agree."""
        kept = {part.source for part in self.match.keys[tier]}
        for number, parts in enumerate(self.match.keys):
            for part in parts if number != tier else ():
                if part.source not in kept and not _required(self.ground, part.source):
                    record = placed(record, part.source, ABSENT)
        return record

    def relative(self) -> str:
        """Somebody else of the same family name."""
        sites = {
            site.given.get("shape", "full"): site for site in self.ground.of_kind("person_name")
        }
        site = sites.get("family") or sites.get("full")
        name = next(taken(self.ground.base, site.path), None) if site is not None else None
        words = str(name or "Stranger").split(" ")
        return f"Zoë {' '.join(words if 'family' in sites else words[-1:])}"

    def renamed(self, record: Record, name: str) -> Record:
        """The same record of another person."""
        first, _, rest = name.partition(" ")
        words = {"given": first, "family": rest, "full": name}
        for site in self.ground.of_kind("person_name"):
            record = placed(record, site.path, words[site.given.get("shape", "full")])
        return record


def _required(ground: Ground, path: Path) -> bool:
    return any(site.required for site in ground.sites if site.path == path)


def _deck(ground: Ground) -> _Deck | None:
    match = ground.mapping.contract.match
    return _Deck(ground, match) if match is not None else None


def _with_keys(ground: Ground) -> _Deck | None:
    deck = _deck(ground)
    return deck if deck is not None and deck.best else None


def _text_parts(deck: _Deck) -> Iterator[tuple[int, KeyPart, str]]:
    """The parts of keys that are texts in the plain record: tier, part, text."""
    for tier, parts in enumerate(deck.match.keys):
        for part in parts:
            value = next(taken(deck.ground.base, part.source), None)
            if isinstance(value, str) and value:
                yield tier, part, value


def case_of_keys(ground: Ground) -> Iterator[Hand]:
    """The key in capitals, and with spaces around it."""
    deck = _with_keys(ground)
    if deck is None:
        return
    for tier, part, text in _text_parts(deck):
        candidate = deck.candidate(deck.record())
        for spelt in (text.upper(), f" {text} ", text.title()):
            if candidate is not None and spelt != text:
                record = deck.without_others(tier, deck.record(MINE, (part.source, spelt)))
                yield Hand([record], [candidate], {}, f"{part.source} is {spelt!r}")


def two_spellings(ground: Ground) -> Iterator[Hand]:
    """One telephone number, written in several ways, and no other key that agrees."""
    deck = _with_keys(ground)
    if deck is None:
        return
    phones = {site.path: site for site in ground.of_kind("phone")}
    for parts in deck.match.keys:
        for part in parts:
            if part.source not in phones:
                continue
            spellings = SPELLINGS.get(phones[part.source].given.get("region", ""), ())
            kept = deck.record(THEIRS, *((part.source, spelt) for spelt in spellings[:1]))
            candidate = deck.candidate(kept)
            for spelt in spellings:
                record = _other_keys(deck, parts, deck.record(MINE, (part.source, spelt)))
                if candidate is not None:
                    yield Hand([record], [candidate], {}, f"{part.source} is {spelt!r}")


def _other_keys(deck: _Deck, kept: tuple[KeyPart, ...], record: Record) -> Record:
    """The same record with every other key changed."""
    names = {part.source for part in kept}
    for parts in deck.match.keys:
        for part in parts:
            value = next(taken(record, part.source), None)
            if part.source not in names and isinstance(value, str):
                record = placed(record, part.source, f"other.{value}")
    return record


def look_alikes(ground: Ground) -> Iterator[Hand]:
    """A Cyrillic letter in a key."""
    deck = _with_keys(ground)
    if deck is None:
        return
    for tier, part, text in _text_parts(deck):
        every = text.translate(str.maketrans("".join(CYRILLIC), "".join(CYRILLIC.values())))
        spoofed = [text.replace(letter, other) for letter, other in CYRILLIC.items()]
        candidate = deck.candidate(deck.record())
        for spelt in dict.fromkeys((every, *spoofed)):
            if spelt != text and candidate is not None:
                record = deck.without_others(tier, deck.record(MINE, (part.source, spelt)))
                yield Hand([record], [candidate], {}, f"{part.source} has Cyrillic letters")


def tagged(ground: Ground) -> Iterator[Hand]:
    """Two addresses that some take for one: with a tag, and with a dot more."""
    deck = _with_keys(ground)
    if deck is None:
        return
    emails = {site.path for site in ground.of_kind("email")}
    for tier, part, text in _text_parts(deck):
        local, at, domain = text.partition("@")
        candidate = deck.candidate(deck.record())
        if part.source not in emails or not at or candidate is None:
            continue
        for spelt in (f"{local}+tag@{domain}", f"{local[:1]}.{local[1:]}@{domain}"):
            record = deck.without_others(tier, deck.record(MINE, (part.source, spelt)))
            yield Hand([record], [candidate], {}, f"{part.source} is {spelt!r}")


def placeholder_keys(ground: Ground) -> Iterator[Hand]:
    """Two people with the same value that stands for nobody."""
    deck = _with_keys(ground)
    if deck is None:
        return
    for parts in deck.match.keys:
        for part in parts:
            meaning = ground.mapping.source.meant(part.source)
            for nobody in meaning.placeholders if meaning else ():
                candidate = deck.candidate(deck.record(THEIRS))
                if candidate is None:
                    continue
                candidate = placed(candidate, part.target, nobody)
                record = deck.renamed(deck.record(MINE, (part.source, nobody)), STRANGER)
                alone = _other_keys(deck, parts, record)
                yield Hand([alone], [candidate], {}, f"{part.source} is {nobody!r} on both sides")
                twin = deck.renamed(deck.record(OTHERS, (part.source, nobody)), "Ida Other")
                twin = _other_keys(deck, parts, twin)
                yield Hand([alone, twin], [], {}, f"two records with {nobody!r}")


def same_key_other_person(ground: Ground) -> Iterator[Hand]:
    """A key agrees, and the name does not."""
    deck = _with_keys(ground)
    if deck is None or not any(ground.of_kind("person_name")):
        return
    candidate = deck.candidate(deck.record(THEIRS))
    if candidate is None:
        return
    for tier in range(len(deck.match.keys)):
        for name in (STRANGER, deck.relative()):
            stranger = deck.renamed(deck.record(), name)
            record = deck.without_others(tier, stranger)
            yield Hand([record], [candidate], {}, f"key {tier + 1} agrees, {name} is another")
            record = _other_keys(deck, deck.match.keys[tier], stranger)
            record = deck.renamed(record, name)
            yield Hand([record], [candidate], {}, f"of key {tier + 1} only the name differs")


def changed_keys(ground: Ground) -> Iterator[Hand]:
    """A record that is linked, and whose key has changed."""
    deck = _deck(ground)
    if deck is None or deck.match.link is None:
        return
    candidate = deck.candidate(deck.record())
    if candidate is None:
        return
    links = {MINE: deck.id_of(candidate)} if deck.match.store else {}
    yield Hand([deck.record()], [candidate], links, "a linked record comes again")
    if deck.best:
        record = _other_keys(deck, (), deck.record())
        other = deck.candidate(_other_keys(deck, (), deck.record(THEIRS)), "t-2")
        yield Hand([record], [candidate], links, "the key of a linked record has changed")
        if other is not None:
            both = [candidate, other]
            yield Hand([record], both, links, "the new key of a linked record is another's")


def recreated(ground: Ground) -> Iterator[Hand]:
    """A record whose counterpart was deleted."""
    deck = _deck(ground)
    if deck is None or not deck.match.store:
        return
    candidate = deck.candidate(deck.record(), "t-9")
    yield Hand([deck.record()], [], {MINE: "t-1"}, "what it is linked to was deleted")
    if candidate is not None:
        words = "what it is linked to was deleted, and one with its key is there"
        yield Hand([deck.record()], [candidate], {MINE: "t-1"}, words)


def repeated(ground: Ground) -> Iterator[Hand]:
    """The same record twice, or again."""
    deck = _deck(ground)
    if deck is None:
        return
    record = deck.record()
    yield Hand([record], [], {}, "a new record")
    candidate = deck.candidate(record)
    if candidate is not None:
        yield Hand([record], [candidate], {}, "a record comes again, and its link was lost")
        for tier in range(len(deck.match.keys)):
            alone = deck.without_others(tier, record)
            yield Hand([alone], [candidate], {}, f"it comes again, and key {tier + 1} agrees")
    if deck.best:
        yield Hand([record, deck.record(THEIRS)], [], {}, "two new records with one key")
        both = [record, deck.record(THEIRS)]
        if candidate is not None:
            links = {MINE: deck.id_of(candidate)} if deck.match.store else {}
            yield Hand(both, [candidate], links, "two records with one key, one of them linked")


def several_hits(ground: Ground) -> Iterator[Hand]:
    """Several records of the target have the key."""
    deck = _deck(ground)
    if deck is None:
        return
    one, two = deck.candidate(deck.record()), deck.candidate(deck.record(), "t-2")
    if one is not None and two is not None:
        for order in ([one, two], [two, one]):
            yield Hand([deck.record()], order, {}, "two records of the target have its key")


def merged(ground: Ground) -> Iterator[Hand]:
    """A record whose counterpart was merged into another."""
    deck = _deck(ground)
    if deck is None or deck.match.redirect is None:
        return
    one, two = deck.candidate(deck.record()), deck.candidate(deck.record(THEIRS), "t-2")
    if one is None or two is None:
        return
    redirect = deck.match.redirect
    pointing = placed(one, redirect, deck.id_of(two))
    links = {MINE: deck.id_of(one)}
    yield Hand([deck.record()], [pointing, two], links, "what it is linked to was merged")
    circle = placed(two, redirect, deck.id_of(one))
    yield Hand([deck.record()], [pointing, circle], links, "two that were merged into each other")


def orphans(ground: Ground) -> Iterator[Hand]:
    """Records that refer to others which are not there, to themselves, or in a circle."""
    deck = _deck(ground)
    if deck is None or deck.match.link is None:
        return
    for site in ground.of_kind("reference"):
        yield Hand([deck.record(MINE, (site.path, "nobody"))], [], {}, "its parent is not there")
        yield Hand([deck.record(MINE, (site.path, MINE))], [], {}, "it is its own parent")
        child, parent = deck.record(MINE, (site.path, THEIRS)), deck.record(THEIRS)
        circle = deck.record(THEIRS, (site.path, MINE))
        child = _other_keys(deck, (), child)
        yield Hand([child, circle], [], {}, "two are each other's parent")
        yield Hand([child, placed(parent, site.path, None)], [], {}, "its parent comes after it")
