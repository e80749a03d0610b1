"""What vendors' own client libraries take for granted, and a document only hints at."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def answer(schema):
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def body(schema):
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def envelope(name, schema):
    return {"type": "object", "properties": {name: schema}}


def asker(paths, **schemas):
    about = {"openapi": "3.0.3", "info": {"title": "Cloud", "version": "1"}}
    return Asker(from_mapping({**about, "paths": paths, "components": {"schemas": schemas}}))


ID = [{"name": "server_id", "in": "path", "required": True, "schema": NUMBER}]
SERVER = {"type": "object", "properties": {"id": NUMBER, "name": TEXT, "image_id": TEXT}}


def servers(made, **operations):
    """A vendor of servers, whose creation is answered so."""
    read = {"parameters": ID, "responses": {"200": answer(envelope("server", reference("Server")))}}
    many = envelope("servers", {"type": "array", "items": reference("Server")})
    listed = {"responses": {"200": answer(many)}}
    post = {"requestBody": body(reference("Server")), "responses": {"202": made, "422": answer({})}}
    paths = {
        "/servers": {"post": post, "get": listed},
        "/servers/{server_id}": {"get": read, **operations},
    }
    return paths


def test_one_thing_is_told_where_an_answer_may_hold_one_or_several():
    one = envelope("server", reference("Server"))
    many = envelope("servers", {"type": "array", "items": reference("Server")})
    mock = asker(servers(answer({"oneOf": [one, many]})), Server=SERVER)
    status, told, _ = mock.ask("POST", "/servers", {"name": "web"})
    assert (status, told["server"]["name"]) == (202, "web")
    assert mock.ask("GET", f"/servers/{told['server']['id']}")[1] == told


@pytest.mark.parametrize(
    ("image", "status"), [("7", 422), ("99", 422), ("debian-13", 202)], ids=str
)
def test_what_cannot_be_an_id_is_another_name_and_no_reference_to_nothing(image, status):
    paths = servers(answer(envelope("server", reference("Server"))))
    item = {"type": "object", "properties": {"id": NUMBER, "name": TEXT}}
    number = [{"name": "image_id", "in": "path", "required": True, "schema": NUMBER}]
    told = answer(reference("Image"))
    paths["/images"] = {"post": {"requestBody": body(item), "responses": {"201": told}}}
    paths["/images/{image_id}"] = {"get": {"parameters": number, "responses": {"200": told}}}
    either = {"oneOf": [TEXT, NUMBER]}
    server = {**SERVER, "properties": {**SERVER["properties"], "image_id": either}}
    mock = asker(paths, Server=server, Image=item)
    assert mock.ask("POST", "/servers", {"name": "web", "image_id": image})[0] == status


def test_what_was_deleted_is_not_told_where_an_empty_object_is_documented():
    empty = answer(envelope("server", reference("Nothing")))
    gone = {"parameters": ID, "responses": {"200": empty}}
    made = answer(envelope("server", reference("Server")))
    mock = asker(servers(made, delete=gone), Server=SERVER, Nothing={"type": "object"})
    id = mock.ask("POST", "/servers", {"name": "web"})[1]["server"]["id"]
    assert mock.ask("DELETE", f"/servers/{id}")[:2] == (200, {"server": {}})


def test_a_time_is_told_in_the_form_of_its_example():
    stamp = {"type": "string", "readOnly": True, "example": "/Date(1573755038314+0000)/"}
    server = {**SERVER, "properties": {**SERVER["properties"], "updated_at": stamp}}
    mock = asker(servers(answer(envelope("server", reference("Server")))), Server=server)
    told = mock.ask("POST", "/servers", {"name": "web"})[1]["server"]
    assert told["updated_at"] == f"/Date({int(mock.clock.time * 1000)}+0000)/"


def test_links_among_whose_forms_is_anything_are_links_and_end_on_the_last_page():
    url = {"type": "string", "example": "https://cloud.example/servers?page=2"}
    forms = [{"type": "object", "properties": {"next": url}}, {"properties": {"prev": url}}, {}]
    links = {"type": "object", "properties": {"pages": {"anyOf": forms}}}
    paths = servers(answer(envelope("server", reference("Server"))))
    listed = envelope("servers", {"type": "array", "items": reference("Server")})
    listed["properties"] |= {"links": links}
    pages = [{"name": n, "in": "query", "schema": NUMBER} for n in ("page", "per_page")]
    paths["/servers"]["get"] = {"parameters": pages, "responses": {"200": answer(listed)}}
    mock = asker(paths, Server=SERVER)
    for name in "abc":
        mock.ask("POST", "/servers", {"name": name})
    first = mock.ask("GET", "/servers?per_page=2", Host="mock")[1]["links"]["pages"]
    assert first == {"next": "http://mock/servers?per_page=2&page=2"}
    last = mock.ask("GET", "/servers?per_page=2&page=2", Host="mock")[1]["links"]["pages"]
    assert last == {"prev": "http://mock/servers?per_page=2&page=1"}
    assert mock.ask("GET", "/servers", Host="mock")[1]["links"] == {"pages": {}}
