"""Somebody who asks a mock: one request in, status, body and headers out."""

import json

from verifier.mocking import MockVendor
from verifier.wire import Incoming


class Still:
    """A clock that moves when it is told to."""

    def __init__(self, time=1_800_000_000.0):
        self.time = time

    def __call__(self):
        return self.time


class Asker:
    def __init__(self, contract, as_="full", **more):
        self.clock = Still()
        self.mock = MockVendor(contract, now=self.clock, **more)
        self.become(as_)

    def become(self, name):
        self.token = self.mock.secrets[name]["token"]

    def take(self, method, target, body=None, **headers):
        """The turn of a request, for those who look at more than the answer."""
        given = {"Authorization": f"Bearer {self.token}", **headers}
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        return self.mock.take(
            Incoming(
                method=method,
                target=target,
                headers=tuple((k.replace("_", "-"), v) for k, v in given.items() if v is not None),
                body=body if isinstance(body, bytes) else written(body),
            )
        )[0]

    def ask(self, method, target, body=None, **headers):
        answer = self.take(method, target, body, **headers).answer
        return answer.status, json.loads(answer.body) if answer.body else None, dict(answer.headers)


def written(body):
    return b"" if body is None else json.dumps(body).encode()
