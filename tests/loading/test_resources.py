"""Which resources are inferred from which paths."""

import time

import pytest

from verifier.loading import from_mapping

TEXT = {"type": "string"}


def answer(schema=None, status="200"):
    media = {"application/json": {"schema": schema}} if schema else {}
    return {status: {"description": "OK", "content": media}}


def item(**properties):
    return {"type": "object", "properties": {name: s or TEXT for name, s in properties.items()}}


def rows(schema, member="data"):
    listed = {"type": "array", "items": schema}
    return {"properties": {member: listed, "has_more": {"type": "boolean"}}} if member else listed


def contract(**operations):
    """From ``GET_/things={...}``: method, path, operation."""
    paths = {}
    for key, operation in operations.items():
        method, _, path = key.partition("_")
        names = [part.partition("}")[0] for part in path.split("{")[1:]]
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": TEXT} for name in names
        ]
        found = {"responses": answer(), "parameters": parameters, **(operation or {})}
        paths.setdefault(path, {})[method.lower()] = found
    return from_mapping({"openapi": "3.1.0", "info": {"title": "T"}, "paths": paths})


def resources(**operations):
    return contract(**operations).resources


def only(**operations):
    [resource] = resources(**operations)
    return resource


@pytest.mark.parametrize(
    "key",
    [
        "POST_/chat.postMessage",
        "GET_/users.list",
        "GET_/health",
        "GET_/v1/ping",
        "POST_/login",
        "POST_/validate",
        "POST_/oauth/token",
        "GET_/",
        "GET_/_status",
        "POST_/graphql",
    ],
)
def test_calls_that_keep_nothing_are_no_resources(key):
    assert resources(**{key: None}) == ()


def test_the_plain_shape_is_recognised_whole():
    thing = item(id=None, name=None)
    found = only(
        **{
            "GET_/things": {"responses": answer(rows(thing))},
            "POST_/things": {"responses": answer(thing, "201")},
            "GET_/things/{id}": {"responses": answer(thing)},
            "PATCH_/things/{id}": None,
            "PUT_/things/{id}": None,
            "DELETE_/things/{id}": None,
            "GET_/things/search": None,
            "POST_/things/{id}/cancel": None,
        }
    )
    assert (found.name, found.collection, found.item) == ("things", "/things", "/things/{id}")
    assert (found.create, found.read, found.list) == (
        "POST /things",
        "GET /things/{id}",
        "GET /things",
    )
    assert (found.update, found.replace, found.delete) == (
        "PATCH /things/{id}",
        "PUT /things/{id}",
        "DELETE /things/{id}",
    )
    assert (found.search, found.actions) == ("GET /things/search", ("POST /things/{id}/cancel",))
    assert (found.id_field, found.id_parameter) == ("id", "id")
    assert (found.envelope, found.list_member) == ("", "data")
    assert found.confidence == 1.0
    assert "collection path and an item path" in found.reason


def test_a_post_to_the_item_is_an_update():
    assert only(**{"GET_/a/{id}": None, "POST_/a/{id}": None}).update == "POST /a/{id}"


def test_a_post_beside_a_patch_is_an_action():
    found = only(**{"GET_/a/{id}": None, "PATCH_/a/{id}": None, "POST_/a/{id}": None})
    assert found.actions == ("POST /a/{id}",)


def test_a_put_that_may_create_creates_and_replaces():
    found = only(**{"GET_/a/{id}": None, "PUT_/a/{id}": {"responses": answer(status="201")}})
    assert (found.create, found.replace) == ("PUT /a/{id}", "PUT /a/{id}")


def test_a_put_beside_a_creating_post_only_replaces():
    made = {"responses": answer(status="201")}
    found = only(**{"POST_/as": made, "GET_/as/{id}": None, "PUT_/as/{id}": made})
    assert (found.create, found.replace) == ("POST /as", "PUT /as/{id}")


