"""
The id by which a single call can be found in the vendor's logs.

Looks at response headers called after requests, traces and correlation, and at request headers in
which we may send our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.loading.tally import keys_of, usual
from verifier.loading.view import ContractView
from verifier.model import Convention

__all__ = ["recognise"]

NAME = re.compile(
    r"(?:^|-)(?:request|correlation|trace|transaction|tracking)-?id$|^request-?id$|^cf-ray$"
    r"|^traceparent$|-requestid$|^pspreference$",
    re.IGNORECASE,
)
OTHER_USES = ("paypalrequestid",)


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention for the header of answers, one for the header that we may send."""
    answered = [
        (operation, header)
        for name, places in view.headers().items()
        if NAME.search(name)
        for operation, _, header in places
    ]
    if answered:
        name = usual(header.name for _, header in answered)
        yield Convention(
            kind="request-id",
            style="response-header",
            operations=keys_of(operation for operation, _ in answered),
            detail={"name": name},
            confidence=0.95,
            reason=f"answers carry '{name}'",
        )
    sent = [
        (operation, parameter)
        for plain in view.parameter_names()
        if plain.endswith(("id", "traceparent")) and plain not in OTHER_USES
        for operation, parameter in view.parameters(plain)
        if parameter.location == "header" and NAME.search(parameter.name)
    ]
    if sent:
        name = usual(parameter.name for _, parameter in sent)
        yield Convention(
            kind="request-id",
            style="request-header",
            operations=keys_of(operation for operation, _ in sent),
            detail={"name": name},
            confidence=0.8,
            reason=f"{len(sent)} operations take our own id in '{name}'",
        )
