"""An exchange as a command that anybody can run again; secrets stay variables."""

from __future__ import annotations

import re
import shlex
from urllib.parse import quote

from verifier.model.evidence import Exchange, Form, Request
from verifier.model.vendor import Principal

__all__ = ["curl"]

PLACEHOLDER = re.compile("«([^»]*)»")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LONGEST_BODY_BYTES = 4096


def curl(exchange: Exchange, principal: Principal | None = None) -> str:
    """
    A shell command that sends the request again.

    Args:
        principal: As whom it was sent; its credential becomes ``$VERIFIER_<NAME>``.
    """
    request = exchange.request
    address = _quoted(f"{exchange.base_url.rstrip('/')}{request.target}")
    parts = [_command(request), *_globbing(request)]
    carried: list[str] = []
    if principal is not None and request.identity.form is not Form.ABSENT:
        carried += [_header(name, value) for name, value in principal.headers.items()]
    mark = "&" if request.query else "?"
    if principal is not None and request.identity.form is Form.INTACT:
        carried += _credential(principal)
        address += _in_query(principal, mark)
    if principal is not None and request.identity.form is Form.IN_ADDRESS:
        address += shlex.quote(f"{mark}{principal.address_parameter}=") + _shown(principal)
    parts.append(address)
    parts += [_header(k, v) for k, v in request.headers if TOKEN.fullmatch(k)]
    parts += carried
    parts += _body(request)
    return " \\\n  ".join(parts)


def _command(request: Request) -> str:
    if request.method == "HEAD" and not request.body:
        return "curl --head"
    if request.method == "GET" and not request.body:
        return "curl -i"
    return f"curl -i -X {shlex.quote(request.method)}"


def _globbing(request: Request) -> list[str]:
    """Brackets and braces in an address mean something to curl unless it is told otherwise."""
    return ["--globoff"] if any(c in request.target for c in "[]{}") else []


def _header(name: str, value: str) -> str:
    # "Name:" would take a header away; "Name;" sends it empty.
    return f"-H {_quoted(f'{name}: {value}' if value else f'{name};')}"


def _credential(principal: Principal) -> list[str]:
    shown = _shown(principal)
    if principal.kind == "basic":
        return [f"-u {shown}"]
    if principal.kind != "api-key":
        return [f"-H 'Authorization: Bearer '{shown}"]
    if principal.location == "query":
        return []
    if principal.location == "cookie":
        return [f"-b {shlex.quote(_parameter(principal) + '=')}{shown}"]
    return [f"-H {shlex.quote(_parameter(principal) + ': ')}{shown}"]


def _in_query(principal: Principal, mark: str) -> str:
    if principal.kind != "api-key" or principal.location != "query":
        return ""
    return shlex.quote(f"{mark}{quote(_parameter(principal))}=") + _shown(principal)


def _parameter(principal: Principal) -> str:
    return principal.parameter or "X-API-Key"


def _shown(principal: Principal) -> str:
    return f'"$VERIFIER_{_variable(principal.name)}"'


def _body(request: Request) -> list[str]:
    body = request.body
    if not body:
        return []
    # Without this curl calls every body a form.
    kind = [] if request.header("content-type") else ["-H 'Content-Type:'"]
    if len(body) > LONGEST_BODY_BYTES or not _is_plain(body):
        return [*kind, f"--data-binary @body.bin   # {len(body)} bytes, in the journal"]
    return [*kind, f"--data-raw {_quoted(body.decode())}"]


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
    return re.sub(r"[^A-Za-z0-9]", "_", name).upper()