def test_of_two_names_for_an_id_the_one_counts_that_more_hangs_on():
    found = resources(
        **{
            "GET_/contacts": {"responses": answer(rows(item(id=None, number=None)))},
            "GET_/contacts/{number}": {"responses": answer(item(id=None, number=None))},
            "GET_/contacts/{id}": {"responses": answer(item(id=None, number=None))},
            "POST_/contacts/{id}": None,
            "GET_/contacts/{id}/notes": {"responses": answer(rows(item(id=None)))},
        }
    )
    contacts = found[0]
    assert (contacts.item, contacts.id_parameter) == ("/contacts/{id}", "id")
    assert (contacts.read, contacts.update) == ("GET /contacts/{id}", "POST /contacts/{id}")
    assert contacts.id_field == "id"


def test_custom_verbs_after_a_colon_are_actions():
    found = only(**{"GET_/jobs/{id}": None, "POST_/jobs/{id}:cancel": None})
    assert found.actions == ("POST /jobs/{id}:cancel",)


def test_suffixes_and_versions_are_no_part_of_names():
    found = only(
        **{
            "GET_/2010-04-01/Accounts/{Sid}.json": {"responses": answer(item(sid=None))},
            "GET_/2010-04-01/Accounts.json": {
                "responses": answer(rows(item(sid=None), "accounts"))
            },
        }
    )
    assert (found.name, found.id_field, found.list_member) == ("Accounts", "sid", "accounts")
    assert found.collection == "/2010-04-01/Accounts.json"


def test_a_singleton_is_read_and_changed_at_a_fixed_path():
    found = only(**{"GET_/user": {"responses": answer(item(id=None))}, "PATCH_/user": None})
    assert (found.item, found.read, found.update) == ("/user", "GET /user", "PATCH /user")
    assert (found.collection, found.id_parameter) == ("", "")


def test_nested_resources_know_their_parent_and_have_names_of_their_own():
    found = resources(
        **{
            "GET_/a/{a}": None,
            "GET_/a/{a}/notes/{b}": None,
            "GET_/c/{c}": None,
            "GET_/c/{c}/notes/{b}": None,
        }
    )
    assert [(r.name, r.parent) for r in found] == [
        ("a", ""),
        ("notes", "a"),
        ("c", ""),
        ("c.notes", "c"),
    ]


def test_an_item_takes_the_collection_of_its_name_from_under_another():
    found = {
        r.name: r
        for r in resources(
            **{
                "GET_/projects/{p}": None,
                "POST_/projects/{p}/sections": None,
                "GET_/projects/{p}/sections": {"responses": answer(rows(item(id=None)))},
                "GET_/sections/{s}": None,
            }
        )
    }
    assert set(found) == {"projects", "sections"}
    assert found["sections"].create == "POST /projects/{p}/sections"
    assert found["sections"].parent == "projects"
    assert found["sections"].confidence < 0.8


def test_a_list_of_the_same_name_below_an_item_stays_its_own():
    found = resources(
        **{"GET_/teams/{id}": None, "GET_/teams/{id}/teams": {"responses": answer(rows(item()))}}
    )
    assert [(r.name, r.parent) for r in found] == [("teams", ""), ("teams.teams", "teams")]


def test_ids_in_two_parts_make_one_item():
    found = only(**{"GET_/repos/{owner}/{repo}": {"responses": answer(item(id=None, name=None))}})
    assert (found.item, found.id_parameter) == ("/repos/{owner}/{repo}", "repo")


@pytest.mark.parametrize(
    ("parameter", "members", "expected"),
    [
        ("id", ("name", "id"), "id"),
        ("taskId", ("taskId", "id"), "taskId"),
        ("task_id", ("taskId",), "taskId"),
        ("pull_number", ("id", "number"), "number"),
        ("hook_id", ("name", "id"), "id"),
        ("Sid", ("uri", "sid"), "sid"),
        ("username", ("id", "login"), "login"),
        ("customer", ("object", "id"), "id"),
        ("uuid", ("title", "uuid"), "uuid"),
        ("thing", ("title", "colour"), ""),
    ],
)
def test_the_id_field_is_the_one_that_the_path_parameter_means(parameter, members, expected):
    shape = item(**dict.fromkeys(members))
    found = only(**{f"GET_/things/{{{parameter}}}": {"responses": answer(shape)}})
    assert found.id_field == expected


