"""Changes that were accepted: marked with the reason, and never forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from verifier.model import Comparison, Doubt, Waiver

__all__ = ["waived"]


def waived(comparison: Comparison, waivers: Sequence[Waiver], today: datetime.date) -> Comparison:
    """
    The comparison with its accepted changes marked.

    A waiver whose time is over holds no more, and one that fits nothing may hide a mistake: both
    are told.
    """
    live = [waiver for waiver in waivers if waiver.until is None or waiver.until >= today]
    used: set[int] = set()
    changes = []
    for change in comparison.changes:
        found = next((index for index, w in enumerate(live) if w.fits(change)), None)
        if found is not None:
            used.add(found)
            change = replace(change, waived=live[found].reason)
        changes.append(change)
    idle = [waiver for index, waiver in enumerate(live) if index not in used]
    over = [waiver for waiver in waivers if waiver not in live]
    return replace(
        comparison,
        changes=tuple(changes),
        doubts=(*comparison.doubts, *_told(over, "is over"), *_told(idle, "fits no change")),
    )


def _told(waivers: Iterable[Waiver], fate: str) -> list[Doubt]:
    return [
        Doubt(
            says=f"The waiver at {waiver.where} {fate}: {waiver.reason[:120]}",
            mend="Take it out, or correct it.",
        )
        for waiver in waivers
    ]
