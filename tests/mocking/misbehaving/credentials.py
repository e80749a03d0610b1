"""Whether strangers are kept out, and the smallest key is enough."""

from tests.mocking.directing import NEW
from tests.mocking.misbehaving.proofs import shows


@shows("expired-accepted")
def expired(visit):
    assert visit.page()["data"] == []
    visit.mock.vendor.vault.expire("full", visit.mock.clock.now())
    return visit.client.get("/customers").status_code == 200


@shows("revocation-slow")
def slow(visit):
    visit.mock.vendor.vault.revoke("full")
    at_once = visit.client.get("/customers").status_code
    visit.mock.advance(90)
    assert visit.client.get("/customers").status_code == 401
    return at_once == 200


@shows("read-scope-writes")
def writes(visit):
    assert visit.as_("reader").get("/customers").status_code == 200
    return visit.as_("reader").post("/customers", json=NEW).status_code == 201


@shows("item-unscoped")
def unscoped(visit):
    token = visit.client.post(
        "/oauth/token",
        data={"grant_type": "client_credentials", "scope": "orders:read"},
        headers={"Authorization": ""},
        auth=("mock-client-full", visit.mock.vendor.vault.clients["mock-client-full"].secret),
    ).json()["access_token"]
    path, headers = visit.customer(), {"Authorization": f"Bearer {token}"}
    assert visit.client.get("/customers", headers=headers).status_code == 403
    return visit.client.get(path, headers=headers).status_code == 200


@shows("scope-overdemanded")
def overdemanded(visit):
    assert visit.client.get("/customers").status_code == 200
    return visit.as_("reader").get("/customers").status_code == 403


@shows("cross-tenant-read")
def read_across(visit):
    path = visit.customer()
    assert visit.as_("other").get("/customers").json()["data"] == []
    return visit.as_("other").get(path).status_code == 200


@shows("cross-tenant-list")
def list_across(visit):
    path = visit.customer()
    assert visit.as_("other").get(path).status_code == 404
    return visit.as_("other").get("/customers").json()["data"] != []


@shows("key-in-query")
def in_query(visit):
    token = visit.mock.secrets["full"]["token"]
    bare = {"Authorization": ""}
    assert visit.client.get("/customers?api_key=wrong", headers=bare).status_code == 401
    return visit.client.get(f"/customers?api_key={token}", headers=bare).status_code == 200


@shows("echoes-token")
def echoes(visit):
    wrong = {"Authorization": "Bearer a-token-of-mine"}
    refused = visit.client.get("/customers", headers=wrong)
    assert refused.status_code == 401
    return "a-token-of-mine" in refused.text


@shows("token-cacheable")
def cacheable(visit):
    answer = visit.client.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=("mock-client-full", visit.mock.vendor.vault.clients["mock-client-full"].secret),
    )
    assert answer.json()["access_token"]
    return "no-store" not in answer.headers["Cache-Control"]


@shows("token-ends-others")
def ends_others(visit):
    client = ("mock-client-full", visit.mock.vendor.vault.clients["mock-client-full"].secret)

    def token():
        data = {"grant_type": "client_credentials"}
        return visit.client.post("/oauth/token", data=data, auth=client).json()["access_token"]

    def status(token):
        headers = {"Authorization": f"Bearer {token}"}
        return visit.client.get("/customers", headers=headers).status_code

    first = token()
    assert status(first) == 200
    second = token()
    assert status(second) == 200
    return status(first) == 401


PROOFS = [
    expired,
    slow,
    writes,
    unscoped,
    overdemanded,
    read_across,
    list_across,
    in_query,
    echoes,
    cacheable,
    ends_others,
]
