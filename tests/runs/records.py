"""Runs as they are remembered, made up."""

from verifier.model import Ending, Failed, Record

__all__ = ["failed", "record"]


def failed(check="contract.a"):
    return Failed(check, "GET /a", "It breaks.")


def record(run="r1", at=1.0, **more):
    given = {
        "run": run,
        "vendor": "acme",
        "title": "Acme \udc80\x00",
        "mode": "live",
        "at": at,
        "ruling": "ready",
        "letter": "A",
        "answers": {"contract": ("yes", "proven")},
        "failed": {"f" * 16: Failed("contract.a", "GET /a", "It breaks.")},
        "checks": ("contract.a",),
        "ends": (Ending("2027-01-31", "sunset", "GET /a"),),
    }
    return Record(**{**given, **more})
