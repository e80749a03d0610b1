"""
The bench of integrations, run several times: what is said of each, and whether it is the same.

    python benchmarks/rehearsing.py [runs, 3] [pattern of names]

Every sound program is rehearsed whole, every flawed one in the episodes that show its flaw. Printed
is each judgement that was not the same in all runs, and each flaw that was not named by exactly its
properties. Goals: no property is broken in one run and held in another; nothing is broken that
should not be, and nothing held that is flawed. 'Not exercised' may take the place of either, for
this machine may be too busy: how often it did is counted.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.rehearsing.benching import SOUND, Flaw, flaws, written  # noqa: E402
from verifier.model import Judgement, Severity, Standpoint  # noqa: E402
from verifier.rehearsing import read_integration, rehearse  # noqa: E402

TOGETHER = 6
SECONDS = 10
Said = dict[tuple[str, str, str], Judgement]
Subject = tuple[str, str, Flaw | None]


def main(runs: int, wanted: str) -> int:
    """Run the bench so many times, and say what was not alike."""
    subjects = [each for each in _subjects() if re.search(wanted, each[0])]
    seen = [_run(number, subjects) for number in range(1, runs + 1)]
    keys = sorted({key for said in seen for key in said})
    turned = 0
    for key in keys:
        told = [said[key] for said in seen if key in said]
        ways = {one.standpoint for one in told}
        turned += {Standpoint.HELD, Standpoint.BROKEN} <= ways
        if len(ways) > 1:
            name, property, episode = key
            print(f"  {name}: {property} in {episode}")
            for one in told:
                print(f"    {one.standpoint.value}, {one.take}: {one.says}")
    wrong = [line for each in subjects for line in _wrong(each, seen)]
    for line in wrong:
        print(f"  {line}")
    usage = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(one.ru_utime + one.ru_stime for one in usage)
    print(f"{len(subjects)} programs, {runs} runs, {len(keys)} judgements each; {cpu:.0f} s CPU")
    print(f"{turned} held here and broken there, {len(wrong)} named wrongly")
    return 1 if turned or wrong else 0


def _subjects() -> Iterator[Subject]:
    yield from ((f"sound {program}", program, None) for program in SOUND)
    yield from ((flaw.name, flaw.program, flaw) for flaw in flaws())


def _run(number: int, subjects: list[Subject]) -> Said:
    said: Said = {}
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(TOGETHER) as pool:
        for found in pool.map(lambda each: _rehearsed(Path(home), each), subjects):
            said |= found
    counts = Counter(one.standpoint.value for one in said.values())
    print(f"run {number}: {dict(counts)}", flush=True)
    return said


def _rehearsed(home: Path, subject: Subject) -> Said:
    name, program, flaw = subject
    folder = home / name
    folder.mkdir()
    seconds = flaw.seconds if flaw else SECONDS
    file = written(folder, program, flaw, timeout_seconds=seconds)
    only = flaw.episodes if flaw else ()
    profile = rehearse(read_integration(file), only=only, at_a_time=TOGETHER).profile
    return {
        (name, one.property, one.episode): one
        for one in profile.judgements
        if one.severity > Severity.NOTE
    }


def _wrong(subject: Subject, seen: list[Said]) -> Iterator[str]:
    """Where the properties that are broken are not those that should be."""
    name, _, flaw = subject
    wanted = set(flaw.breaks) if flaw else set()
    for number, said in enumerate(seen, 1):
        own = [one for (subject, _, _), one in said.items() if subject == name]
        found = {one.property for one in own if one.standpoint is Standpoint.BROKEN}
        hidden = {one.property for one in own if "this machine" in one.says}
        for property in (found - wanted) | (wanted - found - hidden):
            how = "broken" if property in found else "not named"
            yield f"run {number}, {name}: {property} is {how}"


if __name__ == "__main__":
    runs, wanted = (*sys.argv[1:], *("3", "")[len(sys.argv) - 1 :])
    sys.exit(main(int(runs), wanted))
