"""A run as an HTTP Archive (HAR 1.2), for browsers and other tools that read such files."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from verifier.model import Exchange, Headers, Request, Response, Timing
from verifier.reporting.dumping import dumped
from verifier.reporting.view import View

__all__ = ["FILENAME", "NAME", "write"]

NAME = "har"
FILENAME = "exchanges.har"
LONGEST_BODY_BYTES = 1024 * 1024


def write(view: View) -> bytes:
    """
    All exchanges of a run; secrets were taken out when they were recorded.

    Where no answer came the status is 0, as browsers write it, and ``_error`` says what happened.
    """
    run = view.run
    log = {
        "version": "1.2",
        "creator": {"name": "verifier", "version": run.facts.tool_version},
        "entries": [_entry(run.exchange(id)) for id in run.exchange_ids],
    }
    return dumped({"log": log})


def _entry(exchange: Exchange) -> dict[str, Any]:
    started = datetime.fromtimestamp(exchange.started, UTC)
    entry = {
        "startedDateTime": started.isoformat(timespec="milliseconds"),
        "time": exchange.timing.total_seconds * 1000,
        "request": _request(exchange.request, exchange.base_url.rstrip("/")),
        "response": _response(exchange.response),
        "cache": {},
        "timings": _timings(exchange.timing),
        "comment": f"{exchange.id}: {exchange.purpose}",
    }
    if exchange.failure is not None:
        entry["_error"] = exchange.failure.says
    return entry


def _request(request: Request, base: str) -> dict[str, Any]:
    told = {
        "method": request.method,
        "url": f"{base}{request.target}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(request.headers),
        "queryString": _pairs(parse_qsl(request.query, keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        kind = request.header("content-type") or ""
        text = request.body[:LONGEST_BODY_BYTES].decode("utf-8", "replace")
        told["postData"] = {"mimeType": kind, "text": text}
    return told


def _response(response: Response | None) -> dict[str, Any]:
    answer = response or Response(status=0)
    body = answer.body[:LONGEST_BODY_BYTES]
    content: dict[str, Any] = {
        "size": max(answer.size_bytes, len(answer.body)),
        "mimeType": answer.header("content-type") or "",
    }
    if len(body) < content["size"]:
        content["comment"] = f"cut: {content['size']} bytes in all"
    try:
        content["text"] = body.decode()
    except UnicodeDecodeError:
        content |= {"text": base64.b64encode(body).decode(), "encoding": "base64"}
    return {
        "status": answer.status,
        "statusText": answer.reason,
        "httpVersion": f"HTTP/{answer.http_version}",
        "cookies": [],
        "headers": _pairs(answer.headers),
        "content": content,
        "redirectURL": answer.header("location") or "",
        "headersSize": -1,
        "bodySize": -1,
    }


def _timings(timing: Timing) -> dict[str, float]:
    """Milliseconds of each phase; -1 where a phase was not reached or not needed."""
    connected = max(0.0, timing.connected_seconds)
    written = max(connected, timing.written_seconds)
    first = max(written, timing.first_byte_seconds)
    return {
        "connect": timing.connected_seconds * 1000 if timing.connected_seconds > 0 else -1,
        "send": (written - connected) * 1000,
        "wait": (first - written) * 1000,
        "receive": max(0.0, timing.total_seconds - first) * 1000,
    }


def _pairs(pairs: Headers | list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
