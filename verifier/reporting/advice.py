"""What to type next, filled in from the document and from what was typed."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.catalogue import Catalogue
from verifier.model import Run, SecurityScheme

__all__ = ["hints", "next_command"]

PLACEHOLDER = "URL"
# Where operations take several: the simplest to come by first.
SECRETS = {
    "bearer": ("TOKEN",),
    "api-key": ("API_KEY",),
    "basic": ("USERNAME", "PASSWORD"),
    "oauth2-client-credentials": ("CLIENT_ID", "CLIENT_SECRET"),
}
KEPT = ("environment", "budget", "seed", "per_second", "timeout_seconds", "minutes")
OPTIONS = {"per_second": "rate", "timeout_seconds": "timeout", "only": "check"}
REPEATED = ("overlays", "questions", "only", "mappings")
FLAGS = ("allow_writes", "test_mappings")


def next_command(run: Run) -> str:
    """
    The command that shows more than the run did; empty where no option would.

    After a desk evaluation it asks the API itself; after a live run without a credential it holds
    one.
    """
    order = _order(run)
    if run.facts.mode == "mock" or not order.get("where"):
        return ""
    held = "assignment" in run.facts.settings and run.facts.settings.get("principals")
    principal = "" if held else _principal(run)
    if run.facts.mode == "live" and not principal:
        return ""
    parts = ["verifier evaluate", shlex.quote(str(order["where"]))]
    parts.append(f"--base-url {shlex.quote(run.facts.base_url or PLACEHOLDER)}")
    if principal:
        parts.append(f"--principal {principal}")
    return " ".join((*parts, *_kept(order)))


def hints(run: Run, say: Catalogue) -> tuple[str, ...]:
    """What has to be known to type that command, a sentence each."""
    command = next_command(run)
    return tuple(_hints(run, command, say)) if command else ()


def _hints(run: Run, command: str, say: Catalogue) -> Iterator[str]:
    if not run.facts.base_url:
        named = next(iter(run.contract.servers), "")
        absolute = named.startswith(("http://", "https://"))
        yield say("next.address", named=named) if absolute else say("next.anywhere")
    scheme = _scheme(run)
    if "--principal" in command and scheme is not None:
        secrets = _secrets(scheme)
        yield say("next.secret", n=len(secrets), name=" ".join(secrets))
        if _needs_address(scheme):
            yield say("next.token")
    writes = any(resource.create for resource in run.contract.resources)
    if writes and "--allow-writes" not in command:
        yield say("next.writes")
    yield say("next.dry")


def _order(run: Run) -> Mapping[str, Any]:
    """What was typed."""
    order: Mapping[str, Any] = run.facts.settings.get("assignment", {})
    return order or {"where": run.facts.document}


def _kept(order: Mapping[str, Any]) -> Iterator[str]:
    """What was typed besides, so that it is typed again."""
    for principal in order.get("principals") or ():
        yield f"--principal {shlex.quote(str(principal))}"
    yield from (f"--{flag.replace('_', '-')}" for flag in FLAGS if order.get(flag))
    for name in KEPT:
        if order.get(name):
            value = order[name]
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            yield f"--{OPTIONS.get(name, name)} {shlex.quote(shown)}"
    for name in REPEATED:
        for value in order.get(name) or ():
            yield f"--{OPTIONS.get(name, name[:-1])} {shlex.quote(str(value))}"


def _principal(run: Run) -> str:
    """A credential by reference, of the kind that most operations take; empty where none do."""
    scheme = _scheme(run)
    if scheme is None:
        return ""
    address = next((u for u in scheme.token_urls.values() if u.startswith("https://")), "")
    kind = scheme.principal_kind
    if kind == "oauth2-client-credentials":
        kind = f"{kind}:{address or 'TOKEN_URL'}"
    return shlex.quote(":".join((f"me={kind}", *(f"env:{name}" for name in _secrets(scheme)))))


def _needs_address(scheme: SecurityScheme) -> bool:
    known = any(url.startswith("https://") for url in scheme.token_urls.values())
    return scheme.principal_kind == "oauth2-client-credentials" and not known


def _secrets(scheme: SecurityScheme) -> tuple[str, ...]:
    return SECRETS[scheme.principal_kind]


def _scheme(run: Run) -> SecurityScheme | None:
    """The scheme that most operations take, of those that we can use; the simplest of several."""
    schemes = {name: s for name, s in run.contract.schemes.items() if s.principal_kind}
    named = [n for o in run.contract.operations for need in o.security for n in need.schemes]
    counted = Counter(name for name in named if name in schemes)
    if not counted:
        return None
    liked = list(SECRETS)
    return schemes[
        max(counted, key=lambda n: (counted[n], -liked.index(schemes[n].principal_kind)))
    ]
