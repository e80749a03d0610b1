"""What was made of a file tells what the file was."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
FILE = {"type": "string", "format": "binary"}
PICTURE = (
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22.png"\r\n'
    "Content-Type: image/png\r\n\r\nabcde\r\n"
)
TITLE = '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nMine\r\n'


def kept(*parts, **members):
    """What is kept of an upload, and told when it is read."""
    shape = {"type": "object", "properties": {"id": TEXT, **members}, "required": ["id", *members]}
    told = {"description": "", "content": {"application/json": {"schema": shape}}}
    sent = {"type": "object", "properties": {"file": FILE, "other": FILE, "name": TEXT}}
    by_id = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
    paths = {
        "/files": {
            "post": {
                "requestBody": {"content": {"multipart/form-data": {"schema": sent}}},
                "responses": {"201": told},
            }
        },
        "/files/{id}": {"get": {"parameters": by_id, "responses": {"200": told}}},
    }
    about = {"openapi": "3.1.0", "info": {"title": "Files", "version": "1"}}
    asker = Asker(from_mapping({**about, "paths": paths}))
    body = "".join(parts) + "--x--\r\n"
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    status, made, _ = asker.ask("POST", "/files", body.encode(), **form)
    assert status == 201
    assert asker.ask("GET", f"/files/{made['id']}")[1] == made
    return [made[name] for name in members]


@pytest.mark.parametrize("name", ["filename", "file_name", "name"])
@pytest.mark.parametrize("size", ["size", "size_bytes", "bytes"])
@pytest.mark.parametrize("kind", ["mime_type", "contentType"])
def test_a_file_s_name_size_and_type_are_told(name, size, kind):
    told = kept(PICTURE, **{name: TEXT, size: NUMBER, kind: TEXT})
    assert told == ['a "b".png', 5, "image/png"]


def test_what_was_given_is_not_the_file_s():
    assert kept(PICTURE, TITLE, name=TEXT) == ["Mine"]


def test_a_size_that_is_no_number_is_none_of_the_file_s():
    assert kept(PICTURE, size={"type": "string", "enum": ["large"]}) == ["large"]


def test_the_name_of_a_form_is_no_form():
    told = {"type": "object", "properties": {"id": TEXT, "name": TEXT}}
    answer = {"description": "", "content": {"application/json": {"schema": told}}}
    paths = {"/files": {"post": {"responses": {"201": answer}}}}
    about = {"openapi": "3.1.0", "info": {"title": "Files", "version": "1"}}
    asker = Asker(from_mapping({**about, "paths": paths}))
    assert asker.ask("POST", "/files", b"", **{"Content-Type": "multipart/form-data"})[0] == 201
    assert asker.ask("POST", "/files", b"x", **{"Content-Type": "multipart/form-data"})[0] == 400


def test_of_two_files_neither_is_told():
    other = PICTURE.replace('name="file"', 'name="other"')
    assert kept(PICTURE, other, size=NUMBER) != [5]
