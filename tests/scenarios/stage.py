"""Scenarios of a test's own, played through the real driver to a vendor of the test's own."""

from __future__ import annotations

import json
import textwrap

from tests.probing.running import StillClock, run, vendor
from verifier.checks.specimens import ITEMS, Shelf
from verifier.loading import from_mapping
from verifier.loading.sheet import read_sheet
from verifier.model import Response
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook
from verifier.scenarios import Casting, bind, checks_of, read

__all__ = [
    "ITEMS",
    "Asked",
    "Shelf",
    "answers",
    "described",
    "flaws_of",
    "outcomes",
    "play",
    "response",
    "script_of",
]

HEAD = """\
arazzo: {version}
info: {{title: T, version: "1"}}
sourceDescriptions:
  - {{name: items, url: items.yaml, type: openapi}}
"""


class Asked(HandlerTransport):
    """Keeps what it was asked, and answers as it is told: a function, or answers in order."""

    def __init__(self, answer):
        super().__init__(answer)
        self.asked = []

    async def send(self, outgoing):
        path = outgoing.url.removeprefix("http://vendor.test")
        self.asked.append((outgoing.method, path, dict(outgoing.headers), outgoing.body))
        return await super().send(outgoing)

    @property
    def lines(self):
        """Method and target of everything but the knock."""
        return [f"{method} {path}" for method, path, _, _ in self.asked[1:]]


class Library:
    def __init__(self, others=None):
        self.others = others or {}
        self.contract = from_mapping(ITEMS)

    def open(self, source, description):
        return self.others.get(source.name, self.contract)


def described(text, *, version="1.0.1", whole=False, flaws=None):
    """A description of a test's own: the workflows (or, if ``whole``, all of it)."""
    body = textwrap.dedent(text)
    body = body if whole else HEAD.format(version=version) + body
    found = [] if flaws is None else flaws
    return read(read_sheet(body.encode(), "t.arazzo.yaml", strict=True), found.append)


def script_of(text, *, flaws=None, others=None, principals=None, library=None, **how):
    found = [] if flaws is None else flaws
    description = described(text, flaws=found, **how)
    return bind(description, library or Library(others), found.append, principals=principals)


def flaws_of(text, **how):
    """Every flaw as 'LINE GRADE: says | mend', in the order of the lines."""
    flaws = []
    script_of(text, flaws=flaws, **how)
    found = dict.fromkeys(flaws)
    return [f"{f.place.line} {f.grade.name}: {f.says} | {f.mend}" for f in found]


def outcomes(
    text,
    answer=None,
    *,
    casting=None,
    clock=None,
    transport=None,
    whom=None,
    budget=100,
    secrets=None,
    **how,
):
    """The journal of a run of all workflows, and what the vendor was asked."""
    flaws = []
    script = script_of(text, flaws=flaws, **how)
    heavy = [str(flaw) for flaw in flaws if flaw.grade.value == 3]
    assert heavy == []
    checks = list(checks_of(script, casting or Casting()))
    asked = transport or Asked(answer or Shelf())
    journal = run(
        *checks,
        transport=asked,
        journal=Notebook(),
        clock=clock or StillClock(1_800_000_000.0),
        whom=whom or vendor(),
        budget=budget,
        secrets=secrets,
    )
    return journal, asked


def play(text, answer=None, **how):
    """The only outcome, and what the vendor was asked."""
    journal, asked = outcomes(text, answer, **how)
    (outcome,) = journal.outcomes()
    return outcome, asked


def answers(*given):
    """A vendor that gives these in order, the last for ever: a status, or (status, body)."""
    left = list(given)

    def answer(request):
        if request.path == "/":
            return response(404)
        one = left.pop(0) if len(left) > 1 else left[0]
        return response(*one) if isinstance(one, tuple) else response(one)

    return answer


def response(status, body=None, **headers):
    held = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    text = body if isinstance(body, str) else json.dumps(body)
    kind = (("Content-Type", "application/json"),)
    return Response(
        status=status,
        headers=(*held, *(kind if body is not None else ())),
        body=text.encode() if body is not None else b"",
    )
