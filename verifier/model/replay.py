"""An exchange as a command that anybody can run again; secrets stay variables."""

from __future__ import annotations

import re
import shlex

from verifier.model.evidence import Exchange, Form
from verifier.model.vendor import Principal

__all__ = ["curl"]

PLACEHOLDER = re.compile("«([^»]*)»")
LONGEST_BODY_BYTES = 4096


def curl(exchange: Exchange, principal: Principal | None = None) -> str:
    """
    A shell command that sends the request again.

    Args:
        principal: As whom it was sent; its credential becomes ``$VERIFIER_<NAME>``.
    """
    request = exchange.request
    parts = ["curl -i"]
    if request.method == "HEAD":
        parts = ["curl --head"]
    elif request.method != "GET":
        parts.append(f"-X {shlex.quote(request.method)}")
    parts.append(_quoted(f"{exchange.base_url.rstrip('/')}{request.target}"))
    parts += [f"-H {_quoted(f'{name}: {value}')}" for name, value in request.headers]
    if principal is not None and request.identity.form is Form.INTACT:
        parts += _credential(principal)
    parts += _body(request.body)
    return " \\\n  ".join(parts)


def _credential(principal: Principal) -> list[str]:
    variable = "$VERIFIER_" + re.sub(r"\W", "_", principal.name).upper()
    if principal.kind == "basic":
        return [f'-u "{variable}"']
    if principal.kind != "api-key":
        return [f'-H "Authorization: Bearer {variable}"']
    if principal.location == "query":
        return [f'--url-query "{principal.parameter}={variable}"']
    if principal.location == "cookie":
        return [f'-b "{principal.parameter}={variable}"']
    return [f'-H "{principal.parameter}: {variable}"']


def _body(body: bytes) -> list[str]:
    if not body:
        return []
    if len(body) > LONGEST_BODY_BYTES or not _is_plain(body):
        return [f"--data-binary @body.bin   # {len(body)} bytes, in the journal"]
    return [f"--data-binary {_quoted(body.decode())}"]


def _is_plain(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in body


def _quoted(text: str) -> str:
    """Shell-quoted, with ``«name»`` turned into a variable."""
    if not PLACEHOLDER.search(text):
        return shlex.quote(text)
    pieces = PLACEHOLDER.split(text)
    shown = [
        shlex.quote(piece) if index % 2 == 0 else f'"$VERIFIER_{_variable(piece)}"'
        for index, piece in enumerate(pieces)
    ]
    return "".join(piece for piece in shown if piece != "''")


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name).upper()
