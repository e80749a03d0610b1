"""Whether we can ask, and can be told."""

from tests.mocking.misbehaving.proofs import shows


@shows("page-repeats")
def repeats(visit):
    made = {visit.customer() for _ in range(5)}
    seen = visit.walk(limit=2)
    return len(seen) > len(set(seen)) == len(made)


@shows("page-skips")
def skips(visit):
    made = {visit.customer() for _ in range(5)}
    seen = visit.walk(limit=2)
    return len(set(seen)) < len(made)


@shows("page-loops")
def loops(visit):
    for _ in range(5):
        visit.customer()
    return visit.walk(limit=2)[-1] == "and so on"


@shows("page-shifts-on-insert")
def shifts(visit):
    made = {visit.customer().rpartition("/")[2] for _ in range(6)}
    assert sorted(visit.walk(limit=2)) == sorted(made)
    seen = [id for id in visit.walk(visit.customer, limit=2) if id in made]
    return sorted(seen) != sorted(made)


@shows("limit-ignored")
def ignores(visit):
    for _ in range(5):
        visit.customer()
    return len(visit.page(limit=2)["data"]) != 2


@shows("since-misses-updates")
def misses(visit):
    path = visit.customer()
    visit.mock.advance(100)
    since = "2027-01-15T08:01:00Z"
    assert visit.page(updated_since=since)["data"] == []
    visit.client.patch(path, json={"name": "Bea"})
    later = visit.customer()
    found = {f"/customers/{item['id']}" for item in visit.page(updated_since=since)["data"]}
    assert later in found
    return path not in found


@shows("etag-frozen")
def frozen(visit):
    body = visit.invoice()
    path = f"/invoices/{visit.client.post('/invoices', json=body).json()['id']}"
    first = visit.client.get(path).headers["ETag"]
    visit.client.put(path, json={**body, "note": "another"})
    return visit.client.get(path).headers["ETag"] == first


@shows("list-stale")
def stale(visit):
    path = visit.customer()
    visit.client.patch(path, json={"name": "Bea"})
    assert visit.client.get(path).json()["name"] == "Bea"
    return visit.page()["data"][0]["name"] != "Bea"


PROOFS = [repeats, skips, loops, shifts, ignores, misses, frozen, stale]
