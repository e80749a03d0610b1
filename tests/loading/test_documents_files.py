"""References across files: followed in the document's folder, nowhere else unless allowed."""

import os

import pytest

from tests.loading.documents import SMALL, no_cache, write
from verifier.loading import Allowance, load
from verifier.loading.bounds import LARGEST_TREE_BYTES, MOST_FILES
from verifier.loading.files import Files
from verifier.loading.sheet import read_sheet
from verifier.loading.shelves import FolderShelf
from verifier.model import Pointer, UnresolvedReference

__all__ = ["no_cache"]

SCHEMA = Pointer() / "components" / "schemas" / "Order"


def document_with(folder, reference, name="openapi.yaml", **options):
    """A document whose schema is one reference."""
    head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
    text = f"{head}components: {{schemas: {{Order: {{$ref: '{reference}'}}}}}}\n"
    return load(write(folder, text, name), **options).document


def followed(document):
    """What the reference leads to, and its address."""
    return document.resolve(document.at(SCHEMA), SCHEMA)


def test_a_file_beside_and_one_below_are_followed_from_where_they_stand(tmp_path):
    write(tmp_path, "Order: {$ref: '../common.yaml#/Text'}\n", "parts/schemas.yaml")
    write(tmp_path, '{"Text": {"type": "string"}}', "common.yaml")
    document = document_with(tmp_path, "parts/schemas.yaml#/Order")
    value, at = followed(document)
    assert value == {"type": "string"}
    assert at == Pointer("common.yaml", "/Text")
    assert str(document.place(at)) == f"{tmp_path / 'common.yaml'}:1"


def test_a_file_may_lead_back_to_the_document_itself(tmp_path):
    write(tmp_path, "A: {$ref: 'openapi.yaml#/info'}\n", "back.yaml")
    document = document_with(tmp_path, "./back.yaml#/A")
    value, at = followed(document)
    assert value["title"] == "T"
    assert document.place(at).line == 2
    assert document.place(at).file == str(tmp_path / "openapi.yaml")


def test_names_with_spaces_and_percent_signs_are_found(tmp_path):
    write(tmp_path, "type: string\n", "my schema.yaml")
    assert followed(document_with(tmp_path, "my%20schema.yaml")).value == {"type": "string"}


def test_a_reference_that_goes_round_across_files_ends(tmp_path):
    write(tmp_path, "B: {$ref: 'openapi.yaml#/components/schemas/Order'}\n", "b.yaml")
    with pytest.raises(UnresolvedReference, match="circle"):
        followed(document_with(tmp_path, "b.yaml#/B"))


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("../outside.yaml#/A", "outside"),
        ("parts/../../outside.yaml", "outside"),
        ("%2e%2e/outside.yaml", "outside"),
        ("/etc/passwd", "outside"),
        ("//example.com/x.yaml", "outside"),
        ("link.yaml", "outside"),
        ("linked/secret.yaml", "outside"),
        ("file:///etc/passwd", "neither"),
        ("https://example.com/x.yaml#/A", "network"),
        ("http://user:pw@example.com/x.yaml", "network"),
        ("missing.yaml", "does not exist"),
        ("parts", "does not exist|folder"),
        ("a%00b.yaml", "no name"),
        ("broken.yaml", "broken.yaml:1:5.*mapping values"),
        ("page.yaml", "web page"),
        ("fine.yaml#/nothing", "nothing stands"),
        ("#/nothing", "nothing stands"),
        ("list.yaml#/-1", "nothing stands"),
        ("list.yaml#/9", "nothing stands"),
        ("list.yaml#/x", "nothing stands"),
        ("#nowhere", "no JSON pointer"),
    ],
)
def test_what_may_not_or_can_not_be_read_says_why(tmp_path, reference, says):
    folder = tmp_path / "inner"
    write(tmp_path, "A: {type: string}\n", "outside.yaml")
    write(tmp_path, "type: string\n", "other/secret.yaml")
    write(folder, "a: b: c\n", "broken.yaml")
    write(folder, "<html>", "page.yaml")
    write(folder, "a: 1\n", "fine.yaml")
    write(folder, "[1, 2]\n", "list.yaml")
    os.symlink(tmp_path / "outside.yaml", folder / "link.yaml")
    os.symlink(tmp_path / "other", folder / "linked")
    document = document_with(folder, reference)
    for _ in range(2):
        with pytest.raises(UnresolvedReference, match=says) as caught:
            followed(document)
    assert "pw@" not in str(caught.value)


