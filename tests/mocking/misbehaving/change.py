"""Whether we know before it changes."""

from email.utils import parsedate_to_datetime

from tests.mocking.misbehaving.proofs import shows


def deprecated(visit):
    answer = visit.client.get(f"{visit.customer()}/orders")
    assert answer.status_code == 200
    return answer.headers


@shows("deprecation-unsigned")
def unsigned(visit):
    return "Deprecation" not in deprecated(visit)


@shows("deprecation-as-boolean")
def boolean(visit):
    return deprecated(visit)["Deprecation"] == "true"


@shows("sunset-before-deprecation")
def before(visit):
    headers = deprecated(visit)
    since = int(headers["Deprecation"].lstrip("@"))
    return parsedate_to_datetime(headers["Sunset"]).timestamp() < since


@shows("new-enum-value")
def new_value(visit):
    known = ("lead", "active", "blocked")
    return visit.client.get(visit.customer()).json()["status"] not in known


PROOFS = [unsigned, boolean, before, new_value]
