"""
Errors do not show the inside of the vendor's systems.

Why it matters
    Stack traces, file paths, SQL and internal host names tell an attacker where to go on, and tell
    a buyer how errors are handled.

How it asks
    It reads every error answered to the valid and invalid requests drawn for an operation.

Limits
    It looks for the marks of well-known languages, databases and private addresses in errors only;
    a success may hold such text as data.
"""

from __future__ import annotations

import re

from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Observation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    check,
)

MARKS = {
    "a stack trace": re.compile(
        r"Traceback \(most recent call last\)|^\s+at [\w$.<>]+\([\w]+\.(?:java|kt|scala):\d+\)"
        r"|^\s+at .{1,200}\.(?:js|ts):\d+:\d+|goroutine \d+ \[|\.rb:\d+:in `|PHP (?:Fatal|Warning)"
        r"|System\.\w+Exception: |^\s+at [\w.]+ in .{1,200}:line \d+",
        re.MULTILINE,
    ),
    "a file path": re.compile(
        r"(?:/(?:home|usr|var|opt|srv|app)/[\w.-]+/[\w./-]+\.(?:py|rb|js|ts|php|java|go|conf)\b)"
        r"|[A-Z]:\\(?:[\w .-]+\\)+[\w.-]+\.(?:cs|dll|config)\b"
    ),
    "a database's words": re.compile(
        r"SQLSTATE\[|ORA-\d{5}|psycopg2?\.|syntax error at or near|You have an error in your SQL"
        r"|\bSELECT .{1,200} FROM .{1,100} WHERE |sqlite3\.\w*Error|com\.mysql\.|MongoServerError"
    ),
    "an internal address": re.compile(
        r"\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}:\d{2,5}\b"
        r"|\b[\w-]+\.(?:svc\.cluster\.local|internal|corp)\b:?\d*"
    ),
}
LONGEST_BODY = 200_000


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OWASP API8:2023; CWE-209",
    catches="leaks-stack-trace",
    inputs=(Validity.VALID, Validity.BROKEN),
)
def nothing_leaks(seen: Observation) -> Findings:
    response = seen.exchange.response
    if response is None or response.status < 400:
        return ()
    text = response.text[:LONGEST_BODY].replace("\\n", "\n").replace('\\"', '"')
    text += "\n" + "\n".join(f"{name}: {value}" for name, value in response.headers)
    found = [(what, mark.search(text)) for what, mark in MARKS.items()]
    return tuple(
        Finding(
            says=f"Its {response.status} shows {what}.",
            signature=f"leak:{what}",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected="an error that says what to do, and nothing of the inside",
            seen=match.group(0).strip()[:120],
            ask=f"Take {what} out of errors; keep it in a log under the request id.",
            build="Do not show the vendor's errors to our users as they come.",
        )
        for what, match in found
        if match
    )


nothing_leaks.healthy(Shelf)


@nothing_leaks.broken
class Candid(Shelf):
    """Tells its callers everything."""

    def parse(
        self, request: Request, required: tuple[str, ...] = ()
    ) -> tuple[dict[str, object], Response | None]:
        """A trace in place of a refusal."""
        given, wrong = super().parse(request, required)
        trace = 'Traceback (most recent call last):\n  File "/srv/app/items.py", line 7'
        return given, wrong and self.problem(400, trace)
