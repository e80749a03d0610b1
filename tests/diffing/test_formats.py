"""A comparison in every format: whole, safe, and small enough to be read."""

import html.parser
import re

import jsonschema
import orjson
import pytest

from tests.diffing.editing import ABSENT, SMALL, compared, edited
from tests.places import SCHEMAS, needs_schemas
from verifier.diffing import render
from verifier.diffing.rendering import known_formats
from verifier.errors import UsageError

ITEM = "/components/schemas/Item"
NULLS = [
    (f"{ITEM}/properties/{n}/type", [t, "null"])
    for n, t in (("name", "string"), ("size", "integer"), ("tags", "array"))
]
HOSTILE = "<script>alert(1)</script>\u202e\x1b[31m::error::%0A](x) | `"


def some():
    return compared(SMALL, edited(*NULLS, ("/paths/~1items~1{id}/delete", ABSENT)))


def hostile():
    name = {"name": HOSTILE, "in": "query", "required": True, "schema": {"type": "string"}}
    title = ("/info/title", HOSTILE)
    return compared(SMALL, edited(title, ("/paths/~1items/get/parameters/2", name)))


@pytest.mark.parametrize("name", known_formats())
def test_every_format_tells_no_change_and_could_not_check_apart(name):
    same = render(compared(SMALL, SMALL), name).decode()
    lost = render(compared(SMALL, edited(("/paths", {}))), name).decode()
    assert same != lost
    assert "no operation" in lost
    assert "no operation" not in same


@pytest.mark.parametrize("name", ["text", "markdown", "html", "github"])
def test_the_same_edit_at_many_places_is_told_once(name):
    told = render(some(), name).decode()
    assert len(re.findall(r"may now be null", told)) <= (3 if name in ("markdown", "html") else 1)
    assert "DELETE /items" in told


@pytest.mark.parametrize("name", known_formats())
def test_nothing_that_a_document_holds_can_do_harm(name):
    told = render(hostile(), name, everything=True).decode()
    if name in ("markdown", "html"):
        assert "<script>alert" not in told
    assert "\x1b" not in told
    if name not in ("json", "sarif"):
        assert "\u202e" not in told
    if name == "github":
        assert all(line.startswith("::") for line in told.splitlines()[:-1])


def test_a_format_that_is_not_known_names_the_known_ones():
    with pytest.raises(UsageError) as caught:
        render(some(), "pdf")
    assert "sarif" in caught.value.mend


def test_annotations_stand_at_the_line_of_the_later_document(tmp_path):
    import verifier

    for name, document in (("old", SMALL), ("new", edited(*NULLS))):
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    found = verifier.diff(tmp_path / "old.json", tmp_path / "new.json")
    first = render(found, "github").decode().splitlines()[0]
    line = int(re.search(r",line=(\d+),", first)[1])
    assert '"name"' in (tmp_path / "new.json").read_text().splitlines()[line - 1]


class Page(html.parser.HTMLParser):
    """Ids, and what is fetched from elsewhere."""

    def __init__(self):
        super().__init__()
        self.ids, self.fetched = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids.append(given["id"]) if "id" in given else None
        self.fetched += [v for k, v in given.items() if k in ("src", "href") and v[:1] != "#"]


def test_the_page_stands_alone_and_every_change_has_an_address():
    page = Page()
    page.feed(render(some(), "html").decode())
    assert page.fetched == []
    assert len(page.ids) == len(set(page.ids))
    assert any(id.startswith("c-") for id in page.ids)


@needs_schemas
def test_sarif_obeys_its_schema():
    path = next(SCHEMAS.rglob("sarif-2.1.0.schema.json"))
    jsonschema.validate(orjson.loads(render(some(), "sarif")), orjson.loads(path.read_bytes()))