def test_outside_is_followed_where_that_is_allowed(tmp_path):
    write(tmp_path, "A: {$ref: 'beside.yaml#/B'}\n", "outside.yaml")
    write(tmp_path, "B: {type: string}\n", "beside.yaml")
    folder = tmp_path / "inner"
    folder.mkdir()
    os.symlink(tmp_path / "outside.yaml", folder / "link.yaml")
    allow = Allowance(outside=True)
    value, at = followed(document_with(folder, "../outside.yaml#/A", allow=allow))
    assert (value, at) == ({"type": "string"}, Pointer("../beside.yaml", "/B"))
    write(folder, "B: {type: integer}\n", "beside.yaml")
    linked = document_with(folder, "link.yaml#/A", name="o.yaml", allow=allow)
    assert followed(linked).value == {"type": "integer"}


def test_a_link_to_the_document_itself_is_the_users_own(tmp_path):
    write(tmp_path / "real", SMALL)
    os.symlink(tmp_path / "real" / "openapi.yaml", tmp_path / "alias.yaml")
    assert load(tmp_path / "alias.yaml").problems == ()


def test_names_that_a_document_gives_itself_need_no_network(tmp_path):
    text = """\
openapi: 3.2.0
$self: https://example.com/api/orders
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Order: {$ref: 'https://example.com/api/orders#/components/schemas/Total'}
    Line: {$ref: 'https://example.com/line'}
    Total: {$id: 'https://example.com/line', type: integer}
"""
    document = load(write(tmp_path, text)).document
    for name in ("Order", "Line"):
        at = Pointer() / "components" / "schemas" / name
        assert document.resolve(document.at(at), at).value["type"] == "integer"


def test_a_key_that_stands_twice_in_a_further_file_is_a_problem(tmp_path):
    write(tmp_path, "get:\n  responses: {}\nget:\n  responses: {}\n", "item.yaml")
    text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: item.yaml}}\n"
    contract = load(write(tmp_path, text))
    (problem,) = (p for p in contract.problems if "twice" in p.says)
    assert str(contract.document.place(problem.at)) == f"{tmp_path / 'item.yaml'}:3"


class Endless:
    """A shelf on which every name has a file."""

    location, entry, overlays = "endless", "openapi.yaml", ()

    def __init__(self, size_bytes):
        self.size_bytes = size_bytes

    def entry_bytes(self):
        return b"a: 1"

    def take(self, name):
        return b"a: " + b"x" * self.size_bytes, name


def test_files_are_bounded_in_number():
    files = Files(Endless(1), read_sheet(b"a: 1", "endless"), {})
    for index in range(MOST_FILES):
        files._sheets[str(index)] = UnresolvedReference("counted")
    with pytest.raises(UnresolvedReference, match="one file more"):
        files.read("another")


def test_files_are_bounded_in_bytes_together():
    files = Files(Endless(1), read_sheet(b"a: 1", "endless"), {})
    files._bytes_read = LARGEST_TREE_BYTES
    with pytest.raises(UnresolvedReference, match="larger than 256 MiB"):
        files.read("another")


def test_a_file_is_read_once(tmp_path, monkeypatch):
    write(tmp_path, "A: {type: string}\n", "once.yaml")
    document = document_with(tmp_path, "once.yaml#/A")
    first = followed(document).value
    (tmp_path / "once.yaml").unlink()
    assert followed(document).value is first


def test_opening_a_document_reads_no_schema_file(tmp_path):
    taken = []
    take = FolderShelf.take

    class Watched(FolderShelf):
        def take(self, name):
            taken.append(name)
            return take(self, name)

    write(tmp_path, "A: {type: string}\n", "schemas.yaml")
    text = SMALL.replace("#/components/schemas/Order", "schemas.yaml#/A")
    path = write(tmp_path, text)
    shelf = Watched(path, Allowance())
    sheet = read_sheet(shelf.entry_bytes(), str(path))
    files = Files(shelf, sheet, sheet.root)
    assert taken == []
    assert files.read("schemas.yaml") == {"A": {"type": "string"}}
    assert files.read("schemas.yaml")
    assert taken == ["schemas.yaml"]
