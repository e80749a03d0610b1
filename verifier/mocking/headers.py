"""What every answer carries: request id, date, limits, deprecation, and what is documented."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

from verifier.mocking.representing import moment
from verifier.model import Contract, Header, Headers, Operation
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction
from verifier.wire import Answer

__all__ = ["Headings"]

LIMIT = 10_000
WINDOW_SECONDS = 60


class Headings:
    """Completes an answer's headers."""

    def __init__(self, contract: Contract, seed: int, now: Callable[[], float]) -> None:
        self._seed = seed
        self._now = now
        convention = contract.convention("request-id")
        self._request_id = str((convention.detail if convention else {}).get("name") or "")
        self._request_id = self._request_id or "X-Request-Id"
        self._window = 0
        self._spent = 0

    def complete(self, operation: Operation | None, answer: Answer, serial: int) -> Answer:
        """The answer with everything that belongs on it."""
        given = {name.lower() for name, _ in answer.headers}
        headers = list(answer.headers)
        digest = hashlib.sha256(f"{self._seed}:{serial}".encode()).hexdigest()
        always = [
            ("Date", format_datetime(datetime.fromtimestamp(self._now(), UTC), usegmt=True)),
            (self._request_id, f"req_{digest[:16]}"),
        ]
        spec = operation.response(answer.status) if operation else None
        documented = [self._valued(header, serial) for header in (spec.headers if spec else ())]
        signals = self._lifecycle(operation) if operation else ()
        for name, value in (*always, *(d for d in documented if d), *signals):
            if name.lower() not in given:
                given.add(name.lower())
                headers.append((name, value))
        return replace(answer, headers=tuple(headers))

    def _valued(self, header: Header, serial: int) -> tuple[str, str] | None:
        name = header.name.lower()
        if name in ("location", "etag", "link", "www-authenticate", "content-type", "allow"):
            return None
        if "ratelimit" in name.replace("-", ""):
            return header.name, self._limit(name)
        if name == "retry-after":
            return header.name, "1"
        if "request-id" in name or "requestid" in name or not header.required:
            return None
        if header.schema is None:
            return header.name, "mock"
        rng = random.Random(f"{self._seed}:{serial}:{name}")  # noqa: S311  (a mock's data)
        try:
            return header.name, str(sampler(header.schema, Direction.RESPONSE).typical(rng))
        except Unsatisfiable:
            return None

    def _limit(self, name: str) -> str:
        window = int(self._now()) // WINDOW_SECONDS
        if window != self._window:
            self._window, self._spent = window, 0
        self._spent += 1
        left = max(0, LIMIT - self._spent)
        ends = (window + 1) * WINDOW_SECONDS - int(self._now())
        if "policy" in name:
            return f'"default";q={LIMIT};w={WINDOW_SECONDS}'
        if name == "ratelimit":
            return f'"default";r={left};t={ends}'
        if "remaining" in name:
            return str(left)
        return str(ends) if "reset" in name else str(LIMIT)

    def _lifecycle(self, operation: Operation) -> Headers:
        if not operation.deprecated:
            return ()
        found: list[tuple[str, str]] = []
        since = moment(operation.extensions.get("x-deprecated-at"))
        found.append(("Deprecation", f"@{int(since.timestamp()) if since else 1704067200}"))
        sunset = moment(operation.extensions.get("x-sunset"))
        if sunset:
            found.append(("Sunset", format_datetime(sunset, usegmt=True)))
        successor = operation.extensions.get("x-successor")
        if isinstance(successor, str):
            found.append(("Link", f'<{successor}>; rel="successor-version"'))
        return tuple(found)
