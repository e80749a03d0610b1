"""The smallest vendor with scopes and tenants that keeps its word about both."""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Request, Response

__all__ = ["READ", "SCOPED", "WRITE", "Office"]

READ, WRITE = "items:read", "items:write"
# Whom it knows, by what they show: the tenant, and the scopes.
STAFF = {
    "Bearer good": ("one", frozenset({READ, WRITE})),
    "Bearer narrow": ("one", frozenset({READ})),
    "Bearer bare": ("one", frozenset()),
    "Bearer strange": ("two", frozenset({READ, WRITE})),
}
LACKING = ("WWW-Authenticate", 'Bearer realm="items", error="insufficient_scope"')


def _scoped() -> dict[str, Any]:
    flow = {"tokenUrl": "/token", "scopes": {READ: "Read items", WRITE: "Change items"}}
    scheme = {"type": "oauth2", "flows": {"clientCredentials": flow}}
    paths = {
        path: {name: _locked(name, held) for name, held in item.items()}
        for path, item in ITEMS["paths"].items()
    }
    schemes = {"securitySchemes": {"oauth": scheme}}
    return document(paths=paths, components={**ITEMS["components"], **schemes}, security=[])


def _locked(method: str, operation: Any) -> Any:
    if not isinstance(operation, dict):
        return operation
    scope = READ if method == "get" else WRITE
    problem = {"$ref": "#/components/responses/Problem"}
    answers = {**operation["responses"], "403": problem}
    return {**operation, "security": [{"oauth": [scope]}], "responses": answers}


SCOPED = _scoped()


class Office(Shelf):
    """Shows each tenant its own items, and asks for the scope that the document names."""

    def __init__(self) -> None:
        super().__init__()
        self.tenant = ""

    def admits(self, request: Request) -> bool:
        """Everybody whom it knows; whose items are shown is settled here."""
        who = STAFF.get(request.header("authorization") or "")
        self.tenant = who[0] if who else ""
        return who is not None

    def answer(self, request: Request) -> Response:
        """Look at the scope before anything else."""
        if self.admits(request) and not self.suffices(request, self.scopes_of(request)):
            return self.problem(403, "You may not", LACKING)
        return super().answer(request)

    def scopes_of(self, request: Request) -> frozenset[str]:
        """What its caller holds."""
        return STAFF[request.header("authorization") or ""][1]

    def suffices(self, request: Request, held: frozenset[str]) -> bool:
        """Whether the scopes are enough."""
        return (READ if request.method in ("GET", "HEAD") else WRITE) in held

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """Whose it is, beside what was given."""
        return {**given, "tenant": self.tenant}

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """The item, without whose it is."""
        return {name: held for name, held in item.items() if name != "tenant"}

    def list(self, request: Request) -> Response:
        """The tenant's own items."""
        rows = [self.shown(item) for item in self.items.values() if self.owns(item)]
        return self.json(200, {"data": rows}, request)

    def item(self, request: Request, id: str) -> Response:
        """One of the tenant's own; another's is as good as unknown."""
        if not self.owns(self.items[id]):
            return self.missing(request, id)
        return super().item(request, id)

    def owns(self, item: dict[str, Any]) -> bool:
        """Whether an item is the caller's."""
        return bool(item["tenant"] == self.tenant)
