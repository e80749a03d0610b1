"""Whether we are told when to slow down, and let recover."""

from tests.mocking.misbehaving.proofs import THREE_A_MINUTE, shows

LEFT, RESET = "X-RateLimit-Remaining", "X-RateLimit-Reset"


def asked(visit, times, as_="full"):
    return [visit.as_(as_).get("/customers") for _ in range(times)]


@shows("remaining-frozen", THREE_A_MINUTE)
def frozen(visit):
    first, second = asked(visit, 2)
    return first.headers[LEFT] == second.headers[LEFT]


@shows("reset-in-milliseconds", THREE_A_MINUTE)
def milliseconds(visit):
    return int(asked(visit, 1)[0].headers[RESET]) > 60


@shows("limit-as-503", THREE_A_MINUTE)
def as_503(visit):
    return [answer.status_code for answer in asked(visit, 4)] == [200, 200, 200, 503]


@shows("limit-lower-than-said", THREE_A_MINUTE)
def lower(visit):
    statuses = [answer.status_code for answer in asked(visit, 4)]
    assert statuses[3] == 429
    return 429 in statuses[:3]


@shows("retry-after-lies", THREE_A_MINUTE)
def lies(visit):
    limited = asked(visit, 4)[-1]
    visit.mock.advance(int(limited.headers["Retry-After"]))
    return asked(visit, 1)[0].status_code == 429


@shows("limited-but-applied", THREE_A_MINUTE)
def applied(visit):
    asked(visit, 3)
    assert visit.create().status_code == 429
    visit.mock.advance(60)
    return visit.count() == 1


@shows("limit-shared", THREE_A_MINUTE)
def shared(visit):
    asked(visit, 3)
    return asked(visit, 1, "other")[0].status_code == 429


PROOFS = [frozen, milliseconds, as_503, lower, lies, applied, shared]
