"""An implementation behind an address: each question is posted to it as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from verifier.errors import VendorUnreachable
from verifier.mapping.edges import RawJson
from verifier.mapping.exact_json import dumps, loads
from verifier.mapping.testing.asking import Answer, Ask, How
from verifier.mapping.testing.replies import answer_of, garbage
from verifier.model import FailureKind, Outgoing, Response
from verifier.wire import Client

__all__ = ["TIMEOUT_SECONDS", "HttpDoor"]

JSON = (("content-type", "application/json"), ("accept", "application/json"))
UNREACHABLE = (FailureKind.REFUSED, FailureKind.DNS)
TIMEOUT_SECONDS = 10.0


class HttpDoor:
    """
    Posts questions to an address.

    A bare object is mapped, null or no content skipped, an error status with a JSON body withheld
    (by its kind, type or code), any other error status a crash.

    Args:
        url: Where to. Nothing is sent anywhere else, and redirects are not followed.
    """

    def __init__(self, url: str, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self.url = url
        self.timeout_seconds = timeout_seconds
        self._runner = asyncio.Runner()
        self._client: Client | None = None
        self._answered = False

    def ask(self, ask: Ask) -> Answer:
        """
        Post one question.

        Raises:
            VendorUnreachable: Nobody answers at the address, not even the first time.
        """
        raw = isinstance(ask.record, RawJson)
        record = ask.record.text if raw else b""
        body = b'{"op":"map","record":%s}' % record if raw else dumps(_data(ask))
        return self._runner.run(self._posted(body))

    async def _posted(self, body: bytes) -> Answer:
        if self._client is None:
            self._client = Client()
        outgoing = Outgoing(
            method="POST",
            url=self.url,
            headers=JSON,
            body=body,
            timeout_seconds=self.timeout_seconds,
        )
        reply = await self._client.send(outgoing)
        if reply.response is not None:
            self._answered = True
            return _read(reply.response)
        failure = reply.failure
        if failure is not None and not self._answered and failure.kind in UNREACHABLE:
            raise VendorUnreachable(
                failure.says, where=self.url, mend="Start it, or correct the address."
            )
        hung = failure is not None and failure.kind is FailureKind.TIMEOUT
        says = failure.says if failure is not None else "no answer"
        return Answer(how=How.HUNG if hung else How.DIED, says=says)

    def elsewhere(self, environment: Mapping[str, str]) -> None:
        """A server has the environment that it has."""

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._runner.run(self._client.close())
        self._runner.close()


def _data(ask: Ask) -> dict[str, Any]:
    data = ask.as_data(0)
    del data["id"]
    return data


def _read(response: Response) -> Answer:
    if response.status == 204:
        return Answer(how=How.SKIPPED)
    try:
        data = loads(response.body)
    except (ValueError, UnicodeDecodeError):
        if response.status >= 400:
            return Answer(how=How.CRASHED, says=f"status {response.status}, and no JSON")
        return garbage(f"status {response.status}, and the body is no JSON")
    if response.status == 501:
        return Answer(how=How.UNABLE, says="it does not offer this")
    if response.status >= 500:
        return Answer(how=How.CRASHED, says=f"status {response.status}")
    if response.status >= 400:
        return answer_of({"error": data})
    if isinstance(data, list):
        return answer_of({"decisions": data})
    wrapped = isinstance(data, dict) and data.keys() <= {"target", "error", "decisions", "unable"}
    return answer_of(data if wrapped and data else {"target": data})
