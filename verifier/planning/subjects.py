"""Whom a check is run for, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.model import Check, Effect, Environment, Omitted, Operation, Subject, Vendor, sweeping

__all__ = ["obstacle", "subjects"]


def subjects(check: Check, vendor: Vendor) -> Iterator[tuple[str, Any]]:
    """Key and subject of everything that a check could be run for."""
    contract = vendor.contract
    match check.subject:
        case Subject.CONTRACT:
            yield "", contract
        case Subject.VENDOR:
            yield "", vendor
        case Subject.RESOURCE:
            for resource in contract.resources:
                yield resource.name, resource
        case Subject.OPERATION | Subject.EXCHANGE:
            for operation in contract.operations:
                yield operation.key, operation


def obstacle(check: Check, key: str, subject: Any, vendor: Vendor) -> Omitted | None:
    """Why a check will not be run for a subject, and what would mend it; None where it will."""
    against = check.reason_against(subject, vendor)
    if against:
        return Omitted(check=check.id, subject=key, status="not applicable", reason=against)
    missing = _missing(check, key, subject, vendor)
    if missing:
        reason, supply = missing
        return Omitted(
            check=check.id, subject=key, status="not tested", reason=reason, supply=supply
        )
    return None


def _missing(check: Check, key: str, subject: Any, vendor: Vendor) -> tuple[str, str] | None:
    if check.effect is Effect.NONE:
        return None
    if not vendor.live:
        return "there is no address to ask", "--base-url URL (or --mock)"
    mock = vendor.environment is Environment.MOCK
    if check.effect is Effect.BURST and not vendor.burstable:
        return "provoking limits was not allowed", "--allow-bursts"
    if _writes(check, subject) and not vendor.writable:
        if vendor.environment is Environment.PRODUCTION:
            return "production is never written to", "a sandbox (environment: sandbox)"
        return "writing was not allowed", "--allow-writes"
    if isinstance(subject, Operation) and subject.ends_session and not mock:
        return "it would end the session that we are known by", ""
    if isinstance(subject, Operation) and not mock and _sweeps(subject, vendor):
        says = "it may remove or change what this run did not create"
        return says, f"may_change: ['{key}'] in vendor.yaml"
    locked = _locked(check, subject, vendor) if isinstance(subject, Operation) else None
    if locked:
        return locked
    missing = check.missing(subject, vendor)
    return (missing.reason, missing.supply) if missing else None


def _sweeps(operation: Operation, vendor: Vendor) -> bool:
    return sweeping(operation) and operation.key not in vendor.may_change


def _writes(check: Check, subject: Any) -> bool:
    if check.effect in (Effect.WRITE, Effect.DELETE):
        return True
    asks_itself = check.subject in (Subject.EXCHANGE, Subject.OPERATION)
    return asks_itself and isinstance(subject, Operation) and not subject.safe


def _locked(check: Check, operation: Operation, vendor: Vendor) -> tuple[str, str] | None:
    if operation.secured and not vendor.principals and not check.anonymous:
        return "it asks for a credential, and we hold none", "--principal NAME=KIND:REFERENCE"
    return None
