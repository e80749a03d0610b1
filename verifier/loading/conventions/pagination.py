"""
How lists are cut into pages: cursor, offset, page number, Link header.

Looks at query parameters (and body members of queries that are POSTed), and at the members of the
answer that hold the items and lead on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from verifier.loading.resources.signs import list_member
from verifier.loading.tally import keys_of, usual
from verifier.loading.view import ContractView, piece_of, word_list, word_set, words
from verifier.model import Convention, Operation

__all__ = ["recognise"]

CURSORS = word_set(
    """
    cursor startingafter endingbefore nexttoken pagetoken nextpagetoken continuationtoken continue
    marker nextmarker nextcursor startcursor aftercursor scrollparam scrollid bookmark
    paginationkey paginationtoken pageafter pagecursor pagebefore sincetoken synctoken
    """
)
MAYBE_CURSORS = word_set("after before position anchor next since from token sinceid startafter")
SIZES = word_set(
    """
    limit perpage pagesize count maxresults maxitems first top rows size take pagelimit resultlimit
    itemsperpage usagelimit max num
    """
)
BACKWARDS = ("before", "ending", "pagebefore", "prev")
OFFSETS = word_set("offset skip startat startindex pageoffset startposition")
PAGES = word_set("page pagenumber pagenum currentpage pageindex pageno p")
NEXT = word_list(
    """
    next_cursor nextcursor next_page_token nextpagetoken next_token nexttoken next_page
    next_page_uri next_page_url nextpage next_url next cursor continue has_more hasmore has_next
    """
)
AROUND = word_list(
    """
    meta metadata pagination paging links _links page_info pages page
    """
)
REASONS = {
    "cursor": "lists take '{token}' to go on from",
    "offset": "lists take '{token}' to skip what was seen",
    "page": "lists take '{token}' as the number of a page",
}


class _Seen(Struct, frozen=True, kw_only=True):
    """What one operation shows."""

    operation: Operation
    style: str
    token: str
    size: str
    items: str
    next: str
    carrier: str


def recognise(view: ContractView) -> Iterable[Convention]:
    """One convention a style, with the names that most operations use."""
    seen = [found for operation in view.operations if (found := _seen(view, operation))]
    for style in ("cursor", "page", "offset"):
        alike = [found for found in seen if found.style == style]
        if alike:
            yield _convention(style, alike)
    yield from _linked(view)


def _seen(view: ContractView, operation: Operation) -> _Seen | None:
    names = _names(view, operation)
    size = next((name for plain, name in names.items() if plain in SIZES), "")
    style, token = _style(names, sized=bool(size))
    if not style:
        return None
    if style != "cursor" and _is_opaque(view, operation, token):
        style = "cursor"
    answer = view.success(operation)
    return _Seen(
        operation=operation,
        style=style,
        token=token,
        size=size,
        items=list_member(view, answer, operation.path.rpartition("/")[2]) if answer else "",
        next=_next(view, operation),
        carrier="query" if operation.method == "GET" else "body",
    )


def _is_opaque(view: ContractView, operation: Operation, token: str) -> bool:
    """Whether an 'offset' or 'page' takes a text: then it is a cursor, whatever its name."""
    for parameter in operation.parameters_in("query"):
        if parameter.name == token and parameter.schema is not None:
            return view.kinds(piece_of(parameter.schema)) - {"null"} == {"string"}
    return False


def _names(view: ContractView, operation: Operation) -> dict[str, str]:
    if operation.method == "GET":
        return {"".join(words(p.name)): p.name for p in operation.parameters_in("query")}
    if operation.method in ("POST", "QUERY") and _next(view, operation):
        return {"".join(words(name)): name for name in view.members(view.body(operation))}
    return {}


def _style(names: dict[str, str], *, sized: bool) -> tuple[str, str]:
    groups = [("cursor", CURSORS), ("page", PAGES), ("offset", OFFSETS)]
    # Words that also mean other things count only beside the size of a page.
    groups += [("cursor", MAYBE_CURSORS), ("offset", frozenset(("start",)))] if sized else []
    for style, known in groups:
        fitting = [plain for plain in names if plain in known]
        if fitting:
            # Of two directions the one that leads on.
            return style, names[min(fitting, key=lambda plain: plain.startswith(BACKWARDS))]
    return "", ""


def _next(view: ContractView, operation: Operation) -> str:
    """The member of the answer that leads on; ``/`` goes down one level."""
    members = view.members(view.success(operation))
    for name in NEXT:
        if name in members:
            return name
    plain = {name.lower(): name for name in members}
    for name in NEXT:
        if name in plain:
            return plain[name]
    for around in AROUND:
        inner = view.members(members[around]) if around in members else {}
        for name in NEXT:
            if name in inner:
                return f"{around}/{name}"
    return ""


def _convention(style: str, alike: list[_Seen]) -> Convention:
    token = usual(found.token for found in alike)
    detail = {
        "token": token,
        "size": usual(found.size for found in alike),
        "items": usual(found.items for found in alike),
        "next": usual(found.next for found in alike),
        "in": usual(found.carrier for found in alike),
    }
    return Convention(
        kind="pagination",
        style=style,
        operations=keys_of(found.operation for found in alike),
        detail={name: value for name, value in detail.items() if value},
        confidence=0.95 if len(alike) > 1 else 0.7,
        reason=REASONS[style].format(token=token) + f" ({len(alike)} operations)",
    )


def _linked(view: ContractView) -> Iterator[Convention]:
    found = [o for o, spec, _ in view.headers().get("link", ()) if spec.status.startswith("2")]
    if found:
        yield Convention(
            kind="pagination",
            style="link-header",
            operations=keys_of(found),
            detail={"header": "Link", "next": "rel=next"},
            confidence=0.9,
            reason=f"answers carry a Link header ({len(keys_of(found))} operations; RFC 8288)",
        )
