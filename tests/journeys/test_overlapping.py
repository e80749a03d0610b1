"""A vendor that takes its time is asked several things at once, and judged the same."""

import asyncio
import json
from collections import Counter

from tests.journeys.processes import SAMPLE, Vendor, run
from verifier.wire import serve_in_thread

LATENCY_SECONDS = 0.03
CHECKS = ("contract.created-is-readable", "contract.update-is-visible")
SHOWN = """
document: {document}
environment: sandbox
allow_writes: true
base_url: {url}
principals: {{me: {{kind: bearer, token: "${{TOKEN}}"}}}}
limits: {{per_second: 0, concurrency: {concurrency}}}
"""


class Late(Vendor):
    """It writes down how many requests for different kinds of things it had before it at once."""

    def __init__(self):
        super().__init__()
        self.before_it = Counter()
        self.most = 0

    async def answer(self, incoming):
        place = incoming.target.partition("?")[0].split("/")[1]
        self.before_it[place] += 1
        if incoming.method != "DELETE":  # what is removed at the end
            self.most = max(self.most, sum(count > 0 for count in self.before_it.values()))
        await asyncio.sleep(LATENCY_SECONDS)
        self.before_it[place] -= 1
        return await super().answer(incoming)


def judged(folder, concurrency):
    """Outcomes, the most kinds asked for at once, and how many requests."""
    late = Late()
    with serve_in_thread(late.answer) as server:
        folder = folder / str(concurrency)
        folder.mkdir()
        (folder / "vendor.yaml").write_text(
            SHOWN.format(document=SAMPLE, url=server.url, concurrency=concurrency)
        )
        asked = ("evaluate", folder, *(word for id in CHECKS for word in ("--check", id)))
        over = run(
            *asked, "--output", folder / "run", "--format", "json", cwd=folder, TOKEN=late.secret
        )
    assert over.code in (0, 1, 3), over.said
    outcomes = json.loads((folder / "run" / "results.json").read_text())["outcomes"]
    said = {(o["check"], o["subject"], o["status"], o["reason"]) for o in outcomes}
    return said, late.most, len(late.asked)


def test_a_slow_vendor_is_asked_several_things_at_once_and_judged_the_same(tmp_path):
    alone, one, requests = judged(tmp_path, 1)
    beside, several, as_many = judged(tmp_path, 8)
    assert alone == beside
    assert requests == as_many
    assert one == 1
    assert several > 1
