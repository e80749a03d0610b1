"""The address that an OpenAPI server object names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["server_address"]


def server_address(server: Any) -> str:
    """Its ``url``, variables filled by their defaults (OpenAPI 3.1.1, 4.8.5); else empty."""
    url = server.get("url") if isinstance(server, Mapping) else None
    if not isinstance(url, str):
        return ""
    variables = server.get("variables")
    for name, value in variables.items() if isinstance(variables, Mapping) else ():
        default = value.get("default") if isinstance(value, Mapping) else None
        if isinstance(default, (str, int, float)):
            url = url.replace(f"{{{name}}}", str(default))
    return url
