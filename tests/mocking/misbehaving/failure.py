"""Whether a glitch can be told from a mistake, and a refusal leaves nothing behind."""

import httpx

from tests.mocking.misbehaving.proofs import THREE_A_MINUTE, shows

INVALID = {"name": 5, "email": "ada@example.com"}


@shows("error-code-missing")
def without_code(visit):
    return "code" not in visit.client.get("/customers/none").json()


@shows("error-names-nothing")
def nameless(visit):
    refused = visit.client.post("/customers", json=INVALID)
    assert refused.status_code == 422
    return "name" not in refused.text


@shows("error-inside-200")
def inside(visit):
    answer = visit.client.get("/customers/none")
    return answer.status_code == 200 and "error" in answer.json()


@shows("validation-as-500")
def as_500(visit):
    assert visit.create().status_code == 201
    return visit.client.post("/customers", json=INVALID).status_code == 500


@shows("partial-write")
def partial(visit):
    path = visit.customer()
    refused = visit.client.patch(path, json={"name": "Bea", "email": 5})
    assert refused.status_code == 422
    return visit.client.get(path).json()["name"] == "Bea"


@shows("get-has-effect")
def touches(visit):
    path = visit.customer()
    visit.client.get(path)
    return visit.client.get(path).json() != visit.client.get(path).json()


@shows("put-appends")
def appends(visit):
    body = visit.invoice()
    path = f"/invoices/{visit.client.post('/invoices', json=body).json()['id']}"
    first = visit.client.put(path, json=body).json()["note"]
    return visit.client.put(path, json=body).json()["note"] != first


@shows("stale-if-match-applied")
def stale(visit):
    body = visit.invoice()
    made = visit.client.post("/invoices", json=body)
    path, old = f"/invoices/{made.json()['id']}", {"If-Match": made.headers["ETag"]}
    assert visit.client.put(path, json={**body, "note": "one"}, headers=old).status_code == 200
    return visit.client.put(path, json={**body, "note": "two"}, headers=old).status_code == 200


@shows("retry-after-garbage", THREE_A_MINUTE)
def garbled(visit):
    limited = [visit.client.get("/customers") for _ in range(4)][-1]
    assert limited.status_code == 429
    return not limited.headers["Retry-After"].isdecimal()


@shows("hangs")
def hangs(visit):
    for _ in range(30):
        try:
            assert visit.client.get("/customers").status_code == 200
        except httpx.ReadTimeout:
            return True
    return False


@shows("cuts-answers")
def cuts(visit):
    for _ in range(30):
        try:
            assert visit.client.get("/customers").status_code == 200
        except httpx.TransportError:
            return True
    return False


PROOFS = [
    without_code,
    nameless,
    inside,
    as_500,
    partial,
    touches,
    appends,
    stale,
    garbled,
    hangs,
    cuts,
]
