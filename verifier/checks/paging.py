"""Walk a list from page to page as its document says: cursor, offset, page number, Link header."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.model import (
    Contract,
    Convention,
    Draw,
    Exchange,
    Missing,
    Request,
    Resource,
    Row,
    Send,
    Step,
)

__all__ = ["Walk", "following", "pagination_of", "size_of", "walk"]

STARTS = ("http://", "https://", "/", "?")
HEADERS = ("next-page", "x-next-page")
LINK = re.compile(r"<([^>]*)>((?:\s*;\s*[^,;]+)*)")
ADDRESSES = ("href", "uri", "url", "link", "path")
Meanwhile = Callable[[Exchange], Generator[Step, Any, None]]
NEXT = re.compile(r';\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)', re.IGNORECASE)


class Walk(Struct, frozen=True, kw_only=True):
    """
    The pages of a list, as far as they were walked.

    Args:
        path: Values of the list's path parameters.
        ended: Whether the last page said that there is no other.
        again: Whether a page led to one that had been read already.
    """

    pages: tuple[Exchange, ...]
    rows: tuple[Row, ...]
    ended: bool
    again: bool = False
    path: Mapping[str, Any] = field(default_factory=dict)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the exchanges."""
        return tuple(page.id for page in self.pages)


def pagination_of(contract: Contract, operation: str) -> Convention | None:
    """How a list is cut into pages; None where the document does not say."""
    found = [c for c in contract.conventions_of("pagination") if operation in c.operations]
    return max(found, key=lambda c: (c.confidence, "next" in c.detail), default=None)


def size_of(contract: Contract, operation: str) -> str:
    """The parameter that chooses the size of a list's pages; empty where the list takes none."""
    paged = pagination_of(contract, operation)
    named = str(paged.detail.get("size", "")) if paged else ""
    if paged is None or paged.detail.get("in") == "body":
        return named
    known = {p.name for p in contract.operation(operation).parameters_in("query")}
    return named if named in known else ""


def walk(
    contract: Contract,
    resource: Resource,
    *,
    path: Mapping[str, Any] | None = None,
    query: Mapping[str, Any] | None = None,
    size: int = 0,
    most: int,
    as_: str = "",
    meanwhile: Meanwhile | None = None,
) -> Generator[Step, Any, Walk]:
    """
    Read a list's pages; breaks off at the first answer that is no list.

    Args:
        path: Values of the list's path parameters.
        query: Values of its other parameters.
        size: Items a page to ask for; 0 asks for nothing.
        most: The most pages to read.
        as_: The principal who reads them; empty is the first one.
        meanwhile: What happens between the first page, which it is given, and the second.
    """
    convention = pagination_of(contract, resource.list)
    named = size_of(contract, resource.list)
    sized = {named: size} if size and named else {}
    asking = {**(query or {}), **sized}
    drawn = yield Draw(operation=resource.list, path=path or {}, query=asking)
    told = drawn.case.draft.path
    request: Request | None = drawn.request.as_(as_)
    pages: list[Exchange] = []
    rows: list[Row] = []
    asked: set[str] = set()
    while request is not None and len(pages) < most:
        asked.add(request.target)
        page = yield Send(request)
        pages.append(page)
        if not page.succeeded or not resource.lists(page.value):
            return Walk(pages=tuple(pages), rows=tuple(rows), ended=False, path=told)
        rows.extend(resource.rows_in(page.value))
        if meanwhile is not None and len(pages) == 1:
            yield from meanwhile(page)
        request = following(convention, resource, page) if convention else None
        if request is None and convention and _in_the_dark(convention, resource, page, len(pages)):
            yield Missing(
                reason="its document does not say what leads to the next page",
                supply="conventions: {pagination: {detail: {next: A_MEMBER}}} in vendor.yaml",
            )
        if request is not None and request.target in asked:
            return Walk(pages=tuple(pages), rows=tuple(rows), ended=False, again=True, path=told)
    return Walk(pages=tuple(pages), rows=tuple(rows), ended=request is None, path=told)


