"""What to type next."""

from __future__ import annotations

import shlex
from collections import Counter

from verifier.model import Run

__all__ = ["next_command"]


def next_command(run: Run) -> str:
    """After a desk evaluation: the command that asks the API itself; else empty."""
    if run.facts.mode != "desk":
        return ""
    parts = ["verifier evaluate", shlex.quote(run.facts.document), "--base-url URL"]
    principal = _principal(run)
    if principal:
        parts.append(f"--principal {principal}")
    return " ".join(parts)


def _principal(run: Run) -> str:
    """A credential by reference, of the kind that most operations take; empty where none do."""
    schemes = run.contract.schemes
    named = [n for o in run.contract.operations for need in o.security for n in need.schemes]
    known = [schemes[name] for name in named if name in schemes] or list(schemes.values())
    if not known:
        return ""
    scheme = schemes[Counter(scheme.name for scheme in known).most_common(1)[0][0]]
    if scheme.type == "apiKey":
        return "me=api-key:env:KEY"
    if scheme.http_scheme == "basic":
        return "me=basic:env:USER:env:PASSWORD"
    return "me=bearer:env:TOKEN"
