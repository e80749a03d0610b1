"""A request that makes several things at once has one effect when it makes them once."""

import orjson
import pytest

from tests.probing.running import vendor
from verifier.checks.effects import Census, effects_of
from verifier.model import Exchange, Request, Resource, Response

THINGS = Resource(name="things", list_member="data", id_field="id")


def answered(value):
    response = Response(status=201, body=orjson.dumps(value))
    return Exchange(id="x1", request=Request(method="POST", path="/things"), response=response)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ({"id": "a"}, 1),
        ({"id": "a", "lines": [{"id": "1"}, {"id": "2"}]}, 1),
        ({"data": []}, 1),
        ({"data": [{"id": "a"}, {"id": "b"}]}, 2),
        ({"data": [{"id": "a"}, {"id": "a"}]}, 1),
    ],
)
def test_what_one_request_makes_is_what_one_answer_tells(value, number):
    counting = effects_of(vendor(), THINGS, Census(rows={}, whole=False), [answered(value)], {}, {})
    with pytest.raises(StopIteration) as ended:
        next(counting)
    assert ended.value.value.of_one == number
