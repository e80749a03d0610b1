"""What breaks a path may be meant for another that differs in its variable's name alone."""

from tests.probing.running import run, vendor
from verifier import discovery
from verifier.checks.specimens import ITEMS, Shelf, document

CHECK = discovery.checks()["contract.invalid-input-refused"]


class ByEither(Shelf):
    """Has something for whatever is asked for."""

    def __call__(self, request):
        found = self.json(200, {"id": "1", "name": "a", "created_at": "2026-01-01T00:00:00Z"})
        return found if request.path.startswith("/shop/") else super().__call__(request)


def reported(*names):
    read = ITEMS["paths"]["/items/{id}"]["get"]
    schemas = {"id": {"type": "integer", "example": 7}, "name": {"type": "string", "example": "a"}}
    paths = {}
    for name in names:
        variable = {"name": name, "in": "path", "required": True, "schema": schemas[name]}
        paths[f"/shop/{{{name}}}"] = {"get": {**read, "parameters": [variable]}}
    asks = "GET /shop/{id}"
    whom = vendor(document=document(paths={**ITEMS["paths"], **paths}))
    journal = run(CHECK, items=[(CHECK.id, asks)], cases={asks: 9}, whom=whom, answer=ByEither())
    return [finding.says for outcome in journal.outcomes() for finding in outcome.findings]


def test_a_name_that_is_no_id_may_be_another_paths():
    assert reported("id", "name") == []


def test_a_text_that_is_no_id_must_be_refused_where_no_other_path_takes_it():
    assert any("path id" in says for says in reported("id"))
