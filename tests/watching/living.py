"""Runs a year of watching, kills it now and then, and holds what was told against the script."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

from tests.places import ROOT
from tests.watching.world import DAY, START, World, expected


class Still:
    """A clock that nobody asks."""

    def now(self):
        return 0.0


def live_through(folder, *, vendors, days, seed, every_days, kills):
    """
    Let the watcher run to the end, killed on random days of its own, at any moment of them.

    Returns:
        How often it was really killed, and the seconds that it took.
    """
    rng = random.Random(seed)
    ahead = sorted(rng.uniform(0.02, 0.9) * days for _ in range(kills))
    began, killed = time.monotonic(), 0
    command = [
        sys.executable,
        "-m",
        "tests.watching.year",
        str(folder),
        str(vendors),
        str(days),
        str(seed),
        str(every_days),
    ]
    while not (folder / "done").exists():
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        if ahead:
            day = ahead.pop(0)
            while process.poll() is None and days_lived(folder) < day:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, 0.05))
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                killed += 1
        _, errors = process.communicate(timeout=1200)
        assert process.returncode in (0, -signal.SIGKILL), errors.decode()[-3000:]
    return killed, time.monotonic() - began


def days_lived(folder):
    """How far the watcher's own clock has come."""
    try:
        return (float((folder / "clock").read_text()) - START.timestamp()) / DAY
    except FileNotFoundError:
        return 0.0


def told(folder):
    """What was handed over, in order, as it was handed over."""
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def judged(folder, *, vendors, days, seed, every_days):
    """
    What is wrong with what was told: invented, lost, late; and what was handed over twice.
    """
    world = World(vendors, days, seed, Still())
    lines = told(folder)
    counts = Counter(line["id"] for line in lines)
    unique = {line["id"]: line for line in lines}
    left = [n for n in unique.values() if n["kind"] != "no-news"]
    lost, late = [], []
    for name, steps in world.scripts.items():
        for want in expected(name, steps, days, every_days):
            found = next((line for line in left if _is(line, want)), None)
            if found is None:
                lost += [] if want.may else [want]
                continue
            left.remove(found)
            if not want.earliest - 1 <= found["noticed"] <= want.latest:
                late.append((want, found))
    end = world.scripts and max(line["noticed"] for line in lines)
    invented = [line for line in left if line["noticed"] < end - 5 * 86400]
    return {
        "told": len(unique),
        "lost": lost,
        "late": late,
        "invented": invented,
        "twice": [id for id, count in counts.items() if count > 1],
    }


def _is(line, want):
    if (line["vendor"], line["kind"]) != (want.vendor, want.kind):
        return False
    if not want.earliest - 1 <= line["noticed"] <= want.latest + 5 * 86400:
        return False
    detail = line["detail"]
    keys = {
        "deadline-near": lambda: f"{detail['day']} {detail['threshold']}",
        "deadline-passed": lambda: detail["day"],
    }
    if want.kind in keys:
        return keys[want.kind]() == want.key
    return not want.key or want.key in (detail.get("now"), detail.get("part"))
