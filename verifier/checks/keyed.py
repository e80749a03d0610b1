"""The smallest vendor that takes an idempotency key and keeps its word about it."""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Request, Response

__all__ = ["KEYED", "KeyedShelf"]

CARRIER = "Idempotency-Key"
TENANTS = {"Bearer good": "one", "Bearer strange": "two"}


def _keyed() -> dict[str, Any]:
    key = {"name": CARRIER, "in": "header", "required": True, "schema": {"type": "string"}}
    paths = dict(ITEMS["paths"])
    creating = {**paths["/items"]["post"], "parameters": [key]}
    conflict = {"$ref": "#/components/responses/Problem"}
    creating["responses"] = {**creating["responses"], "409": conflict}
    return document(paths={**paths, "/items": {**paths["/items"], "post": creating}})


KEYED = _keyed()


class KeyedShelf(Shelf):
    """
    Answers a creation that is repeated under its key with the first answer.

    Two tenants see the same items here, for only their keys matter.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[tuple[str, str], tuple[bytes, Response]] = {}

    def admits(self, request: Request) -> bool:
        """Both tenants are let in."""
        return request.header("authorization") in TENANTS

    def create(self, request: Request) -> Response:
        """Create once a key."""
        key = request.header(CARRIER)
        if not key:
            return self.problem(400, "A key, please")
        place = self.place(request, key)
        if place not in self.answers:
            answer = super().create(request)
            self.remember(place, request, answer)
            return answer
        body, answer = self.answers[place]
        return answer if body == request.body else self.reused(request, answer)

    def place(self, request: Request, key: str) -> tuple[str, str]:
        """Where a key is remembered: each tenant has its own."""
        return TENANTS[request.header("authorization") or ""], key

    def remember(self, place: tuple[str, str], request: Request, answer: Response) -> None:
        """Keep the answer of what was done; a refusal may be corrected."""
        if answer.status < 400:
            self.answers[place] = (request.body, answer)

    def reused(self, request: Request, answer: Response) -> Response:
        """What is said to another body under a used key."""
        return self.problem(422, "This key was used for something else")
