"""What an answer says beside its rows: how many there are, and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from verifier.mocking.asked import Asked
from verifier.mocking.english import word_set, words
from verifier.mocking.kinds.schemas import members_of, node_of, types
from verifier.mocking.paging.page import Page
from verifier.mocking.paging.pager import Pager
from verifier.model import Headers, Schema
from verifier.validating import Direction, validator

__all__ = ["around", "link_header", "relative_to"]

DEEPEST = 2
NEXT = word_set(
    """
    next nextcursor nextpagetoken nexttoken nextpage nexturl nextpageuri nextpageurl
    nextlink cursor continue after endcursor marker
    """
)
PREVIOUS = word_set(
    """
    previous prev previouspage previouspageuri prevpage before
    """
)
LEADING = word_set("links pages paging")
LINKS = word_set("href uri url link")
MORE = word_set(
    """
    hasmore hasnext hasnextpage more hasmoreitems
    """
)
TOTALS = word_set(
    """
    total totalcount totalitems totalresults itemcount totalsize
    """
)
SIZES = word_set(
    """
    limit perpage pagesize size maxresults
    """
)
STARTS = word_set(
    """
    offset start skip startat
    """
)
NUMBERS = word_set(
    """
    page currentpage pagenumber pagenum
    """
)
COUNTS = word_set(
    """
    totalpages pages pagecount numpages lastpage
    """
)


def around(
    schema: Schema, asked: Asked, pager: Pager, page: Page, rows: tuple[str, ...]
) -> dict[str, Any]:
    """
    The members of a list's answer, its rows not among them.

    Args:
        rows: Path of the rows: what stands there is left alone.
    """
    return _told(schema, asked, pager, page, rows, 0)


def link_header(asked: Asked, page: Page) -> Headers:
    """The pages that one may turn to, as links (RFC 8288); none where there are none."""
    if not page.turns:
        return ()
    to = _addresses(asked)
    links = [f'<{to(turn)}>; rel="{rel}"' for rel, turn in page.turns.items()]
    return (("Link", ", ".join(links)),)


def relative_to(base: str, told: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """The members of a list's answer, those of the names with paths for addresses of the mock."""
    return {
        name: value.removeprefix(base) if isinstance(value, str) and name in names else value
        for name, value in told.items()
    }


def _told(
    schema: Schema, asked: Asked, pager: Pager, page: Page, rows: tuple[str, ...], depth: int
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    known = members_of(schema)
    for name, member in known.items():
        if rows[:1] == (name,) and len(rows) == 1:
            continue
        judge = validator(member, Direction.RESPONSE)
        for value in _values(name, member, known, asked, pager, page):
            if judge.accepts(value) and not _is_no_number(member, value):
                said[name] = value
                break
        else:
            if depth < DEEPEST and "object" in types(member) and members_of(member):
                inner = rows[1:] if rows[:1] == (name,) else ()
                told = _told(member, asked, pager, page, inner, depth + 1)
                if told or (name.lower() in LEADING and judge.accepts(told)):
                    said[name] = told
    return said


def _is_no_number(member: Schema, value: Any) -> bool:
    """Whether a number is told by what is an object of links, among whose forms is anything."""
    return isinstance(value, int) and types(member) == {"object"}


def _values(
    name: str,
    member: Schema,
    known: Mapping[str, Schema],
    asked: Asked,
    pager: Pager,
    page: Page,
) -> Iterator[Any]:
    plain = "".join(words(name))
    if plain in NEXT:
        yield from _turn(member, asked, page, "next", pager)
    elif plain in PREVIOUS:
        yield from _turn(member, asked, page, "prev", pager)
    elif plain in ("firstpageuri", "first", "lastpageuri", "last", "islast", "lastpage"):
        yield not page.more
        yield from _turn(member, asked, page, plain[:5].rstrip("p"), pager)
    elif plain == "self" or (plain in ("url", "uri") and depthless(known)):
        yield asked.incoming.target
        yield asked.base + asked.incoming.target
    else:
        yield from _numbers(plain, known, pager, page)


def depthless(known: Mapping[str, Schema]) -> bool:
    """Whether members are those of a list's own answer, where ``url`` means the list."""
    return any("".join(words(name)) in MORE | NEXT for name in known)


def _numbers(plain: str, known: Mapping[str, Schema], pager: Pager, page: Page) -> Iterator[Any]:
    if plain in MORE:
        yield page.more
    elif plain in TOTALS:
        yield from (page.total, str(page.total))
    elif plain == "count":
        totals = any("".join(words(name)) in TOTALS for name in known)
        yield len(page.rows) if totals else page.total
    elif plain in SIZES:
        yield page.size
    elif plain in STARTS:
        yield page.start
    elif plain in ("end",):
        yield max(0, page.start + len(page.rows) - 1)
    elif plain in NUMBERS:
        yield pager.number(page.start, page.size)
    elif plain in COUNTS:
        yield -(-page.total // page.size) if page.size else 1


def _turn(member: Schema, asked: Asked, page: Page, rel: str, pager: Pager) -> Iterator[Any]:
    """What leads to another page: an address, a token, a number; nothing where there is none."""
    turn = page.turns.get(rel)
    node = node_of(member)
    example = str(node.get("example", ""))
    is_address = node.get("format") in ("uri", "uri-reference", "url") or "://" in example
    if turn is None:
        yield from (None, "") if rel in ("next", "prev") and not is_address else (None,)
        return
    value = next(iter(turn.values()))
    address = _addresses(asked)(turn)
    relative = address.removeprefix(asked.base)
    if is_address or "/" in example:
        yield relative if example.startswith("/") or not asked.base else address
    if "integer" in types(member) and value.isdecimal():
        yield int(value)
    yield value if pager.cursor else address
    known = member.members()
    if known:
        yield _turn_in(known, turn, address, relative)
    else:
        yield {"href": address}


def _turn_in(
    known: Mapping[str, Schema], turn: Mapping[str, str], address: str, relative: str
) -> dict[str, Any]:
    """What leads to another page where an object tells it, in every way that it knows."""
    said: dict[str, Any] = {}
    for name in known:
        plain = "".join(words(name))
        if name in turn:
            said[name] = turn[name]
        elif plain in LINKS:
            said[name] = address
        elif plain == "path":
            said[name] = relative
    return said


def _addresses(asked: Asked) -> Callable[[Mapping[str, str]], str]:
    """What gives the addresses of other pages of the same list."""
    path, _, query = asked.incoming.target.partition("?")
    sent = [(k, urlencode([(k, v)])) for k, v in parse_qsl(query, keep_blank_values=True)]
    start = f"{asked.base}{path}?"

    def address(turn: Mapping[str, str]) -> str:
        kept = [pair for name, pair in sent if name not in turn]
        return start + "&".join([*kept, urlencode(turn)])

    return address
