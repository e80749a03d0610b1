"""A vendor that is called by names keeps what its calls are about."""

from copy import deepcopy

import pytest

from tests.mocking.asking import Asker
from tests.mocking.rooms import ROOMS, call, one, told
from verifier.loading import from_mapping
from verifier.mocking.explaining import explain
from verifier.model import MockProfile, Seed

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UNDOCUMENTED = "X-Verifier-Undocumented"


@pytest.fixture
def asker():
    return Asker(from_mapping(ROOMS))


@pytest.fixture
def room(asker):
    return asker.ask("POST", "/rooms.create", {"name": "general"})[1]["room"]["id"]


def asked(asker, target):
    return asker.ask("GET", target)[1]


def say(asker, name_, **arguments):
    status, answer, _ = asker.ask("POST", f"/{name_}", arguments)
    return answer if status == 200 else answer["error"]


def test_what_tells_nothing_that_is_kept_stays_an_example(asker):
    told = {one.operation.path: one.state for one in explain(asker.mock)}
    assert [path for path, state in told.items() if not state] == ["/auth.test"]


def test_what_a_call_makes_the_others_tell_change_and_remove(asker, room):
    kept = asked(asker, f"/rooms.info?room={room}")["room"]
    assert kept["name"] == "general"
    assert asked(asker, "/rooms.list")["rooms"] == [kept]
    renamed = say(asker, "rooms.rename", room=room, name="other")["room"]
    assert renamed == {**kept, "name": "other"}
    assert say(asker, "rooms.setTopic", room=room, topic="tea")["room"]["topic"]["value"] == "tea"
    for name, archived in (("rooms.archive", True), ("rooms.unarchive", False)):
        assert say(asker, name, room=room) == {"ok": True}
        assert asked(asker, f"/rooms.info?room={room}")["room"]["is_archived"] is archived
    assert say(asker, "admin.rooms.delete", room_id=room) == {"ok": True}
    assert asked(asker, "/rooms.list")["rooms"] == []


def test_a_call_that_tells_only_an_id_makes_the_thing_of_that_id(asker):
    made = say(asker, "admin.rooms.create", name="quiet")["room_id"]
    assert asked(asker, f"/rooms.info?room={made}")["room"]["name"] == "quiet"


def test_what_is_said_is_found_where_it_was_said_and_nowhere_else(asker, room):
    first = say(asker, "talk.postLine", room=room, text="hello")
    assert (first["room"], first["line"]["text"]) == (room, "hello")
    reply = say(asker, "talk.postLine", room=room, text="hi", thread_ts=first["ts"])
    other = say(asker, "rooms.create", name="other")["room"]["id"]
    say(asker, "talk.postLine", room=other, text="elsewhere")
    said = asked(asker, f"/rooms.history?room={room}")["lines"]
    assert [line["ts"] for line in said] == [first["ts"], reply["ts"]]
    thread = asked(asker, f"/rooms.replies?room={room}&ts={first['ts']}")["lines"]
    assert [line["text"] for line in thread] == ["hello", "hi"]
    changed = say(asker, "talk.update", room=room, ts=first["ts"], text="bye")
    assert changed == {"ok": True, "room": room, "ts": first["ts"]}
    say(asker, "talk.delete", room=room, ts=reply["ts"])
    assert [line["text"] for line in asked(asker, f"/rooms.history?room={room}")["lines"]] == [
        "bye"
    ]


def test_what_is_not_there_is_refused_in_the_document_s_words(asker, room):
    assert asked(asker, "/rooms.info?room=R0000") == {"ok": False, "error": "room_not_found"}
    assert say(asker, "talk.postLine", room="R0000", text="x") == "room_not_found"
    assert say(asker, "talk.delete", room=room, ts="1700000000.000001") == "line_not_found"
    assert asked(asker, "/people.info?person=nobody")["error"] == "person_not_found"


def test_a_call_that_names_nothing_tells_an_example_or_the_thing_of_whoever_asks(asker, room):
    assert asked(asker, "/rooms.info")["ok"] is True
    assert asked(asker, "/people.info")["person"] in asked(asker, "/people.list")["members"]


def test_a_thing_looks_as_an_example_shows_it_and_says_where_it_is():
    shown = {"id": "R0AB12CD", "name": "den", "is_archived": True, "topic": {"value": "rain"}}
    document = deepcopy(ROOMS)
    line = document["components"]["schemas"]["Line"]
    line["properties"]["room_id"] = {"type": "string"}
    answer = document["paths"]["/rooms.info"]["get"]["responses"]["200"]["content"]
    answer["application/json"]["example"] = {"ok": True, "room": shown}
    asker = Asker(from_mapping(document))
    room = say(asker, "rooms.create", name="general")["room"]
    assert room == {**shown, "id": room["id"], "name": "general"}
    assert room["id"] != shown["id"]
    assert say(asker, "talk.postLine", room=room["id"], text="x")["line"]["room_id"] == room["id"]


def test_a_name_that_the_errors_call_taken_is_given_once(asker, room):
    assert say(asker, "rooms.create", name="general") == "name_taken"
    other = say(asker, "rooms.create", name="other")["room"]["id"]
    say(asker, "admin.rooms.delete", room_id=other)
    assert say(asker, "rooms.create", name="other")["room"]["id"] != other
    assert say(asker, "admin.rooms.create", name="general")["ok"] is True


def test_what_nobody_can_make_is_there_and_found_by_what_a_call_looks_it_up_by(asker):
    people = asked(asker, "/people.list")["members"]
    assert len(people) > 1
    for person in people:
        assert asked(asker, f"/people.info?person={person['id']}")["person"] == person
    assert asked(asker, "/people.lookupByEmail?email=no@body.example")["ok"] is False
    email = people[0]["profile"]["email"]
    assert asked(asker, f"/people.lookupByEmail?email={email}")["person"] == people[0]


