"""
Flawed implementations of the two worked mappings: how many are caught, and by what.

    python benchmarks/mapping_flaws.py [pattern of names, such as ^crm/]

Each implementation is tested with everything, and each finding is counted for the oracle that made
it and the generator whose record showed it: each oracle alone, each generator alone. 'Seeded' flaws
were written beside the catalogue, 'unseen' ones apart from it (benchmarks/mapping). Goals: every
flaw is caught, and the four sound implementations, in two languages, raise nothing.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import shlex
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from verifier.mapping.edges import ORACLES
from verifier.mapping.opening import OpenMapping, open_mapping
from verifier.mapping.testing import Door, Options, TestReport, examine
from verifier.mapping.testing.doors.inside import InsideDoor
from verifier.mapping.testing.doors.lines import LinesDoor

ROOT = Path(__file__).parent.parent
CONTRACTS = {
    "shop": ROOT / "scenarios/acme-shop/order-to-invoice.mapping.yaml",
    "crm": ROOT / "scenarios/acme-crm/contact-and-customer.mapping.yaml",
}
PHASES = ("sweep", "pairwise", "random", "samples")
ROUNDS = ("relations", "laws", "cycles", "batches", "elsewhere")
NODE = shutil.which("node")


class Subject(NamedTuple):
    """One implementation; the kind is ``sound``, ``seeded`` or ``unseen``."""

    kind: str
    contract: str
    name: str
    door: Door


def main(wanted: str) -> int:
    """Test all of them, print the tables, and say which flaw got through."""
    began = time.process_time()
    caught: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(dict)
    raised = []
    for subject in subjects():
        if re.search(wanted, subject.name):
            report = tested(subject)
            if subject.kind == "sound":
                raised += [f"{subject.name}: {found.says}" for found in report.found]
            caught[subject.kind][subject.name] = seen_by(report)
            # It takes an hour on a busy machine: what is amiss is told at once.
            if bool(report.found) is (subject.kind == "sound"):
                print(f"amiss: {subject.kind} {subject.name}", file=sys.stderr, flush=True)
    show(caught)
    for line in raised:
        print(f"  a sound one raised: {line}")
    print(f"{time.process_time() - began:.0f} s of CPU")
    missed = [n for kind in ("seeded", "unseen") for n, seen in caught[kind].items() if not seen]
    return 1 if raised or missed else 0


def subjects() -> Iterator[Subject]:
    """Every implementation that there is."""
    for contract in CONTRACTS:
        folder = CONTRACTS[contract].parent / "implementations"
        sound = module(folder / "sound.py")
        base = sound.Mapper if contract == "shop" else sound.Sync
        yield Subject("sound", contract, f"{contract}/sound.py", InsideDoor(base))
        unseen = ROOT / "benchmarks/mapping"
        files = [("seeded", path) for path in sorted(folder.glob("flawed*.py"))]
        files += [("unseen", path) for path in sorted(unseen.glob(f"unseen_{contract}*.py"))]
        for kind, path in files:
            for name, made in vars(module(path, sound)).items():
                if isinstance(made, type) and issubclass(made, base) and made is not base:
                    yield Subject(kind, contract, f"{contract}/{name}", InsideDoor(made))
        yield from in_javascript(contract, folder)


def in_javascript(contract: str, folder: Path) -> Iterator[Subject]:
    """Those that are not Python; none where there is no node."""
    if NODE is None:
        return
    sound, flawed = folder / "sound.mjs", folder / "flawed.mjs"
    names = re.findall(r"^  (\w+): class", flawed.read_text(), re.M) if flawed.is_file() else ()
    yield Subject("sound", contract, f"{contract}/sound.mjs", child(sound))
    for name in names:
        yield Subject("seeded", contract, f"{contract}/{name}.mjs", child(flawed, name))


def child(*command: Path | str) -> Door:
    """A program of JavaScript."""
    return LinesDoor(shlex.split(f"{NODE} {shlex.join(map(str, command))}"), folder=ROOT)


def module(path: Path, sound: Any = None) -> Any:
    """A file of Python; ``sound`` is what it imports by that name."""
    if sound is not None:
        sys.modules["sound"] = sound
    spec = importlib.util.spec_from_file_location(f"{path.parent.parent.name}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


OPENED: dict[str, OpenMapping] = {}


def tested(subject: Subject) -> TestReport:
    """What a full test says of one, with everything but the shrinking of examples."""
    mapping = OPENED.setdefault(subject.contract, open_mapping(CONTRACTS[subject.contract]))
    with contextlib.closing(subject.door) as door:
        return examine(mapping, door, options=Options(shrink=False))


def seen_by(report: TestReport) -> set[tuple[str, str]]:
    """Each pair of an oracle and a generator that has seen something."""
    return {
        (letter, phase)
        for found in report.found
        for letter, phases in found.oracles.items()
        for phase in phases
    }


def show(caught: dict[str, dict[str, set[tuple[str, str]]]]) -> None:
    """Print the tables."""
    print(f"sound     {len(caught['sound'])} implementations, ", end="")
    print(f"{sum(map(bool, caught['sound'].values()))} of them raised something")
    for kind in ("seeded", "unseen"):
        flaws = caught[kind]
        got = sum(map(bool, flaws.values()))
        print(f"\n{kind:9} {len(flaws)} flaws, {got} caught")
        columns = (*PHASES, *ROUNDS)
        print(f"  {'':58}{'all':>6}" + "".join(f"{name:>10}" for name in columns))
        for letter, says in ORACLES.items():
            row(
                f"{letter}  {says}",
                [{p for o, p in seen if o == letter} for seen in flaws.values()],
            )
        row("all", [{phase for _, phase in seen} for seen in flaws.values()])
        row("T and V", [{p for o, p in seen if o in "TV"} for seen in flaws.values()])
        for name in (name for name, seen in flaws.items() if not seen):
            print(f"  not caught: {name}")


def row(title: str, seen: list[set[str]]) -> None:
    """Print how many flaws were seen, in all and for each generator."""
    columns = (*PHASES, *ROUNDS)
    counts = [sum(phase in phases for phases in seen) for phase in columns]
    print(f"  {title[:57]:58}{sum(map(bool, seen)):6}" + "".join(f"{n or '.':>10}" for n in counts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
