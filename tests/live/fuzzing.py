"""A run of Schemathesis' own command against a mock, and its failures as values."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import verifier
from verifier.model import Contract, Operation

__all__ = ["Failure", "failures"]

WITHIN_SECONDS = 600
REASON = "x-verifier-reason"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """
    One failed check of one request.

    Args:
        code: Of the finding: ``ST103``.
        beside: Codes of everything that failed at this request.
        operation: None where the document has none for this method.
        meant: The case before it was written: path_parameters, query, headers, body.
        valid: Whether the fuzzer meant it to obey the document.
        about: What it changed, in its words.
        sent: Names of the headers, lower case.
        told: The answer's body, and what its label tells beside it.
        again: Whether the same was told before, of the same address.
    """

    code: str
    beside: frozenset[str]
    contract: Contract
    operation: Operation | None
    method: str
    path: str
    meant: Mapping[str, Any]
    valid: bool
    about: str
    uri: str
    sent: frozenset[str]
    body: bytes
    status: int
    headers: Mapping[str, str]
    told: str
    again: bool
    message: str

    def __str__(self) -> str:
        said = " ".join(self.message.split())[:200]
        return f"{self.code} {self.method} {self.uri} {self.status} {self.told[:200]} ({said})"


def failures(document: Path, folder: Path, *arguments: str, **options: Any) -> Iterator[Failure]:
    """What the command finds in a run with writes; options are the mock's."""
    report = folder / "run.ndjson"
    contract = verifier.load(document)
    with verifier.mock(document, strict=False, **options) as mock:
        shown = [f"{name}: {value}" for name, value in mock.headers("full").items()]
        command = [
            str(Path(sys.executable).parent / "schemathesis"),
            *("run", str(document), "--url", mock.url, "--no-color", "--seed", "1"),
            *("--continue-on-failure", "--no-shrink"),
            *("--report", "ndjson", "--report-ndjson-path", str(report)),
            *(part for header in shown for part in ("--header", header)),
            *arguments,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_SECONDS)
    assert " generated" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    met: set[tuple[str, str, bytes]] = set()
    with report.open() as lines:
        for line in lines:
            finished = json.loads(line).get("ScenarioFinished")
            if finished:
                yield from _of(finished["recorder"], contract, met)


def _of(
    recorder: Mapping[str, Any], contract: Contract, met: set[tuple[str, str, bytes]]
) -> Iterator[Failure]:
    known = {operation.key: operation for operation in contract.operations}
    for case, checks in recorder.get("checks", {}).items():
        told = recorder["interactions"][case]
        request, response = told["request"], told["response"]
        body = _bytes(response.get("content"))
        what = (request["method"], request["uri"], body)
        again = bool(body) and what in met
        met.add(what)
        failed = [c["failure_info"]["failure"] for c in checks if c["status"] == "failure"]
        if not failed:
            continue
        meant = recorder["cases"][case]["value"]
        headers = {k.lower(): ", ".join(v) for k, v in response["headers"].items()}
        meta = meant.get("meta") or {}
        for one in failed:
            yield Failure(
                code=one["code"],
                beside=frozenset(other["code"] for other in failed),
                contract=contract,
                operation=known.get(f"{meant['method']} {meant['path']}"),
                method=meant["method"],
                path=meant["path"],
                meant=meant,
                valid=meta.get("generation", {}).get("mode") != "negative",
                about=meta.get("phase", {}).get("data", {}).get("description") or "",
                uri=request["uri"],
                sent=frozenset(name.lower() for name in request["headers"]),
                body=_bytes(request.get("body")),
                status=response["status_code"],
                headers=headers,
                told=body.decode("utf-8", "replace") + headers.get(REASON, ""),
                again=again,
                message=one["message"],
            )


def _bytes(written: Any) -> bytes:
    return base64.b64decode(written["$base64"]) if written else b""