def test_a_call_of_one_word_does_what_its_verb_means():
    text = {"type": "string"}
    paths = {
        "/createRoom": call("post", told(result=one("Room")), name=text),
        "/getRoom": call("get", told(result=one("Room")), room_id=text),
        "/archiveRoom": call("post", told(), room_id=text),
        "/deleteRoom": call("post", told(), room_id=text),
    }
    asker = Asker(from_mapping({**ROOMS, "paths": paths}))
    room = say(asker, "createRoom", name="x")["result"]
    say(asker, "archiveRoom", room_id=room["id"])
    kept = asked(asker, f"/getRoom?room_id={room['id']}")["result"]
    assert kept == {**room, "is_archived": True}
    say(asker, "deleteRoom", room_id=room["id"])
    assert asked(asker, f"/getRoom?room_id={room['id']}")["ok"] is False


def test_a_form_names_things_as_json_does(asker, room):
    status, told, _ = asker.ask("POST", "/rooms.rename", b"room=%b&name=x" % room.encode(), **FORM)
    assert (status, told["room"]["name"]) == (200, "x")


def test_what_is_sent_otherwise_is_refused_until_somebody_asks_for_it(asker, room):
    body = b"room=" + room.encode()
    assert asker.ask("POST", "/rooms.info", body, **FORM)[0] == 405
    assert asker.ask("GET", f"/rooms.archive?room={room}")[0] == 405
    lax = Asker(from_mapping(ROOMS), profile=MockProfile(any_form=True))
    made, _, headers = lax.ask("POST", "/rooms.create", {"name": "x"})
    assert made == 200
    room = lax.mock.rows("rooms")[0].id
    ways = [
        ("POST", "/rooms.info", b"room=" + room.encode(), FORM),
        ("POST", "/rooms.info", {"room": room}, {}),
        ("GET", f"/rooms.setTopic?room={room}&topic=tea", None, {}),
        ("POST", f"/rooms.setTopic?topic=tea&room={room}", None, {}),
    ]
    for method, target, body, more in ways:
        status, told, headers = lax.ask(method, target, body, **more)
        assert (status, told["room"]["id"]) == (200, room), target
        assert "any_form" in headers[UNDOCUMENTED]
    status, _, headers = lax.ask("GET", f"/rooms.info?room={room}")
    assert (status, UNDOCUMENTED in headers) == (200, False)
    assert lax.ask("DELETE", "/rooms.info")[0] == 405


@pytest.mark.parametrize(("any_form", "status"), [(True, 200), (False, 400)])
def test_a_credential_need_not_be_shown_twice_where_somebody_asks_for_that(any_form, status):
    token = {"name": "token", "in": "header", "required": True, "schema": {"type": "string"}}
    scheme = {"bearer": {"type": "http", "scheme": "bearer"}}
    document = deepcopy(ROOMS)
    document["paths"]["/rooms.list"]["get"] |= {"parameters": [token], "security": [{"bearer": []}]}
    document["paths"]["/people.list"]["get"]["parameters"] = [token]
    document["components"]["securitySchemes"] = scheme
    asker = Asker(from_mapping(document), profile=MockProfile(any_form=any_form))
    told, _, headers = asker.ask("GET", "/rooms.list")
    assert (told, UNDOCUMENTED in headers) == (status, any_form)
    assert asker.ask("GET", "/rooms.list", Authorization=None)[0] == 401
    assert asker.ask("GET", "/people.list")[0] == 400


def test_what_an_example_shows_is_told_where_the_schema_says_nothing():
    shown = {"id": "P0AB12CD", "name": "Ada", "is_bot": False}
    document = deepcopy(ROOMS)
    for path, member in (
        ("/people.info", {"person": shown}),
        ("/people.list", {"members": [shown]}),
    ):
        media = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        media["schema"]["properties"] = {"ok": {"type": "boolean"}}
        media["schema"]["required"] = ["ok"]
        media["example"] = {"ok": True, **member}
    del document["paths"]["/people.lookupByEmail"]
    asker = Asker(from_mapping(document))
    people = asked(asker, "/people.list")["members"]
    assert len({person["id"] for person in people}) == len(people) > 1
    for person in people:
        assert person == {**shown, "id": person["id"]}
        assert person["id"][0] == "P"
        assert asked(asker, f"/people.info?person={person['id']}")["person"] == person


def test_what_who_tells_one_shows_comes_before_what_a_list_shows():
    shown = {"id": "P0AB12CD", "name": "Ada"}
    document = deepcopy(ROOMS)
    del document["paths"]["/people.lookupByEmail"]
    document["paths"]["/admin.people.list"] = call("get", told())
    for path, known, member in (
        ("/people.info", {"person": {}}, {"person": shown}),
        ("/people.list", {"members": {"type": "array", "items": {}}}, {"members": [shown]}),
        ("/admin.people.list", {}, {"people": [{"id": "P0AB12CD", "email": "a@b.example"}]}),
    ):
        media = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        media["schema"]["properties"] = {"ok": {"type": "boolean"}, **known}
        media["example"] = {"ok": True, **member}
    bob = {"id": "P7654321", "name": "Bob"}
    written = MockProfile(seeds=(Seed(resource="people", value=bob),))
    asker = Asker(from_mapping(document), profile=written)
    assert asked(asker, "/people.info?person=P7654321")["person"] == bob
    assert asked(asker, "/admin.people.list")["people"][0]["id"] == bob["id"]
