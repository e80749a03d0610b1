"""A vendor made of its document: routes, lets in, validates, keeps, answers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from verifier.encoding import DecodeError, Decoder, Router
from verifier.mocking.acting import Acting
from verifier.mocking.asked import Asked
from verifier.mocking.bodies import Bodies
from verifier.mocking.errors import Errors
from verifier.mocking.headers import Headings
from verifier.mocking.hooks import Hooks
from verifier.mocking.principals import Gate, Refusal
from verifier.mocking.state import State
from verifier.model import Contract, Draft, Operation, Principal, Resource, SecretReference
from verifier.validating import judge_request
from verifier.wire import Answer, Incoming

__all__ = ["LedgerLine", "MockVendor"]

LONGEST_LEDGER = 10_000
ROLES = ("create", "read", "list", "update", "replace", "delete", "search")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """What came of one request: who asked what, and what was answered."""

    serial: int
    method: str
    target: str
    caller: str
    status: int


class MockVendor:
    """
    A stateful vendor without a line of handler code.

    Args:
        principals: Whom it knows; None makes up ``full``, ``reader`` and ``other`` (of another
            tenant). Their secrets are the mock's own, in ``secrets``.
        seed: Same seed and same requests, same answers.
        misbehaviours: Names of the defects to show.
        now: The clock: seconds since the epoch.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        principals: Sequence[Principal] | None = None,
        seed: int = 0,
        misbehaviours: Sequence[str] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        self.contract = contract
        self.state = State()
        self.ledger: deque[LedgerLine] = deque(maxlen=LONGEST_LEDGER)
        self._gate = Gate.open(contract, principals, seed)
        self._hooks = Hooks(misbehaviours)
        self._router = Router(contract.operations)
        self._bodies = Bodies(seed)
        self._errors = Errors(contract, self._bodies)
        self._headings = Headings(contract, seed, now)
        self._acting = Acting(
            contract, self.state, self._bodies, self._errors, self._hooks, now, seed
        )
        self._serial = 0

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Whom it knows; the secrets are references that ``secrets_by_reference`` resolves."""
        return self._gate.principals

    @property
    def secrets(self) -> dict[str, dict[str, str]]:
        """Principal to the parts of its credential."""
        return self._gate.secrets

    def secrets_by_reference(self) -> dict[SecretReference, str]:
        """What each reference of ``principals`` stands for."""
        return {
            reference: self._gate.secrets[principal.name][name]
            for principal in self._gate.principals
            for name, reference in principal.secrets.items()
        }

    def answer(self, incoming: Incoming) -> Answer:
        """Answer one request; no input or output happens here."""
        self._serial += 1
        answer, asked, operation = self._answered(incoming)
        answer = self._headings.complete(operation, answer, self._serial)
        answer = self._last_word(asked, answer)
        self.ledger.append(
            LedgerLine(
                serial=self._serial,
                method=incoming.method,
                target=incoming.target,
                caller=asked.caller.name if asked else "",
                status=answer.status,
            )
        )
        return answer

    def _last_word(self, asked: Asked | None, answer: Answer) -> Answer:
        said: Answer = self._hooks.through("answered", asked, answer)
        return said

    def _answered(self, incoming: Incoming) -> tuple[Answer, Asked | None, Operation | None]:
        path, _, query = incoming.target.partition("?")
        method = "GET" if incoming.method == "HEAD" else incoming.method
        route = self._router.find(method, path)
        if route is None:
            return self._errors.say(None, 404, "not_found", "There is nothing here."), None, None
        if route.operation is None:
            served: Answer | None = self._hooks.first("instead", None)
            if served is not None:
                return served, None, None
            return self._not_allowed(route.allowed), None, None
        operation = route.operation
        caller = self._gate.admit(operation, incoming)
        if isinstance(caller, Refusal):
            if not self._hooks.any("let_in", operation, incoming):
                return self._refused(operation, caller), None, operation
            caller = self._gate.anybody()
        try:
            draft = Decoder.of(operation).read(route.path, query, incoming.headers, incoming.body)
        except DecodeError as error:
            code = "unsupported_media_type" if error.status == 415 else "malformed"
            return self._errors.say(operation, error.status, code, error.says), None, operation
        asked = self._understood(operation, incoming, caller, draft)
        return self._acted(asked), asked, operation

    def _acted(self, asked: Asked) -> Answer:
        violations = judge_request(asked.operation, asked.draft)
        if violations and not self._hooks.any("overlooks", asked.operation, violations):
            first = violations[0]
            says = f"{first.part} {first.path or ''} {first.says}".replace("  ", " ")
            status = 422 if first.part == "body" else 400
            return self._errors.say(asked.operation, status, "invalid", says, violations=violations)
        instead: Answer | None = self._hooks.first("instead", asked)
        return instead if instead is not None else self._acting.act(asked)

    def _understood(
        self, operation: Operation, incoming: Incoming, caller: Any, draft: Draft
    ) -> Asked:
        resource = self.contract.resource_of(operation.key)
        return Asked(
            operation=operation,
            incoming=incoming,
            caller=caller,
            draft=draft,
            resource=resource,
            role=_role(resource, operation),
            serial=self._serial,
        )

    def _refused(self, operation: Operation, refusal: Refusal) -> Answer:
        headers = (("WWW-Authenticate", refusal.challenge),) if refusal.challenge else ()
        return self._errors.say(
            operation, refusal.status, refusal.code, refusal.says, headers=headers
        )

    def _not_allowed(self, allowed: Sequence[str]) -> Answer:
        names = sorted({*allowed, *(("HEAD",) if "GET" in allowed else ())})
        headers = (("Allow", ", ".join(names)),)
        return self._errors.say(
            None, 405, "method_not_allowed", "Not with this method.", headers=headers
        )


def _role(resource: Resource | None, operation: Operation) -> str:
    if resource is None:
        return ""
    for role in ROLES:
        if getattr(resource, role) == operation.key:
            return role
    return "action" if operation.key in resource.actions else ""
