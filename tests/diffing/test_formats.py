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
from verifier.jobs import editions

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


def test_what_a_rewritten_schema_loses_is_one_entry_that_names_its_members():
    whole = {n: {"type": "string"} for n in ("code", "kind", "made", "step")}
    was = {"type": "object", "required": list(whole), "properties": whole}
    now = {"type": "object", "properties": {"other": {"type": "string"}}}
    lost = editions.compare(edited((ITEM, was)), edited((ITEM, now)))  # with witnesses
    text = render(lost, "text").decode()
    assert text.count("is no longer sent.") == 1
    assert "and so for 'kind', 'made', 'step' of the same schema (--all tells them)" in text
    assert "without 'code' is allowed now and was not before" in text
    assert (
        "and so for 'kind', 'made', 'step' of the same schema." in render(lost, "github").decode()
    )
    assert text.startswith("Breaking: Small 1\n4 breaking")


def test_two_members_of_one_schema_stay_two_entries():
    lost = compared(
        SMALL, edited((f"{ITEM}/properties/size", ABSENT), (f"{ITEM}/properties/tags", ABSENT))
    )
    assert render(lost, "text").decode().count("is no longer sent.") == 2


def test_a_status_that_replaces_another_is_named_with_it():
    answers = "/paths/~1items/get/responses"
    moved = edited((f"{answers}/202", {"description": "Later."}), (f"{answers}/200", ABSENT))
    assert (
        "The answer 200 is no longer documented; 202 is."
        in render(compared(SMALL, moved), "text").decode()
    )
    gone = edited((f"{answers}/200", ABSENT))
    assert (
        "The answer 200 is no longer documented.\n"
        in render(compared(SMALL, gone), "text").decode()
    )


def test_an_operation_that_is_gone_says_what_that_does():
    text = render(some(), "text").decode()
    assert "because whoever calls it is refused from now on" in text
