"""What a mock has received, judged in the process that asked it: no file and no program."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking import Mock
from verifier.model import Expectation, Integration, Judgement, Program, Standpoint
from verifier.rehearsing.contained import Ending
from verifier.rehearsing.deeds import shown_in
from verifier.rehearsing.performance import Performance, Run
from verifier.rehearsing.property import Word
from verifier.rehearsing.repertoire import find_property
from verifier.rehearsing.take import Take

__all__ = ["holds", "judge"]

HERE = "here"


def judge(mock: Mock, *names: str, expect: Expectation | None = None) -> tuple[Judgement, ...]:
    """
    What the requests that a mock has received show of properties.

    Args:
        names: Ids of properties, such as ``same-key``.
        expect: What should have come of them; empty expects nothing.

    Raises:
        UsageError: There is no such property.
    """
    seen = _seen(mock, expect or Expectation())
    return tuple(_judgement(name, seen) for name in names)


def holds(mock: Mock, *names: str, expect: Expectation | None = None) -> bool:
    """
    Whether properties hold; see ``judge``.

    Raises:
        AssertionError: One is broken, or nothing was seen of it; says what was seen.
    """
    for one in judge(mock, *names, expect=expect):
        if one.standpoint is not Standpoint.HELD:
            wanted = f" Expected: {one.expected}" if one.expected else ""
            raise AssertionError(f"{one.property}: {one.standpoint.value}. {one.says}{wanted}")
    return True


def _seen(mock: Mock, expect: Expectation) -> Performance:
    entries = tuple(mock.ledger)
    last = entries[-1].serial if entries else 0
    return Performance(
        take=Take(name=HERE),
        integration=Integration(
            name=HERE, file="", vendor=mock.contract.title, program=Program(), expect=expect
        ),
        runs=(Run(ending=Ending(seconds=0.0, code=0), first=0, last=last),),
        entries=entries,
        unplayed=tuple(map(str, mock.unconsumed)),
        secrets={n: s for parts in mock.secrets.values() for n, s in parts.items() if n == "token"},
        token_path=mock.vendor.endpoints.paths.token,
    )


def _judgement(name: str, seen: Performance) -> Judgement:
    known = find_property(name)
    given: Performance | Sequence[Performance] = (seen,) if known.together else seen
    word: Word = known.judge(given)
    return Judgement(
        property=name,
        episode=HERE,
        standpoint=word.standpoint,
        says=word.says,
        severity=known.severity,
        expected=word.expected,
        picture=shown_in(seen, word.entries) if seen.entries else None,
    )
