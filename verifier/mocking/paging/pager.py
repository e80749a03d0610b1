"""Cuts lists into pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from verifier.mocking.english import word_set, words
from verifier.mocking.kinds.schemas import node_of
from verifier.mocking.paging.page import Page
from verifier.mocking.state import Row
from verifier.model import Convention, Operation, Parameter

__all__ = ["NEXT_MARK", "Pager", "pager_of"]

USUAL_SIZE = 20
MOST = 100
# What may follow a token, from a tilde on: it tells nothing, and an address must escape it.
NEXT_MARK = "~Zm9v+/8=="
SIZES = word_set(
    """
    limit perpage pagesize count maxresults size pagelimit maxitems top first rows take
    resultlimit itemsperpage num max
    """
)
OFFSETS = word_set(
    """
    offset skip startat startindex pageoffset startposition
    """
)
PAGES = word_set(
    """
    page pagenumber pagenum currentpage pageno p
    """
)
CURSORS = word_set(
    """
    cursor startingafter pagetoken nexttoken nextpagetoken continuationtoken marker
    nextcursor continue after aftercursor pagecursor bookmark
    """
)
BACKWARDS = word_set(
    """
    endingbefore before pagebefore
    """
)
# What these are given is the id of a thing that was seen, not a token.
BY_ID = word_set(
    """
    startingafter endingbefore startafter afterid sinceid lastid
    """
)


class Pager(Struct, frozen=True, kw_only=True):
    """
    How one list is cut.

    Args:
        cursor, before, offset, page, size: Names of the parameters; empty where there is none.
        usual: How many a page holds where nobody says it.
        most: How many it holds at most.
        first: The number of the first page.
        in_body: Whether the parameters stand in the body.
    """

    cursor: str = ""
    before: str = ""
    offset: str = ""
    page: str = ""
    size: str = ""
    usual: int = USUAL_SIZE
    most: int = MOST
    first: int = 1
    in_body: bool = False

    @property
    def parameters(self) -> frozenset[str]:
        """The names of all of them."""
        named = (self.cursor, self.before, self.offset, self.page, self.size)
        return frozenset(name for name in named if name)

    @property
    def token(self) -> str:
        """The name of a cursor that takes what this mock made up; empty where it takes an id."""
        return "" if "".join(words(self.cursor)) in BY_ID else self.cursor

    @property
    def cuts(self) -> bool:
        """Whether there are pages at all."""
        return bool(self.cursor or self.offset or self.page)

    def cut(self, rows: Sequence[Row], asked: Mapping[str, Any]) -> Page:
        """The page that was asked for."""
        total, cuts = len(rows), self.cuts
        if not cuts and not self.size:
            return Page(rows=rows[:], size=total, total=total)
        size = self._size(asked.get(self.size))
        if not cuts and not self.before:
            return Page(rows=rows[:size], size=size, total=total, here=self._here(asked))
        start = self._start(rows, asked, size)
        chosen = rows[start : start + size]
        after = start + len(chosen)
        token = self._token(chosen[-1], after) if chosen and after < total else ""
        turns = self._turns(start, size, total, token) if cuts else {}
        return Page(
            rows=chosen,
            start=start,
            size=size,
            total=total,
            here=self._here(asked),
            turns=turns,
        )

    def _here(self, asked: Mapping[str, Any]) -> dict[str, str]:
        """The parameters that led to a page."""
        named = (self.cursor, self.before, self.offset, self.page)
        return {name: str(asked[name]) for name in named if name and name in asked}

    def number(self, start: int, size: int) -> int:
        """The number of the page that begins after so many rows."""
        return self.first + (start // size if size else 0)

    def _size(self, wish: Any) -> int:
        if isinstance(wish, int) and not isinstance(wish, bool):
            return max(1, min(self.most, wish))
        return self.usual

    def _start(self, rows: Sequence[Row], asked: Mapping[str, Any], size: int) -> int:
        if self.before and isinstance(asked.get(self.before), str):
            ends = _position(rows, asked[self.before], after=False)
            return max(0, ends - size)
        if self.cursor and asked.get(self.cursor) not in (None, ""):
            return _position(rows, str(asked[self.cursor]), after=True)
        if self.offset and isinstance(asked.get(self.offset), int):
            return max(0, int(asked[self.offset]))
        if self.page and isinstance(asked.get(self.page), int):
            return max(0, (int(asked[self.page]) - self.first) * size)
        return 0

    def _token(self, last: Row, index: int) -> str:
        if not self.cursor:
            return ""
        if not self.token:
            return last.id
        told = f"{last.serial}.{index}".encode()
        return base64.urlsafe_b64encode(told).rstrip(b"=").decode()

    def _turns(self, start: int, size: int, total: int, token: str) -> dict[str, Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {}
        if self.cursor:
            if token:
                found["next"] = {self.cursor: token}
            return found
        last = (total - 1) // size * size if total else 0
        if start + size < total:
            found["next"] = self._at(start + size, size)
        if start > 0:
            found["prev"] = self._at(max(0, start - size), size)
        if total > size:
            found["first"], found["last"] = self._at(0, size), self._at(last, size)
        return found

    def _at(self, start: int, size: int) -> Mapping[str, str]:
        if self.page:
            return {self.page: str(self.number(start, size))}
        return {self.offset: str(start)}


def pager_of(operation: Operation, conventions: Iterable[Convention]) -> Pager:
    """The pager of a list: of its own parameters, named as the document's conventions name them."""
    mine = [c for c in conventions if operation.key in c.operations]
    told = {str(c.detail[n]): n for c in mine for n in ("token", "size") if c.detail.get(n)}
    styles = {str(c.detail.get("token")): c.style for c in mine}
    in_body = any(c.detail.get("in") == "body" for c in mine) and operation.method != "GET"
    found: dict[str, str] = {}
    parameters = {p.name: p for p in operation.parameters_in("query")}
    for name in parameters if not in_body else told:
        role = _role(name, told.get(name, ""), styles.get(name, ""))
        if role:
            found.setdefault(role, name)
    size = parameters.get(found.get("size", ""))
    page = parameters.get(found.get("page", ""))
    return Pager(
        **{role: found.get(role, "") for role in ("cursor", "before", "offset", "page", "size")},
        usual=_number(size, "default", USUAL_SIZE),
        most=max(1, _number(size, "maximum", MOST)),
        first=min(_number(page, "minimum", 1), _number(page, "default", 1)),
        in_body=in_body,
    )


