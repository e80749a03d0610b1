"""The way from one page to the next is the vendor's own, and never made up."""

import orjson
import pytest

from verifier.checks.paged import PAGED
from verifier.checks.paging import following, walk
from verifier.checks.specimens import ITEMS
from verifier.dialects import Listener
from verifier.loading import from_mapping
from verifier.model import Convention, Exchange, Missing, Request, Resource, Response

ITEM_LIST = Resource(name="items", list="GET /items", id_parameter="id", list_member="data")


def page(*headers, rows=3, query="limit=3", **more):
    body = orjson.dumps({"data": [{"id": f"it_{n}"} for n in range(rows)], **more})
    return Exchange(
        id="x1",
        request=Request(method="GET", path="/items", query=query, operation="GET /items"),
        response=Response(status=200, headers=headers, body=body),
        base_url="http://vendor.test/v1",
    )


def paged(token, **detail):
    named = {"token": token, "size": "limit", "items": "data", **detail}
    return Convention(kind="pagination", style="cursor", operations=("GET /items",), detail=named)


def next_of(convention, exchange):
    request = following(convention, ITEM_LIST, exchange)
    return request.query if request else None


def test_an_item_after_which_to_go_on_is_named_by_its_id():
    assert next_of(paged("starting_after"), page()) == "limit=3&starting_after=it_2"
    more = paged("starting_after", next="has_more")
    assert next_of(more, page(has_more=True)) == "limit=3&starting_after=it_2"
    assert next_of(more, page(has_more=False)) is None


@pytest.mark.parametrize("token", ["_token", "page_token", "cursor", "continuationToken"])
def test_a_token_that_the_vendor_makes_is_never_made_of_an_id(token):
    assert next_of(paged(token), page()) is None


def test_a_header_leads_to_the_next_page_as_an_address_or_as_a_value():
    address = "http://vendor.test/v1/items?limit=3&_token=abc"
    assert next_of(paged("_token"), page(("Next-Page", address))) == "limit=3&_token=abc"
    assert next_of(paged("_token"), page(("X-Next-Page", "4"))) == "limit=3&_token=4"
    assert next_of(paged("_token"), page(("X-Next-Page", ""))) is None


def test_an_address_at_another_host_is_not_followed():
    assert next_of(paged("_token"), page(("Next-Page", "http://other.test/items"))) is None


def walked(rows, *headers, size=3):
    """The first thing that a walk asks for after its first page."""
    document = orjson.loads(orjson.dumps(PAGED).replace(b'"next_cursor"', b'"beside"'))
    contract = from_mapping(document)
    flow = walk(contract, contract.resource("items"), size=size, most=3)
    drawn = next(flow)
    assert drawn.query == {"limit": size}
    listed = page(*headers, rows=rows, query=f"limit={size}")
    flow.send(_Drawn(listed.request))
    try:
        return flow.send(listed)
    except StopIteration as done:
        return done.value


class _Drawn:
    def __init__(self, request):
        self.request = request
        self.case = self.draft = self
        self.path = {}


def test_where_nothing_leads_on_from_a_full_page_it_is_asked_what_would():
    step = walked(rows=3)
    assert isinstance(step, Missing)
    assert "conventions" in step.supply


def test_a_page_that_is_not_full_is_the_last_one():
    assert walked(rows=2).ended


@pytest.mark.parametrize(
    ("token", "member", "duty"),
    [
        ("starting_after", "has_more", "Send the last item's id of a page as 'starting_after'"),
        ("starting_after", "", "Send the last item's id of a page as 'starting_after'"),
        ("cursor", "next_cursor", "Send the member next_cursor of a page as 'cursor'"),
        ("_token", "", "Take '_token' as the vendor gives it with a page"),
    ],
)
def test_the_duty_of_a_client_is_what_leads_on_in_fact(token, member, duty):
    text = orjson.dumps(PAGED).replace(b'"cursor"', b'"%s"' % token.encode())
    text = text.replace(b'"next_cursor"', b'"%s"' % (member or "beside").encode())
    dialects = Listener(from_mapping(orjson.loads(text))).dialects(())
    (pages,) = [dialect for dialect in dialects if dialect.kind == "pagination"]
    assert pages.duties[0].startswith(duty)


def test_the_specimen_without_pages_has_no_such_duty():
    kinds = {dialect.kind for dialect in Listener(from_mapping(ITEMS)).dialects(())}
    assert "pagination" not in kinds
