"""The control API: lets in whoever has the token, finds the verb, and calls it."""

from __future__ import annotations

import hmac
import itertools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

import orjson
from msgspec.structs import replace

from verifier.encoding import json_value
from verifier.errors import VerifierError
from verifier.mocking.control.call import Call, Verb
from verifier.mocking.control.description import describe
from verifier.mocking.control.verbs import VERBS
from verifier.mocking.mock import Mock
from verifier.mocking.repertoire import known_faults
from verifier.mocking.told import Told
from verifier.model import Headers
from verifier.wire import Answer, Incoming

if TYPE_CHECKING:
    from verifier.model import Redactor  # start-up time: what a run is comes with it

__all__ = ["Control"]

JSON = ("Content-Type", "application/json")
PROBLEM = ("Content-Type", "application/problem+json")
OPEN = "/openapi.json"


class Control:
    """
    Answers control requests.

    Args:
        token: That every request carries, ``Authorization: Bearer TOKEN``.
        redactor: What the ledger tells has no secret left in it.
    """

    def __init__(self, mock: Mock, token: str, redactor: Redactor) -> None:
        self._mock = mock
        self._token = token.encode()
        self._redactor = redactor
        self._serial = itertools.count(1)

    def answer(self, incoming: Incoming) -> Answer:
        """Answer one request."""
        answer = self._answer(incoming)
        named = ("X-Request-Id", f"control-{next(self._serial)}")
        return replace(answer, headers=(*answer.headers, named))

    def _answer(self, incoming: Incoming) -> Answer:
        path, _, query = incoming.target.partition("?")
        if path == OPEN and incoming.method == "GET":
            return Answer(status=200, headers=(JSON,), body=_written(self._described()))
        if not self._knows(incoming):
            challenge = (("WWW-Authenticate", 'Bearer realm="verifier control"'),)
            return _problem(401, "The token of this mock's control is needed.", headers=challenge)
        fitting = [
            (verb, found) for verb in VERBS if (found := _match(verb.path, path)) is not None
        ]
        if not fitting:
            return _problem(404, f"There is nothing at {path}.", mend=f"See {OPEN}.")
        for verb, variables in fitting:
            if verb.method == incoming.method:
                return self._call(verb, variables, query, incoming)
        allowed = ", ".join(verb.method for verb, _ in fitting)
        return _problem(405, "Not with this method.", headers=(("Allow", allowed),))

    def _described(self) -> dict[str, Any]:
        choices = {
            "resource": [resource.name for resource in self._mock.contract.resources],
            "name": list(self._mock.secrets),
            "act": ["expire", "revoke", "restore"],
            "fault": list(known_faults()),
        }
        return describe(VERBS, choices)

    def _knows(self, incoming: Incoming) -> bool:
        word, _, token = (incoming.header("authorization") or "").partition(" ")
        same = hmac.compare_digest(token.strip().encode("utf-8", "surrogateescape"), self._token)
        return word.lower() == "bearer" and same

    def _call(
        self, verb: Verb, variables: Mapping[str, str], query: str, incoming: Incoming
    ) -> Answer:
        told = Told(self._mock.contract, self._redactor)
        pairs = dict(parse_qsl(query, keep_blank_values=True))
        unknown = pairs.keys() - verb.query.keys()
        if unknown:
            known = ", ".join(verb.query) or "none at all"
            return _problem(
                400, f"There is no parameter '{min(unknown)}'.", mend=f"Known: {known}."
            )
        body, wrong = _body(verb, incoming)
        if wrong is not None:
            return wrong
        call = Call(mock=self._mock, told=told, path=variables, query=pairs, body=body)
        try:
            value = verb.does(call)
        except VerifierError as error:
            return _problem(422, error.says, mend=error.mend)
        if verb.status == 204:
            return Answer(status=204)
        return Answer(status=verb.status, headers=(JSON,), body=_written(value))


def _body(verb: Verb, incoming: Incoming) -> tuple[Mapping[str, Any], Answer | None]:
    if verb.body is None:
        return {}, None
    kind = (incoming.header("content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        # A page in a browser cannot send this type to another origin without asking first.
        return {}, _problem(415, "The body must be application/json.")
    try:
        value = json_value(incoming.body)
    except orjson.JSONDecodeError as error:
        return {}, _problem(400, f"The body is no JSON: {error}.")
    if not isinstance(value, dict):
        return {}, _problem(400, "The body is no JSON object.")
    return value, None


def _match(template: str, path: str) -> dict[str, str] | None:
    parts, given = template.split("/"), path.split("/")
    if len(parts) != len(given):
        return None
    found = {}
    for part, value in zip(parts, given, strict=True):
        if part.startswith("{"):
            found[part[1:-1]] = unquote(value)
        elif part != value:
            return None
    return found


def _written(value: Any) -> bytes:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:  # a number beyond 64 bits that somebody sent is told as it is kept
        return json.dumps(value, default=str).encode()


def _problem(status: int, says: str, *, mend: str = "", headers: Headers = ()) -> Answer:
    told = {"type": "about:blank", "status": status, "title": says}
    if mend:
        told["detail"] = mend
    return Answer(status=status, headers=(PROBLEM, *headers), body=orjson.dumps(told))
