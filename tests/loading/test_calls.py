"""Kinds of things that are reached by calls are recognised by what calls take and tell."""

import pytest

from tests.loading.documents import cpu_within
from tests.mocking.rooms import PATHS, ROOMS, call, many, one, told
from verifier.loading import from_mapping

TEXT = {"type": "string"}


def calls_of(paths, **beside):
    return {r.name: r for r in from_mapping({**ROOMS, "paths": paths, **beside}).calls}


@pytest.mark.parametrize(
    "path",
    ["/openapi.json", "/robots.txt", "/v1.0/rooms", "/rooms.{format}", "/rooms/{room}", "/rooms"],
)
def test_what_has_a_dot_in_its_path_for_another_reason_is_no_call(path):
    assert calls_of({path: call("get", told(room=one("Room")), room=TEXT)}) == {}


def test_calls_are_no_resources_of_whoever_asks_by_path():
    assert from_mapping(ROOMS).resources == ()


def test_a_kind_is_what_calls_tell_and_an_id_what_those_about_one_take():
    found = calls_of(PATHS)
    assert {name: (r.item, r.id_field, r.parent) for name, r in found.items()} == {
        "rooms": ("/rooms.info?room={room}", "id", ""),
        "lines": ("/talk.update?room={room}&ts={ts}", "ts", "rooms"),
        "people": ("/people.info?person={person}", "id", ""),
    }
    assert found["lines"].list == "GET /rooms.history"
    assert found["people"].create == ""


def test_one_argument_goes_by_several_names():
    paths = {**PATHS, "/talk.link": call("get", told(url=TEXT), room=TEXT, line_ts=TEXT)}
    lines, rooms = calls_of(paths)["lines"], calls_of(paths)["rooms"]
    assert lines.calls["GET /talk.link"].arguments == {"room": "room", "ts": "line_ts"}
    assert rooms.calls["POST /admin.rooms.delete"].arguments == {"room": "room_id"}
    assert rooms.calls["POST /admin.rooms.create"].tells == {"room_id": "room"}


def test_things_in_an_envelope_of_no_name_are_those_of_the_call_s_noun():
    paths = {
        "/rooms.create": call("post", told(data=one("Room")), name=TEXT),
        "/rooms.info": call("post", told(data=one("Room")), id=TEXT),
        "/rooms.list": call("post", told(data=many("Room"))),
        "/rooms.delete": call("post", told(), id=TEXT),
        "/people.info": call("post", told(data=one("Person")), id=TEXT),
        "/people.list": call("post", told(data=many("Person"))),
    }
    found = calls_of(paths)
    assert {name: (r.item, r.envelope) for name, r in found.items()} == {
        "rooms": ("/rooms.info?id={id}", "data"),
        "people": ("/people.info?id={id}", "data"),
    }
    assert [c.role for c in found["rooms"].calls.values()] == ["create", "read", "list", "delete"]


@pytest.mark.parametrize("as_spelled", ["/v1/{}/{}", "/api/v2.1/{}/{}"])
def test_a_document_of_names_without_dots_is_made_of_calls_as_well(as_spelled):
    def spelled(path):
        noun, _, deed = path.strip("/").rpartition(".")
        return as_spelled.format(noun.replace(".", "/"), deed)

    found = calls_of({spelled(path): operations for path, operations in PATHS.items()})
    assert {name: tuple(r.calls[key].role for key in r.calls) for name, r in found.items()} == {
        name: tuple(r.calls[key].role for key in r.calls) for name, r in calls_of(PATHS).items()
    }


def test_a_verb_and_a_noun_in_one_word_make_a_call():
    paths = {
        "/createRoom": call("post", told(result=one("Room")), name=TEXT),
        "/getRoom": call("get", told(result=one("Room")), room_id=TEXT),
        "/listRooms": call("get", told(result=many("Room"))),
        "/renameRoom": call("post", told(result=one("Room")), room_id=TEXT, name=TEXT),
        "/sendLine": call("post", told(result=one("Line")), room_id=TEXT, text=TEXT),
        "/editLine": call("post", told(result=one("Line")), room_id=TEXT, ts=TEXT, text=TEXT),
        "/deleteLine": call("post", told(), room_id=TEXT, ts=TEXT),
    }
    found = {name: (r.item, r.parent) for name, r in calls_of(paths).items()}
    assert found == {
        "room": ("/getRoom?room_id={room_id}", ""),
        "line": ("/editLine?room_id={room_id}&ts={ts}", "room"),
    }


def test_calls_are_understood_in_a_time_that_grows_with_their_number_alone():
    paths = {
        path.replace(".", f"{number}.", 1): told
        for number in range(90)
        for path, told in PATHS.items()
    }
    with cpu_within(3):
        found = calls_of(paths)
    assert sum(len(resource.calls) for resource in found.values()) > 900


def test_few_deeds_among_paths_of_things_are_no_calls():
    item = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}]}
    things = {f"/{noun}/{{id}}": {**call("get", one("Room")), **item} for noun in ("a", "b", "c")}
    assert calls_of({**things, "/rooms/create": call("post", told(room=one("Room")))}) == {}


def test_what_makes_the_thing_of_another_id_than_it_tells_is_that_one_s():
    later = {"type": "array", "items": {"type": "object", "properties": {"id": TEXT, "text": TEXT}}}
    paths = {
        **PATHS,
        "/talk.scheduleLine": call(
            "post", told(line=one("Line"), scheduled_line_id=TEXT), room=TEXT, text=TEXT
        ),
        "/talk.scheduledLines.list": call("get", told(scheduled_lines=later), room=TEXT),
        "/talk.deleteScheduledLine": call("post", told(), room=TEXT, scheduled_line_id=TEXT),
    }
    found = calls_of(paths)
    assert found["scheduledLines"].create == "POST /talk.scheduleLine"
    assert found["scheduledLines"].parent == "rooms"
    assert "POST /talk.scheduleLine" not in found["lines"].calls


def test_what_tells_another_kind_s_things_by_their_own_id_keeps_none():
    shown = {"type": "object", "properties": {"id": TEXT, "marks": many("Line")}}
    marks = {"/marks.get": call("get", told(person=shown), person=TEXT, room=TEXT)}
    assert calls_of({**PATHS, **marks}).keys() == calls_of(PATHS).keys()


def test_what_one_is_made_of_does_not_name_it():
    view = {"type": "object", "properties": {"id": TEXT, "title": TEXT}}
    paths = {
        "/views.open": call("post", told(view=view), view=TEXT),
        "/views.update": call("post", told(view=view), view=TEXT, view_id=TEXT),
        "/views.close": call("post", told(), view_id=TEXT),
    }
    calls = calls_of(paths)["views"].calls
    assert {key: dict(one.arguments) for key, one in calls.items()} == {
        "POST /views.open": {},
        "POST /views.update": {"view_id": "view_id"},
        "POST /views.close": {"view_id": "view_id"},
    }
