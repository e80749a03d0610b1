"""A vendor that is called by names: rooms, what is said in them, and people."""

TEXT, YES = {"type": "string"}, {"type": "boolean", "enum": [True]}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SCHEMAS = {
    "Room": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^R[A-Z0-9]{4,}$", "example": "R0AB12CD"},
            "name": TEXT,
            "topic": {"type": "object", "properties": {"value": TEXT}},
            "is_archived": {"type": "boolean"},
        },
    },
    "Line": {
        "type": "object",
        "properties": {
            "ts": {"type": "string", "pattern": r"^\d{10}\.\d{6}$"},
            "text": TEXT,
            "thread_ts": TEXT,
        },
    },
    "Person": {
        "type": "object",
        "properties": {
            "id": TEXT,
            "profile": {"type": "object", "properties": {"email": TEXT}, "required": ["email"]},
        },
        "required": ["id", "profile"],
    },
}


def told(**members):
    """An answer that says that all is well, and these members."""
    known = {"ok": YES, **members}
    return {"type": "object", "properties": known, "required": list(known)}


def one(name):
    return {"$ref": f"#/components/schemas/{name}"}


def many(name):
    return {"type": "array", "items": one(name)}


def call(method, answer, errors=(), **arguments):
    """An operation that takes these arguments: in the query, or as a form."""
    refused = {"ok": {"type": "boolean"}, "error": {"type": "string", "enum": list(errors)}}
    failed = {"type": "object", "properties": refused, "required": ["ok", "error"]}
    operation = {
        "responses": {
            "200": {"description": "", "content": {JSON: {"schema": answer}}},
            "default": {"description": "", "content": {JSON: {"schema": failed}}},
        }
    }
    if method == "get":
        operation["parameters"] = [
            {"name": name, "in": "query", "schema": schema} for name, schema in arguments.items()
        ]
    elif arguments:
        form = {"schema": {"type": "object", "properties": arguments}}
        operation["requestBody"] = {"content": {JSON: form, FORM: form}}
    return {method: operation}


GONE = ("invalid_auth", "room_not_found", "line_not_found")
PATHS = {
    "/rooms.create": call("post", told(room=one("Room")), ("name_taken",), name=TEXT),
    "/rooms.info": call("get", told(room=one("Room")), GONE, room=TEXT),
    "/rooms.list": call("get", told(rooms=many("Room"))),
    "/rooms.rename": call("post", told(room=one("Room")), GONE, room=TEXT, name=TEXT),
    "/rooms.setTopic": call("post", told(room=one("Room")), GONE, room=TEXT, topic=TEXT),
    "/rooms.archive": call("post", told(), GONE, room=TEXT),
    "/rooms.unarchive": call("post", told(), GONE, room=TEXT),
    "/admin.rooms.delete": call("post", told(), GONE, room_id=TEXT),
    "/admin.rooms.create": call("post", told(room_id=TEXT), (), name=TEXT),
    "/rooms.history": call("get", told(lines=many("Line")), GONE, room=TEXT),
    "/rooms.replies": call("get", told(lines=many("Line")), GONE, room=TEXT, ts=TEXT),
    "/talk.postLine": call(
        "post",
        told(line=one("Line"), room=TEXT, ts=TEXT),
        GONE,
        room=TEXT,
        text=TEXT,
        thread_ts=TEXT,
    ),
    "/talk.update": call("post", told(room=TEXT, ts=TEXT), GONE, room=TEXT, ts=TEXT, text=TEXT),
    "/talk.delete": call("post", told(room=TEXT, ts=TEXT), GONE, room=TEXT, ts=TEXT),
    "/people.info": call("get", told(person=one("Person")), ("person_not_found",), person=TEXT),
    "/people.list": call("get", told(members=many("Person"))),
    "/people.lookupByEmail": call("get", told(person=one("Person")), (), email=TEXT),
    "/auth.test": call("get", told(url=TEXT)),
}
ROOMS = {
    "openapi": "3.1.0",
    "info": {"title": "Rooms", "version": "1"},
    "paths": PATHS,
    "components": {"schemas": SCHEMAS},
}
