"""Faults that a client sees in what it is answered: tokens, pages, growth, endings, redirects."""

from email.utils import parsedate_to_datetime

import httpx
import pytest

import verifier
from tests.mocking.directing import NEW, SAMPLE, START, frozen, in_process
from tests.places import ROOT
from verifier.mocking import NEXT_MARK

LINKED = ROOT / "tests" / "rehearsing" / "bench" / "linked.yaml"
CREDENTIALS = {"grant_type": "client_credentials"}


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


@pytest.fixture
def mock(contract):
    return frozen(contract)


def test_an_expired_credential_stays_expired_until_a_fresh_token_is_fetched(mock):
    mock.fail("listCustomers", "expired-credential")
    client_of_it = mock.vendor.vault.clients["mock-client-full"]
    with in_process(mock) as client:
        refused = client.get("/customers")
        assert refused.status_code == 401
        assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
        assert client.get("/customers").status_code == 401
        granted = client.post(
            "/oauth/token", data=CREDENTIALS, auth=(client_of_it.id, client_of_it.secret)
        )
        fresh = {"Authorization": f"Bearer {granted.json()['access_token']}"}
        assert client.get("/customers", headers=fresh).status_code == 200
    assert mock.unconsumed == ()


def test_a_lack_of_scope_names_the_scope_and_passes(mock):
    mock.fail("listCustomers", "insufficient-scope")
    with in_process(mock) as client:
        refused = client.get("/customers")
        assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
        assert 'scope="customers:read"' in refused.headers["WWW-Authenticate"]
        assert client.get("/customers").status_code == 200


@pytest.mark.parametrize(
    ("by", "grown"),
    [
        ("field", lambda was, now: now.keys() - was.keys() == {"added_by_a_later_release"}),
        ("enum", lambda was, now: now["status"] == "a_value_of_a_later_release"),
        ("null", lambda was, now: None in now.values() and now["id"] == was["id"]),
        ("text", lambda was, now: len(now["name"]) > 5000 and now["id"] == was["id"]),
        ("type", lambda was, now: now == was),
    ],
)
def test_one_thing_and_every_thing_of_a_list_grow(mock, by, grown):
    with in_process(mock) as client:
        was = client.post("/customers", json={**NEW, "phone": "+4912345"}).json()
        mock.fail("*Customer*", "growth", times=2, by=by)
        assert grown(was, client.get(f"/customers/{was['id']}").json())
        assert grown(was, client.get("/customers").json()["data"][0])
        assert client.get(f"/customers/{was['id']}").json() == was


def test_what_names_a_thing_does_not_grow():
    mock = frozen(verifier.load(LINKED))
    mock.seed("things", [{"id": "t-1"}])
    mock.fail("listThings", "growth", by="text")
    with in_process(mock) as client:
        things = {thing["id"]: thing for thing in client.get("/things?per_page=99").json()}
    assert len(things["t-1"]["name"]) > 5000


def walk(client, most=20):
    seen, pages, cursor = [], 0, None
    while pages < most:
        page = client.get("/customers", params={"limit": 2, **(cursor or {})}).json()
        seen += [item["id"] for item in page["data"]]
        pages += 1
        if not page["next_cursor"]:
            return seen, pages
        cursor = {"cursor": page["next_cursor"]}
    raise AssertionError("it does not end")


def test_an_empty_page_in_the_middle_loses_nothing(mock):
    with in_process(mock) as client:
        made = [
            client.post("/customers", json={**NEW, "name": str(n)}).json()["id"] for n in range(6)
        ]
        assert walk(client) == (made, 3)
        mock.fail("listCustomers", "empty-page", after=1)
        assert walk(client) == (made, 4)
        mock.fail("listCustomers", "empty-page")
        assert client.get("/customers?limit=2").json()["data"]


@pytest.mark.parametrize(("act", "change"), [("remove", -1), ("create", 1)])
def test_things_come_and_go_while_somebody_pages(mock, act, change):
    with in_process(mock) as client, in_process(mock, "other") as other:
        for number in range(5):
            client.post("/customers", json={**NEW, "name": str(number)})
        other.post("/customers", json=NEW)
        mock.fail("listCustomers", "moving-pages", act=act)
        client.get("/customers?limit=2")
        assert len(client.get("/customers?limit=50").json()["data"]) == 5 + change
        assert len(other.get("/customers").json()["data"]) == 1
    # It was other people's doing, and no effect of the one who looked.
    assert len(mock.ledger.effects("createCustomer")) == len(mock.ledger.effects()) == 6


def test_an_ending_is_announced_in_the_standard_s_own_forms(mock):
    mock.fail("listCustomers", "deprecated", since_days=1, sunset_days=2, successor="/v3/customers")
    with in_process(mock) as client:
        headers = client.get("/customers").headers
        plain = client.get("/customers").headers
    assert headers["Deprecation"] == f"@{int(START) - 86400}"
    assert parsedate_to_datetime(headers["Sunset"]).timestamp() == START + 2 * 86400
    assert headers["Link"] == '</v3/customers>; rel="successor-version"'
    assert headers["Warning"] == '299 - "this operation is deprecated"'
    assert not {"deprecation", "sunset", "warning"} & set(plain)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_where_it_is_told_with_what_was_asked(mock, status):
    mock.fail("*", "redirect", status=status, location="http://elsewhere.test{target}")
    with in_process(mock) as client:
        answer = client.get("/customers?limit=2", follow_redirects=False)
    assert answer.status_code == status
    assert answer.headers["Location"] == "http://elsewhere.test/customers?limit=2"
    assert answer.next_request.url == httpx.URL("http://elsewhere.test/customers?limit=2")


def test_a_redirect_after_the_deed_leads_to_what_was_made(mock):
    mock.fail("createCustomer", "redirect", status=303, location="{made}", committed=True)
    with in_process(mock) as client:
        made = client.post("/customers", json=NEW, follow_redirects=True)
        assert made.json()["name"] == NEW["name"]
        assert client.get("/customers").json()["data"] == [made.json()]
        mock.fail("createCustomer", "redirect", status=303, location="{made}", committed=True)
        assert client.post("/customers", json={"name": 7}).status_code == 422


def test_the_next_page_is_named_oddly_and_is_there(mock):
    with in_process(mock) as client:
        made = [
            client.post("/customers", json={**NEW, "name": str(n)}).json()["id"] for n in range(6)
        ]
        mock.fail("listCustomers", "next-link")
        named = client.get("/customers?limit=2").json()["next_cursor"]
        assert named.endswith(NEXT_MARK)
        mock.fail("listCustomers", "next-link", times=0)
        assert walk(client) == (made, 3)
        assert client.get("/customers?limit=50").json()["next_cursor"] is None


@pytest.mark.parametrize("by", ["mark", "host"])
def test_a_link_to_the_next_page_is_told_oddly_or_leads_to_another_host(by):
    mock = frozen(verifier.load(LINKED))
    mock.seed("things", [{}] * 5)
    mock.fail("listThings", "next-link", by=by, origin="http://elsewhere.test")
    with in_process(mock) as client:
        link = client.get("/things?per_page=2").links["next"]["url"]
        plain = client.get("/things?per_page=2").links["next"]["url"]
        if by == "host":
            assert link == plain.replace(str(client.base_url).rstrip("/"), "http://elsewhere.test")
        else:
            assert httpx.URL(link).params["cursor"].endswith(NEXT_MARK)
            assert client.get(link).json() == client.get(plain).json() != []