def _role(name: str, told: str, style: str) -> str:
    plain = "".join(words(name))
    if told == "size":
        return "size"
    if told == "token":
        return style if style in ("cursor", "offset", "page") else "cursor"
    groups = ((SIZES, "size"), (OFFSETS, "offset"), (PAGES, "page"), (CURSORS, "cursor"))
    for known, role in (*groups, (BACKWARDS, "before")):
        if plain in known:
            return role
    return ""


def _number(parameter: Parameter | None, keyword: str, otherwise: int) -> int:
    value = node_of(parameter.schema).get(keyword) if parameter is not None else None
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _position(rows: Sequence[Row], token: str, *, after: bool) -> int:
    """How many rows come before (or, going on, up to) the one that a token names."""
    serial, index = _decoded(token)
    for number, row in enumerate(rows):
        if row.id == token or (serial and row.serial == serial):
            return number + 1 if after else number
    if not serial:
        return len(rows) if after else 0
    # Its row is gone: whatever stands where it stood comes next.
    rising = all(one.serial <= two.serial for one, two in pairwise(rows))
    if rising:
        return next((n for n, row in enumerate(rows) if row.serial > serial), len(rows))
    return min(index, len(rows))


def _decoded(token: str) -> tuple[int, int]:
    try:
        plain = token.partition("~")[0]
        told = base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode("ascii")
        serial, _, index = told.partition(".")
        return int(serial), int(index)
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return 0, 0
