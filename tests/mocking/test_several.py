"""What is done to several things at once is done to those that are named, and to no others."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT = {"type": "string"}
BOX = {"type": "object", "properties": {"id": TEXT, "label": TEXT}}
MANY = {"type": "array", "items": BOX}
IDS = {"type": "array", "items": TEXT}
NAMED = {"name": "ids", "in": "query", "schema": IDS, "explode": False}


def media(schema):
    return {"content": {"application/json": {"schema": schema}}}


def told(schema=None):
    return {"200": {"description": "", **(media(schema) if schema else {})}}


def taking(**members):
    return media({"type": "object", "properties": members})


def query(*names):
    return [{"name": name, "in": "query", "schema": TEXT} for name in names]


class Boxes:
    """A vendor of boxes ``a``, ``b`` and ``c``, and one more operation."""

    def __init__(self, path, method, operation):
        by_id = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
        paths = {
            "/boxes": {
                "post": {"requestBody": media(BOX), "responses": {"201": told(BOX)["200"]}},
                "get": {"parameters": query("label"), "responses": told(MANY)},
            },
            "/boxes/{id}": {"get": {"parameters": by_id, "responses": told(BOX)}},
        }
        paths[path] = {**paths.get(path, {}), method: {"responses": told(), **operation}}
        about = {"openapi": "3.1.0", "info": {"title": "Boxes", "version": "1"}}
        self.asker = Asker(from_mapping({**about, "paths": paths}))
        made = [self.asker.ask("POST", "/boxes", {"label": label})[1] for label in "abc"]
        self.ids = {one["label"]: one["id"] for one in made}

    @property
    def left(self):
        return "".join(one["label"] for one in self.asker.ask("GET", "/boxes")[1])

    def do(self, method, target, body=None):
        status, told, _ = self.asker.ask(method, target.format_map(self.ids), body)
        assert status == 200
        return told


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("/boxes?ids={a},{b}", "c"),
        ("/boxes?ids=nobody", "abc"),
        ("/boxes", "abc"),
    ],
)
def test_a_collection_whose_deletion_takes_ids_loses_those(target, left):
    boxes = Boxes("/boxes", "delete", {"parameters": [NAMED]})
    boxes.do("DELETE", target)
    assert boxes.left == left


@pytest.mark.parametrize(
    ("target", "left"),
    [("/boxes", ""), ("/boxes?label=b", "ac"), ("/boxes?colour=red", "abc")],
)
def test_a_collection_is_deleted_as_far_as_its_filters_are_understood(target, left):
    boxes = Boxes("/boxes", "delete", {"parameters": query("label", "colour")})
    boxes.do("DELETE", target)
    assert boxes.left == left


def test_a_body_that_is_not_understood_removes_nothing():
    body = {**taking(reason=TEXT), "required": True}
    boxes = Boxes("/boxes", "delete", {"requestBody": body})
    boxes.do("DELETE", "/boxes", {"reason": "rain"})
    assert boxes.left == "abc"


@pytest.mark.parametrize("path", ["/boxes/bulk-delete", "/boxes/delete", "/boxes:batchDelete"])
@pytest.mark.parametrize("member", ["ids", "box_ids", "boxes"])
def test_an_action_removes_those_that_a_list_names(path, member):
    boxes = Boxes(path, "post", {"requestBody": taking(**{member: IDS})})
    boxes.do("POST", path, {member: [boxes.ids["a"], boxes.ids["c"], "nobody"]})
    assert boxes.left == "b"


def test_those_that_are_named_are_told_and_no_others():
    operation = {"requestBody": taking(ids=IDS), "responses": told(MANY)}
    boxes = Boxes("/boxes/batch-get", "post", operation)
    found = boxes.do("POST", "/boxes/batch-get", {"ids": [boxes.ids["b"], "nobody"]})
    assert [one["label"] for one in found] == ["b"]
    assert boxes.left == "abc"


def test_several_are_made_at_once():
    operation = {"requestBody": media(MANY), "responses": told(MANY)}
    boxes = Boxes("/boxes/bulk", "post", operation)
    boxes.do("POST", "/boxes/bulk", [{"label": "d"}, {"label": "e"}])
    assert boxes.left == "abcde"
