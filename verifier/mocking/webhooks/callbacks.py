"""Callbacks: the address stands in the request that was made (OpenAPI 3.1, 4.8.20)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.encoding import json_value
from verifier.mocking.asked import Asked
from verifier.model import Contract, Operation
from verifier.wire import Answer

__all__ = ["Callbacks"]

EXPRESSION = re.compile(r"\{?\$(?P<part>request|response)\.(?P<where>[^}]+)\}?")


class Callbacks:
    """Which callbacks an answered request sets off, where any are ``known``."""

    def __init__(self, contract: Contract) -> None:
        hooks = [hook for hook in contract.webhooks if hook.kind == "callback"]
        self.known = bool(hooks)
        self._of = {
            operation.key: [h for h in hooks if h.at.path.startswith(f"{operation.at.path}/")]
            for operation in (contract.operations if hooks else ())
        }

    def of(self, asked: Asked, answer: Answer) -> Iterator[tuple[Operation, str]]:
        """Each callback with the address that it is for."""
        for hook in self._of.get(asked.operation.key, ()):
            url = EXPRESSION.sub(lambda found: _value(found, asked, answer), hook.path)
            if url.startswith(("http://", "https://")):
                yield hook, url


def _value(found: re.Match[str], asked: Asked, answer: Answer) -> str:
    kind, _, rest = found["where"].partition("#" if "#" in found["where"] else ".")
    if kind.startswith("body"):
        whole = asked.draft.body if found["part"] == "request" else _json(answer.body)
        return _at(whole, rest)
    if kind == "header":
        return asked.incoming.header(rest) or ""
    places: Mapping[str, Mapping[str, Any]] = {
        "query": asked.draft.query,
        "path": asked.draft.path,
    }
    return str(places.get(kind, {}).get(rest, ""))


def _at(value: Any, pointer: str) -> str:
    for token in pointer.split("/")[1:]:
        value = value.get(token) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def _json(body: bytes) -> Any:
    try:
        return json_value(body)
    except ValueError:
        return None
