"""How a principal's credential goes on a request."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from verifier.errors import UsageError
from verifier.model import Principal

__all__ = ["carried"]


def carried(principal: Principal, parts: Mapping[str, str]) -> dict[str, str]:
    """
    The headers that carry a credential.

    Args:
        parts: Of the credential: a token, a key, a user's name and password.

    Raises:
        UsageError: It goes into the query.
    """
    if principal.kind == "basic":
        pair = f"{parts['username']}:{parts['password']}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    if principal.kind != "api-key":
        return {"Authorization": f"Bearer {parts['token']}"}
    if principal.location == "cookie":
        return {"Cookie": f"{principal.parameter}={parts['key']}"}
    if principal.location == "query":
        raise UsageError(
            f"the key of '{principal.name}' goes into the query",
            mend=f"Send it as '{principal.parameter}': mock.secrets['{principal.name}']['key'].",
        )
    return {principal.parameter: parts["key"]}
