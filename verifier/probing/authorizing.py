"""What is asked of an authorization server, and what may be kept of it (RFC 6749, 7009, 8414)."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin, urlsplit

from msgspec import Struct

from verifier.model import Form, Headers, Identity, Principal, Request, TokenAct, TokenCall
from verifier.probing.obstacles import NotTestable

__all__ = ["Errand", "errand", "token_url_of"]

METADATA = "/.well-known/oauth-authorization-server"
UNKNOWN_GRANT = "urn:verifier:grant-that-nobody-knows"
TYPE = ("Content-Type", "application/x-www-form-urlencoded")
TOKEN = "TOKEN"  # noqa: S105  (stands for one in what is kept)


class Errand(Struct, frozen=True, kw_only=True):
    """
    One request to an authorization server.

    Args:
        base: Scheme and host; ``request`` is relative to it, and may be kept.
        secret: What is added to the request's headers, never kept.
        form: What is posted, secrets included; ``request`` has it without them.
    """

    base: str
    request: Request
    secret: Headers = ()
    form: bytes = b""


def token_url_of(principal: Principal, base_url: str) -> str:
    """Where a principal's tokens come from; a path is on the vendor's own host."""
    return urljoin(base_url, principal.token_url) if principal.token_url else ""


def errand(call: TokenCall, principal: Principal, base_url: str, basic: str, issued: str) -> Errand:
    """
    The request of a step.

    Args:
        basic: What the client shows: id and secret, encoded.
        issued: The token that it was given last.

    Raises:
        NotTestable: It would go to a host that nobody named, or there is nothing to revoke.
    """
    told = token_url_of(principal, base_url)
    base = "{0.scheme}://{0.netloc}".format(urlsplit(told))
    form = Form.ABSENT if call.act is TokenAct.METADATA else Form.INTACT
    identity = Identity(principal=principal.name, form=form)
    if call.act is TokenAct.METADATA:
        return Errand(base=base, request=Request(method="GET", path=METADATA, identity=identity))
    revokes = call.act is TokenAct.REVOKE
    url = urljoin(told, call.at) if revokes else told
    if not url.startswith(f"{base}/"):
        raise NotTestable(
            "the address to revoke a token at is on another host than the token endpoint",
            "token_url on the host that tokens are revoked at",
        )
    if revokes and not issued:
        raise NotTestable("no token was given out that could be revoked")
    fields = _fields(call.act, principal)
    request = Request(
        method="POST",
        path=urlsplit(url).path,
        headers=(TYPE, ("Accept", "application/json")),
        body=urlencode({**fields, **({"token": TOKEN} if revokes else {})}).encode(),
        identity=identity,
    )
    return Errand(
        base=base,
        request=request,
        secret=(("Authorization", f"Basic {basic}"),),
        form=urlencode({**fields, **({"token": issued} if revokes else {})}).encode(),
    )


def _fields(act: TokenAct, principal: Principal) -> dict[str, str]:
    if act is TokenAct.REVOKE:
        return {"token_type_hint": "access_token"}
    if act is TokenAct.ISSUE_BY_UNKNOWN_GRANT:
        return {"grant_type": UNKNOWN_GRANT}
    scope = {"scope": " ".join(sorted(principal.scopes))} if principal.scopes else {}
    return {"grant_type": "client_credentials", **scope}
