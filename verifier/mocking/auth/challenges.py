"""What a stranger is asked for (RFC 9110, 11.6.1; RFC 6750, 3; RFC 7617)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from verifier.model import Headers, Operation, SecurityScheme

__all__ = ["challenge"]

REALM = 'realm="mock"'


def challenge(
    operation: Operation | None,
    schemes: Mapping[str, SecurityScheme],
    *,
    error: str = "",
    says: str = "",
    scope: str = "",
) -> Headers:
    """A challenge for each way in; only Bearer says what was wrong."""
    named = [name for need in (operation.security if operation else ()) for name in need.schemes]
    wanted = [schemes[name] for name in named if name in schemes] or list(schemes.values())
    words = dict.fromkeys(map(_word, wanted)) or {"Bearer": None}
    return tuple(("WWW-Authenticate", _spelled(word, error, says, scope)) for word in words)


def _word(scheme: SecurityScheme) -> str:
    if scheme.type == "apiKey":
        return "ApiKey"
    if scheme.type == "http" and scheme.http_scheme not in ("", "bearer"):
        return scheme.http_scheme.capitalize()
    return "Bearer"


def _spelled(word: str, error: str, says: str, scope: str) -> str:
    if word == "Basic":
        return f'Basic {REALM}, charset="UTF-8"'
    if word != "Bearer":
        return f"{word} {REALM}"
    parts: Iterable[tuple[str, str]] = (
        ("error", error),
        ("error_description", says),
        ("scope", scope),
    )
    return "Bearer " + ", ".join([REALM, *(f'{k}="{v}"' for k, v in parts if v)])
