"""A pinned copy is the author's bytes, and loads as the same contract."""

import hashlib
import json
from dataclasses import fields

import pytest

from tests.loading.documents import SMALL, no_cache, write
from tests.places import CORPUS, needs_corpus
from verifier.errors import DocumentError
from verifier.loading import Allowance, from_mapping, load, pin
from verifier.model import Contract, Pointer

__all__ = ["no_cache"]


def same(one: Contract, other: Contract) -> None:
    """Everything that two contracts say is equal, but for the identity of their documents."""
    for field in fields(Contract):
        if field.compare and field.name != "document":
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    assert one.document.root == other.document.root
    assert one.document.source == other.document.source
    assert one.document.dialect == other.document.dialect


@pytest.fixture
def tree(tmp_path):
    """A document of several files, one of them outside its folder, and an overlay."""
    folder = tmp_path / "api"
    text = SMALL.replace("#/components/schemas/Order", "parts/order.yaml")
    text = text.replace("total:", "a: {$ref: '../outside.yaml'}\n        total:")
    write(tmp_path, "type: string\n", "outside.yaml")
    write(folder, "type: object\nproperties: {x: {$ref: 'more.json#/X'}}\n", "parts/order.yaml")
    write(folder, '{"X": {"type": "string"}}', "parts/more.json")
    overlay = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n"
    overlay += "  - {target: $.info, update: {title: Bills}}\n"
    laid = write(tmp_path, overlay, "overlay.yaml")
    return load(write(folder, text), overlays=[laid], allow=Allowance(outside=True))


def test_a_copy_is_equal_places_included(tree, tmp_path):
    folder = pin(tree, tmp_path / "pinned", pinned_at="2026-01-02T03:04:05Z")
    copy = load(folder)
    same(tree, copy)
    assert copy.title == "Bills"
    for at in (
        tree.operations[0].at,
        Pointer() / "info" / "title",
        Pointer("parts/more.json", "/X"),
        Pointer("../outside.yaml", "/type"),
    ):
        assert copy.document.place(at) == tree.document.place(at)
        assert copy.document.at(at) == tree.document.at(at)


def test_a_copy_needs_nothing_of_the_original(tree, tmp_path):
    folder = pin(tree, tmp_path / "pinned")
    for path in [*(tmp_path / "api").rglob("*.*"), tmp_path / "outside.yaml"]:
        if path.is_file():
            path.unlink()
    same(tree, load(folder))
    again = pin(load(folder), tmp_path / "again")
    same(tree, load(again))


def test_the_bytes_are_the_authors_and_the_note_tells_where_they_came_from(tmp_path):
    raw = b"\xef\xbb\xbf# a comment\r\n" + SMALL.replace("\n", "\r\n").encode()
    contract = load(write(tmp_path, raw))
    folder = pin(contract, tmp_path / "pinned", pinned_at="2026-01-02T03:04:05Z")
    assert (folder / "openapi.yaml").read_bytes() == raw
    note = json.loads((folder / "source.json").read_text())
    assert note["pinned_at"] == "2026-01-02T03:04:05Z"
    assert note["document"]["location"] == str(tmp_path / "openapi.yaml")
    assert note["document"]["sha256"] == hashlib.sha256(raw).hexdigest()
    assert contract.document.source.digest == note["document"]["sha256"]


def test_a_copy_that_was_changed_is_refused(tree, tmp_path):
    folder = pin(tree, tmp_path / "pinned")
    with (folder / "openapi.yaml").open("a") as file:
        file.write("# changed\n")
    with pytest.raises(DocumentError, match="digest differs") as caught:
        load(folder)
    assert caught.value.mend


def test_a_note_that_leads_elsewhere_is_refused(tree, tmp_path):
    folder = pin(tree, tmp_path / "pinned")
    note = json.loads((folder / "source.json").read_text())
    note["document"]["path"] = "../outside.yaml"
    (folder / "source.json").write_text(json.dumps(note))
    with pytest.raises(DocumentError, match="out of its folder"):
        load(folder)
    (folder / "source.json").write_text(json.dumps({"kind": note["kind"], "document": {}}))
    with pytest.raises(DocumentError, match="incomplete"):
        load(folder)


def test_a_file_that_was_not_pinned_is_looked_for_nowhere(tmp_path):
    text = SMALL.replace("#/components/schemas/Order", "later.yaml")
    contract = load(write(tmp_path, text))
    folder = pin(contract, tmp_path / "pinned")
    write(folder, "type: string\n", "later.yaml")
    schema = load(folder).operations[0].responses[0].media[0].schema
    with pytest.raises(LookupError, match="not in the pinned copy"):
        schema.resolved()


def test_names_that_a_disk_would_not_like_are_kept_otherwise(tmp_path):
    name = "source.json"
    write(tmp_path, '{"type": "string"}', name)
    text = SMALL.replace("#/components/schemas/Order", name)
    contract = load(write(tmp_path, text, "mine.yaml"))
    same(contract, load(pin(contract, tmp_path / "pinned")))


def test_a_document_of_a_program_can_be_pinned(tmp_path):
    contract = from_mapping({"openapi": "3.0.3", "info": {"title": "T"}, "paths": {}})
    copy = load(pin(contract, tmp_path / "pinned"))
    same(contract, copy)


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        "sendgrid/multi-2024-07-09/oas_v3.json",
        "netlify/2026-05-19.yaml",
        "vonage/conversation-2021-07-14.yaml",
    ],
)
def test_real_documents_are_equal_when_pinned(name, tmp_path):
    contract = load(CORPUS / name)
    same(contract, load(pin(contract, tmp_path / "pinned")))
