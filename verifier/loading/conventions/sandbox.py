"""
A place to try things out: a sandbox or test server in the document.

Looks at the servers' addresses and at what the document says of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from verifier.loading.view import ContractView
from verifier.model import Convention

__all__ = ["recognise"]

MARK = re.compile(
    r"(?:^|[^a-z])(?:sandbox|staging|test|testing|stage|uat|demo|dev|qa|mock|preprod)(?:[^a-z]|$)",
    re.IGNORECASE,
)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention, with the addresses that look like one."""
    found = [url for url in view.servers if MARK.search(url)]
    servers = view.document.root.get("servers")
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, Mapping):
            url, says = server.get("url"), server.get("description")
            if isinstance(url, str) and isinstance(says, str) and MARK.search(says):
                found.append(url)
    if found:
        addresses = list(dict.fromkeys(found))
        yield Convention(
            kind="sandbox",
            style="server",
            detail={"servers": addresses},
            confidence=0.8,
            reason="a server is marked so: " + addresses[0],
        )