def following(convention: Convention, resource: Resource, page: Exchange) -> Request | None:
    """The request for the page after this one; None where it is the last."""
    linked = _linked(page) or _headed(convention, page)
    if linked is not None or convention.style == "link-header":
        return linked
    rows = resource.rows_in(page.value)
    token = str(convention.detail.get("token", ""))
    if not rows or not token or convention.detail.get("in") == "body":
        return None
    said = _plain(_member(page.value, str(convention.detail.get("next", ""))), token)
    if "next" in convention.detail and said in (None, False, "", 0):
        return None
    if isinstance(said, str) and said.startswith(STARTS):
        return _at(page, said)
    step = _step(convention, resource, page, said, rows)
    return None if step is None else _with(page.request, token, step)


def _plain(said: Any, token: str) -> Any:
    """What leads on, where an object tells it: by the parameter's own name, else an address."""
    if not isinstance(said, Mapping):
        return said
    return next((said[name] for name in (token, *ADDRESSES) if said.get(name)), None)


def _step(
    convention: Convention, resource: Resource, page: Exchange, said: Any, rows: tuple[Row, ...]
) -> Any:
    """What the parameter that leads on takes next."""
    token = str(convention.detail.get("token", ""))
    now = dict(parse_qsl(page.request.query)).get(token, "")
    if convention.style == "cursor":
        if said is None or said is True:
            return None if convention.opaque else resource.id_of(rows[-1])
        return said
    whole = _asked_size(convention, page)
    if "next" not in convention.detail and whole and len(rows) < whole:
        return None
    if convention.style == "page":
        return int(now or 1) + 1 if (now or "1").isdigit() else None
    return int(now or 0) + len(rows) if (now or "0").isdigit() else None


def _asked_size(convention: Convention, page: Exchange) -> int:
    named = str(convention.detail.get("size", ""))
    asked = dict(parse_qsl(page.request.query)).get(named, "")
    return int(asked) if asked.isdigit() else 0


def _linked(page: Exchange) -> Request | None:
    """The target of ``rel=next``, taken as it is (RFC 8288, 3.3)."""
    fields = page.response.header_all("link") if page.response else ()
    for target, parameters in LINK.findall(", ".join(fields)):
        if NEXT.search(parameters):
            return _at(page, target)
    return None


def _headed(convention: Convention, page: Exchange) -> Request | None:
    """What a header of its own leads to: an address, or the value of the parameter."""
    told = (page.response.header(name) or "" if page.response else "" for name in HEADERS)
    value = next(filter(None, told), "")
    token = str(convention.detail.get("token", ""))
    if value.startswith(STARTS):
        return _at(page, value)
    return _with(page.request, token, value) if value and token else None


def _in_the_dark(convention: Convention, resource: Resource, page: Exchange, number: int) -> bool:
    """Whether a first page may have a next one to which nothing that is known leads."""
    if convention.style != "cursor" or "next" in convention.detail or not convention.opaque:
        return False
    rows, asked = len(resource.rows_in(page.value)), _asked_size(convention, page)
    return number == 1 and bool(rows) and rows >= (asked or rows)


def _at(page: Exchange, target: str) -> Request | None:
    """A request for an address that the vendor gave; None where it is not the vendor's own."""
    here, there = urlsplit(page.base_url), urlsplit(target)
    if there.netloc and there.netloc != here.netloc:
        return None
    base = here.path.rstrip("/")
    path = there.path or base + page.request.path
    if there.path and base and there.path.startswith(f"{base}/"):
        path = there.path[len(base) :]
    elif not there.path:
        path = page.request.path
    return replace(page.request, path=path, query=there.query)


def _with(request: Request, name: str, value: Any) -> Request:
    kept = [(k, v) for k, v in parse_qsl(request.query, keep_blank_values=True) if k != name]
    return replace(request, query=urlencode([*kept, (name, str(value))], quote_via=quote))


def _member(value: Any, pointer: str) -> Any:
    for name in pointer.split("/") if pointer else ():
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if pointer else None