@pytest.mark.parametrize("name", ["data", "droplet", "result"])
def test_an_envelope_is_taken_off(name):
    wrapped = {"properties": {name: item(id=None, size=None)}}
    found = only(**{"GET_/droplets/{droplet_id}": {"responses": answer(wrapped)}})
    assert (found.envelope, found.id_field) == (name, "id")


def test_what_is_created_and_never_read_has_an_id_too():
    made = {"responses": answer(item(id=None, status=None), "201")}
    assert only(**{"POST_/returns": made}).id_field == "id"


def test_a_member_called_data_beside_an_id_is_no_envelope():
    event = {"properties": {"id": TEXT, "data": item(id=None)}}
    assert only(**{"GET_/events/{id}": {"responses": answer(event)}}).envelope == ""


@pytest.mark.parametrize("member", ["data", "items", "results", "boxes", ""])
def test_the_list_member_is_found(member):
    listed = {"responses": answer(rows(item(id=None), member))}
    found = only(**{"GET_/boxes": listed, "GET_/boxes/{id}": None})
    assert found.list_member == member


def test_references_are_found_by_name_and_type():
    order = item(
        id=None,
        customer_id=None,
        shopId=None,
        product_ids={"type": "array", "items": TEXT},
        customer={"type": "string", "description": "The id of the customer."},
        product={"anyOf": [TEXT, item(id=None)]},
        shop={"type": "boolean"},
        customer_since={"type": "string", "format": "date-time"},
    )
    found = contract(
        **{
            "GET_/customers/{id}": None,
            "GET_/products/{id}": None,
            "GET_/shops/{id}": None,
            "GET_/orders/{id}": {"responses": answer(order)},
        }
    ).resource("orders")
    assert {(r.field, r.resource) for r in found.references} == {
        ("customer_id", "customers"),
        ("shopId", "shops"),
        ("product_ids", "products"),
        ("customer", "customers"),
        ("product", "products"),
    }
    assert all(0 < r.confidence <= 1 and r.reason for r in found.references)


def test_a_field_of_another_form_is_no_reference():
    def formed(letters):
        return {"type": "string", "pattern": f"^{letters}[0-9]{{4}}$"}

    def named(form):
        return {"name": "id", "in": "path", "required": True, "schema": formed(form)}

    service = {"responses": answer(item(id=formed("VA"))), "parameters": [named("VA")]}
    setting = item(service_id=formed("VA"), message_service_id=formed("MG"))
    found = resources(
        **{
            "GET_/services": {"responses": answer(rows(item(id=formed("VA"))))},
            "GET_/services/{id}": service,
            "GET_/settings": {"responses": answer(rows(setting))},
        }
    )
    (settings,) = (resource for resource in found if resource.name == "settings")
    assert [reference.field for reference in settings.references] == ["service_id"]


def test_an_own_id_is_no_reference():
    found = only(**{"GET_/tasks/{taskId}": {"responses": answer(item(taskId=None))}})
    assert found.references == ()


def test_every_operation_belongs_to_at_most_one_resource():
    found = resources(
        **{
            "GET_/a/{id}": None,
            "POST_/a/{id}/close": None,
            "GET_/a/{id}/b": {"responses": answer(rows(item()))},
            "POST_/a/{id}/b": None,
            "DELETE_/a/{id}/b": None,
            "PUT_/a/{id}/star": {"responses": {"204": {"description": "Done"}}},
        }
    )
    keys = [key for resource in found for key in set(resource.operations)]
    assert len(keys) == len(set(keys)) == 6


def test_schemas_that_contain_themselves_in_many_ways_take_no_time():
    again = {"$ref": "#/components/schemas/A"}
    schema = {"anyOf": [again] * 12, "allOf": [again] * 12, "oneOf": [again] * 12}
    document = {
        "openapi": "3.1.0",
        "paths": {"/a/{id}": {"get": {"responses": answer(again)}}},
        "components": {"schemas": {"A": schema}},
    }
    start = time.process_time()
    from_mapping(document)
    assert time.process_time() - start < 1


def test_a_path_of_a_hundred_segments_is_no_trouble():
    assert len(resources(**{"GET_" + "/a/{b}" * 100: None})) <= 1
