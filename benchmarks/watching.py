"""
A simulated year of many vendors: what is told, held against the script, and what it costs.

    python benchmarks/watching.py [VENDORS [DAYS [SEED [KILLS]]]]

Vendors change, deprecate, fall silent, move their days and drift by a script, from which follows
what is to be told. The watcher is a process of its own that is killed (SIGKILL) at random moments.
Nothing may be lost, late or invented; what a kill caught between a channel's hand-over and the note
of it comes twice with one id. Ends with 1 if anything is wrong.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.watching.living import judged, live_through


def main(vendors: int = 40, days: int = 365, seed: int = 1, kills: int = 40) -> int:
    """One life, and its judgement."""
    given = {"vendors": vendors, "days": days, "seed": seed, "every_days": 1.0}
    with tempfile.TemporaryDirectory() as folder:
        killed, seconds = live_through(Path(folder), **given, kills=kills)
        found = judged(Path(folder), **given)
        size = (Path(folder) / "watch.sqlite").stat().st_size
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    looks = vendors * days
    print(f"{vendors} vendors, {days} days, seed {seed}, killed {killed} times")
    print(f"told {found['told']}, twice with one id {len(found['twice'])}", end="")
    for name in ("lost", "late", "invented"):
        print(f", {name} {len(found[name])}", end="")
    print(f"\n{seconds:.0f} s, {cpu:.0f} s of CPU: {cpu / looks * 1000:.1f} ms a look", end="")
    print(f"; peak {used.ru_maxrss / 1024:.0f} MiB; memory on disk {size / 1e6:.1f} MB")
    for name in ("lost", "late", "invented"):
        for one in found[name][:5]:
            print(name, one)
    return 1 if found["lost"] or found["late"] or found["invented"] else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
