"""A step and a scope in, a request out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import orjson
from msgspec import Struct
from msgspec.structs import replace

from verifier import encoding
from verifier.model import Draft, Form, Identity, Operation, Principal, Request, Vendor
from verifier.scenarios.binding import Call
from verifier.scenarios.description import Body, Parameter
from verifier.scenarios.expressions import NOTHING, Scope, written
from verifier.scenarios.flaws import alike
from verifier.scenarios.flows.replacing import CannotReplace, replaced, replaced_xml
from verifier.scenarios.values import Lookup, value_of

__all__ = ["Built", "CannotBuild", "build", "merged"]


# RFC 3986, 3.4, and the percent sign of what is encoded already.
IN_QUERY = "!$&'()*+,;=:@/?-._~%"


class CannotBuild(ValueError):  # noqa: N818
    """A request cannot be made: something that it needs has no value."""


class Built(Struct, frozen=True):
    """A request, and the values it was made of."""

    draft: Draft
    request: Request


def merged(
    common: Iterable[Parameter], own: Iterable[Parameter], *, named: bool = False
) -> list[Parameter]:
    """
    The parameters of a workflow and of its step; the step's take the place of equal ones.

    Args:
        named: Whether the name alone counts, as it does for inputs of a workflow.
    """
    found: dict[tuple[str, str], Parameter] = {}
    for parameter in (*common, *own):
        found[parameter.name, "" if named else parameter.location] = parameter
    return list(found.values())


def build(
    call: Call,
    parameters: Iterable[Parameter],
    body: Body | None,
    scope: Scope,
    identity: Identity,
    vendor: Vendor,
) -> Built:
    """
    Make the request of a step.

    Args:
        vendor: Whose request it is. Where a parameter takes the credential's place, or the request
            goes to a further API and nobody is named, no credential of ours is added.

    Raises:
        CannotBuild: A path parameter or the payload has no value, or cannot be written down.
    """
    parameters = list(parameters)
    whole = [p for p in parameters if p.location == "querystring"]
    draft = _draft(call.operation, (p for p in parameters if p not in whole), scope)
    if body is not None:
        draft = _with_body(draft, call.operation, body, scope)
    try:
        request = encoding.encode(call.operation, draft)
    except encoding.EncodeError as error:
        raise CannotBuild(str(error)) from None
    for parameter in whole:
        request = replace(request, query=_query_string(parameter, scope))
    principal = vendor.principal(identity.principal)
    own = principal is not None and _carries(draft, principal)
    unnamed = bool(call.api) and not identity.principal
    if identity.form is Form.INTACT and (own or unnamed):
        identity = Identity(form=Form.ABSENT)
    return Built(draft, replace(request, identity=identity, api=call.api))


def _draft(operation: Operation, parameters: Iterable[Parameter], scope: Scope) -> Draft:
    places: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
    known = [p.name for p in operation.parameters_in("path")]
    for parameter in parameters:
        value = value_of(parameter.value, scope)
        name, place = parameter.name, parameter.location
        if place == "path":
            name = next((each for each in known if alike(each, name)), name)
            if value is NOTHING and name in known:
                raise CannotBuild(f"the path parameter '{name}' has no value")
        if value is not NOTHING:
            places[place or "query"][name] = value
    return Draft(
        path=places["path"],
        query=places["query"],
        headers=places["header"],
        cookies=places["cookie"],
    )


def _query_string(parameter: Parameter, scope: Scope) -> str:
    """A whole query as its author wrote it, with what no query can hold percent-encoded."""
    value = value_of(parameter.value, scope)
    return "" if value is NOTHING else quote(written(value), safe=IN_QUERY)


def _with_body(draft: Draft, operation: Operation, body: Body, scope: Scope) -> Draft:
    media = body.content_type or _usual(operation)
    value = NOTHING if body.payload is None else value_of(body.payload, scope)
    if value is NOTHING and not body.replacements:
        return draft
    if value is NOTHING:
        value = {}
    if isinstance(value, str) and not isinstance(body.payload, Lookup):
        value = _parsed(value, media)
    value = _replaced(value, body, media, scope)
    if isinstance(value, str) and _verbatim(value, body, media):
        raw = value.encode("utf-8", "surrogatepass")
        return replace(draft, body=value, has_body=True, media_type=media, raw_body=raw)
    return replace(draft, body=value, has_body=True, media_type=media)


def _parsed(text: str, media: str) -> Any:
    """A text that was filled in and is a JSON value, as that value."""
    if media and not encoding.is_json(media):
        return text
    try:
        return orjson.loads(text)
    except ValueError:
        return text


def _verbatim(value: str, body: Body, media: str) -> bool:
    """Whether a text is the body as it is: XML, a form, or a JSON that is broken on purpose."""
    if isinstance(body.payload, Lookup) and encoding.is_json(media or "application/json"):
        return value.lstrip()[:1] in ("{", "[")
    return True


def _replaced(value: Any, body: Body, media: str, scope: Scope) -> Any:
    for replacement in body.replacements:
        new = value_of(replacement.value, scope)
        if new is NOTHING:
            raise CannotBuild(f"what is to be put at {replacement.target} has no value")
        kind = replacement.kind or ("xpath" if "xml" in media.lower() else "jsonpointer")
        try:
            if kind == "xpath":
                value = replaced_xml(str(value), replacement.target, replacement.version, new)
            else:
                value = replaced(value, replacement.target, kind, replacement.version, new)
        except CannotReplace as error:
            raise CannotBuild(str(error)) from None
    return value


def _usual(operation: Operation) -> str:
    """The media type that the operation documents: JSON where it has it, else the first."""
    offered = [media.type for media in operation.body.media] if operation.body else []
    return next((kind for kind in offered if encoding.is_json(kind)), offered[0] if offered else "")


def _carries(draft: Draft, principal: Principal) -> bool:
    """Whether a step brings a credential of its own, where ours would go."""
    if principal.kind != "api-key":
        return "authorization" in {name.lower() for name in draft.headers}
    name = (principal.parameter or "X-API-Key").lower()
    places = {"query": draft.query, "cookie": draft.cookies}
    return name in {held.lower() for held in places.get(principal.location, draft.headers)}
