"""What is created at a collection is found at its own path, whatever the variables are called."""

import pytest

from verifier.model import Resource
from verifier.probing.surroundings import around

REFUND = Resource(
    name="refunds",
    item="/fees/{fee}/refunds/{id}",
    id_parameter="id",
    collection="/fees/{id}/refunds",
)


@pytest.mark.parametrize(
    ("template", "path", "called"),
    [
        ("/fees/{fee}/refunds", {"fee": "f1"}, {"fee": "f1"}),
        ("/refunds/{id}", {"id": "r1"}, {"id": "r1"}),
        ("/fees/{fee}/refunds/{id}", {"fee": "f1", "id": "r1"}, {"fee": "f1", "id": "r1"}),
        ("/fees/{id}/refunds", {"id": "f1"}, {"fee": "f1"}),
    ],
)
def test_a_variable_is_called_as_the_items_path_calls_it(template, path, called):
    assert around(REFUND, template, path) == called
