"""In what two shapes differ, at one look, so that most rules need not be asked."""

from __future__ import annotations

from operator import attrgetter

from verifier.diffing.shapes import Shape

__all__ = ["bits_differing", "bits_of"]

PLAIN = (
    "null",
    "options",
    "named",
    "lower",
    "upper",
    "steps",
    "unique",
    "formats",
    "patterns",
    "required",
    "demands",
    "mapping",
    "deprecated",
    "marks",
    "default",
    "discriminator",
    "unresolved",
)
HELD = ("listings", "items", "additional", "unions", "negated", "rest")
BITS = {name: 1 << index for index, name in enumerate((*PLAIN, *HELD, "kinds"))}
_plain, _held = attrgetter(*PLAIN), attrgetter(*HELD)


def bits_of(names: tuple[str, ...]) -> int:
    """What a family of rules reads, as a set of bits."""
    return sum(BITS[name] for name in names)


def bits_differing(shapes: tuple[Shape, Shape], *, kinds_differ: bool) -> int:
    """What two shapes differ in, or hold that has to be looked into, as a set of bits."""
    old, new = shapes
    found = BITS["kinds"] if kinds_differ else 0
    was, is_now = _plain(old), _plain(new)
    if was != is_now:
        bit = 1
        for mine, yours in zip(was, is_now, strict=True):
            if mine != yours:
                found |= bit
            bit <<= 1
    bit = 1 << len(PLAIN)
    for mine, yours in zip(_held(old), _held(new), strict=True):
        if mine or yours:
            found |= bit
        bit <<= 1
    return found
