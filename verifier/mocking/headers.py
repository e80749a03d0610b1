"""What every answer carries: request id, date, limits, deprecation, and what is documented."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

from verifier.mocking.limits.telling import Telling, documented, is_limit
from verifier.mocking.stamps import moment
from verifier.mocking.turn import Turn
from verifier.model import Contract, Header, Headers, Operation
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction
from verifier.wire import Answer

__all__ = ["Headings"]


class Headings:
    """Completes an answer's headers."""

    def __init__(self, contract: Contract, telling: Telling, seed: int) -> None:
        self._seed = seed
        self._telling = telling
        convention = contract.convention("request-id")
        self._request_id = str((convention.detail if convention else {}).get("name") or "")
        self._request_id = self._request_id or "X-Request-Id"

    def complete(self, turn: Turn, answer: Answer) -> Answer:
        """The answer with everything that belongs on it."""
        operation = turn.operation
        given = {name.lower() for name, _ in answer.headers}
        headers = list(answer.headers)
        digest = hashlib.sha256(f"{self._seed}:{turn.serial}".encode()).hexdigest()
        always = [
            ("Date", format_datetime(datetime.fromtimestamp(turn.now, UTC), usegmt=True)),
            (self._request_id, f"req_{digest[:16]}"),
        ]
        spec = operation.response(answer.status) if operation else None
        described = [self._valued(header, turn) for header in (spec.headers if spec else ())]
        limits = self._telling.tell(turn.readings, turn.now) if turn.readings else ()
        signals = self._lifecycle(operation) if operation else ()
        for name, value in (*always, *(d for d in described if d), *limits, *signals):
            if name.lower() not in given:
                given.add(name.lower())
                headers.append((name, value))
        return replace(answer, headers=tuple(headers))

    def _valued(self, header: Header, turn: Turn) -> tuple[str, str] | None:
        name = header.name.lower()
        if name in ("location", "etag", "link", "www-authenticate", "content-type", "allow"):
            return None
        if turn.readings and is_limit(name):
            value = documented(header, turn.readings, turn.now)
            return (header.name, value) if value else None
        if name == "retry-after":
            return header.name, "1"
        if "request-id" in name or "requestid" in name or not header.required:
            return None
        if header.schema is None:
            return header.name, "mock"
        rng = random.Random(f"{self._seed}:{turn.serial}:{name}")  # noqa: S311  (a mock's data)
        try:
            return header.name, str(sampler(header.schema, Direction.RESPONSE).typical(rng))
        except Unsatisfiable:
            return None

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
