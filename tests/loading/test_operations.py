"""What is read of a document's operations, and what of it is called a problem."""

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verifier.loading import from_mapping, inspect

OK = {"200": {"description": "OK"}}


def document(paths=None, **more):
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1"},
        "paths": paths or {},
        **more,
    }


def problems(paths=None, **more):
    return [problem.says for problem in from_mapping(document(paths, **more)).problems]


def reading(**more):
    return {"/things": {"get": {"responses": OK, **more}}}


def test_a_sound_document_has_no_problems():
    item = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    assert (
        problems(
            {
                "/things": {"get": {"operationId": "list", "responses": OK}},
                "/things/{id}": {
                    "parameters": [item],
                    "get": {"operationId": "read", "responses": OK},
                    "delete": {"operationId": "remove", "responses": OK},
                },
                "x-internal": 7,
            },
            security=[{"key": []}],
            components={
                "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
            },
        )
        == []
    )


def test_a_newer_document_may_leave_responses_out():
    assert problems({"/things": {"get": {}}}) == []


def test_an_example_may_look_like_a_reference():
    media = {"application/json": {"example": {"$ref": "#/nowhere"}, "schema": {"default": {}}}}
    answer = {"200": {"description": "OK", "content": media}}
    assert problems({"/things": {"get": {"responses": answer}}}) == []


def test_a_property_may_be_called_example_or_ref():
    schemas = {
        "A": {"properties": {"$ref": {"type": "string"}, "example": {"$ref": "#/components/x"}}}
    }
    assert problems(components={"schemas": schemas, "x": {}}) == []


def test_data_in_extensions_is_nobodys_reference():
    assert problems(reading(**{"x-policies": [{"$ref": "#/components/x-policy/A"}]})) == []


def test_an_anchor_can_be_referred_to():
    schemas = {"A": {"$anchor": "a"}, "B": {"properties": {"a": {"$ref": "#a"}}}}
    assert problems(components={"schemas": schemas}) == []


@pytest.mark.parametrize("method", ["get", "put", "post", "delete", "options", "head", "patch"])
def test_every_method_becomes_an_operation(method):
    contract = from_mapping(document({"/things": {method: {"responses": OK}}}))
    assert [operation.key for operation in contract.operations] == [f"{method.upper()} /things"]


def test_openapi_3_2_adds_query_and_further_methods():
    contract = from_mapping(
        document(
            {
                "/things": {
                    "query": {"responses": OK},
                    "additionalOperations": {"COPY": {"responses": OK}},
                }
            },
            openapi="3.2.0",
        )
    )
    assert [operation.method for operation in contract.operations] == ["QUERY", "COPY"]
    assert contract.operations[0].safe


def test_an_additional_operation_of_a_known_method_is_a_problem():
    paths = {"/things": {"additionalOperations": {"POST": {"responses": OK}}}}
    assert ["'POST' has a member of its own" in says for says in problems(paths)] == [True]


def test_a_querystring_parameter_is_read_with_its_content():
    media = {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
    whole = {"name": "all", "in": "querystring", "content": media}
    [operation] = from_mapping(document(reading(parameters=[whole]))).operations
    assert operation.parameters[0].content == "application/x-www-form-urlencoded"
    assert operation.parameters[0].schema.node == {"type": "object"}


def test_webhooks_of_both_spellings_and_callbacks_are_not_operations():
    hook = {"post": {"responses": OK}}
    calls = {"onEvent": {"{$request.body#/url}": hook}}
    contract = from_mapping(
        document(
            {"/subscriptions": {"post": {"responses": OK, "callbacks": calls}}},
            webhooks={"paid": hook},
            **{"x-webhooks": {"failed": hook, "x-hidden": True}},
        )
    )
    assert [operation.key for operation in contract.operations] == ["POST /subscriptions"]
    assert [(hook.kind, hook.key) for hook in contract.webhooks] == [
        ("webhook", "webhook paid POST"),
        ("webhook", "webhook failed POST"),
        ("callback", "callback onEvent POST {$request.body#/url}"),
    ]
    assert contract.problems == ()


def test_callbacks_behind_references_are_found_without_reporting_the_operation_twice():
    contract = from_mapping(
        document(
            {
                "/a": {
                    "post": {
                        "responses": {"999": {"description": "?"}},
                        "callbacks": {"on": {"$ref": "#/components/callbacks/on"}},
                    }
                }
            },
            components={"callbacks": {"on": {"{$url}": {"post": {"responses": OK}}}}},
        )
    )
    assert [hook.key for hook in contract.webhooks] == ["callback on POST {$url}"]
    assert [problem.says for problem in contract.problems] == ["'999' is no status"]


def test_an_operations_own_parameter_replaces_the_paths():
    shared = {"name": "q", "in": "query", "schema": {"type": "string"}}
    own = {"name": "q", "in": "query", "schema": {"type": "integer"}}
    paths = {"/things": {"parameters": [shared], "get": {"parameters": [own], "responses": OK}}}
    [operation] = from_mapping(document(paths)).operations
    assert [parameter.schema.node["type"] for parameter in operation.parameters] == ["integer"]


def test_an_operation_that_is_a_reference_is_followed():
    paths = {"/things": {"get": {"$ref": "#/components/x-things"}}}
    contract = from_mapping(
        document(paths, components={"x-things": {"operationId": "list", "responses": OK}})
    )
    assert contract.operation("list").key == "GET /things"


def test_variables_of_servers_are_filled_by_their_defaults():
    server = {"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "eu"}}}
    contract = from_mapping(document(servers=[server, {"url": "/v1"}]))
    assert contract.servers == ("https://eu.example.com/v1", "/v1")


def test_a_path_parameter_that_nobody_declared_is_a_problem_and_can_still_be_filled():
    contract = from_mapping(document({"/things/{id}": {"get": {"responses": OK}}}))
    assert "'{id}' stands in the path and is declared nowhere" in contract.problems[0].says
    assert contract.problems[0].operation == "GET /things/{id}"
    assert [p.name for p in contract.operations[0].parameters_in("path")] == ["id"]


def test_a_declared_path_parameter_that_the_path_lacks_is_a_problem_and_left_out():
    extra = {"name": "id", "in": "path", "required": True, "schema": {}}
    contract = from_mapping(document(reading(parameters=[extra])))
    assert "does not occur in '/things'" in contract.problems[0].says
    assert contract.operations[0].parameters == ()


def test_two_operations_of_one_id_are_a_problem_that_names_both():
    paths = {
        "/a": {"get": {"operationId": "same", "responses": OK}},
        "/b": {"get": {"operationId": "same", "responses": OK}},
    }
    [problem] = from_mapping(document(paths)).problems
    assert "'same' is taken: GET /a has it too" in problem.says
    assert (problem.operation, problem.at.path) == ("GET /b", "/paths/~1b/get/operationId")


def test_paths_that_differ_in_parameter_names_only_are_a_problem():
    def path(name):
        parameter = {"name": name, "in": "path", "required": True, "schema": {}}
        return {"get": {"parameters": [parameter], "responses": OK}}

    says = problems({"/a/{x}": path("x"), "/a/{y}": path("y")})
    assert [text.startswith("'/a/{y}' and '/a/{x}'") for text in says] == [True]


def test_security_that_names_an_unknown_scheme_is_reported_once():
    paths = {p: {"get": {"responses": OK, "security": [{"ghost": []}]}} for p in ("/a", "/b")}
    assert problems(paths) == ["security asks for 'ghost', and there is no such scheme"]


def test_an_operation_without_any_response_is_a_problem():
    assert problems({"/a": {"get": {"responses": {}}}}) == ["no response is documented"]


def test_a_dangling_reference_in_a_schema_names_its_place_and_its_operation():
    media = {"application/json": {"schema": {"properties": {"a": {"$ref": "#/components/gone"}}}}}
    answer = {"200": {"description": "OK", "content": media}}
    [problem] = from_mapping(document({"/a": {"get": {"responses": answer}}})).problems
    assert "'#/components/gone' cannot be followed" in problem.says
    assert problem.operation == "GET /a"
    assert problem.at.path.endswith("/schema/properties/a")


def test_a_dangling_parameter_is_reported_once_and_the_operation_kept():
    contract = from_mapping(document(reading(parameters=[{"$ref": "#/components/gone"}])))
    assert len(contract.problems) == 1
    assert [operation.key for operation in contract.operations] == ["GET /things"]


def test_one_bad_operation_does_not_lose_the_others():
    contract = from_mapping(document({"/a": {"get": 7, "post": {"responses": OK}}, "/b": "x"}))
    assert [operation.key for operation in contract.operations] == ["POST /a"]
    assert len(contract.problems) == 2


def test_a_name_without_end_is_left_out_before_it_fills_the_memory():
    contract = from_mapping(document({"/" + "a" * 3000: {"get": {}}, "/b": {"get": {}}}))
    assert [operation.key for operation in contract.operations] == ["GET /b"]
    assert [problem.says for problem in contract.problems] == ["a name in 'paths' is too long"]


RICH = document(
    {
        "/things": {
            "get": {
                "operationId": "listThings",
                "tags": ["things"],
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                    {"$ref": "#/components/parameters/After"},
                    {"name": "filter", "in": "query", "content": {"application/json": {}}},
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "headers": {"X-Request-Id": {"schema": {"type": "string"}}},
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Things"},
                                "examples": {"one": {"value": {"data": []}}},
                            }
                        },
                        "links": {"next": {"operationId": "listThings"}},
                    },
                    "4XX": {"$ref": "#/components/responses/Error"},
                },
                "security": [{"key": ["read"]}],
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    },
                },
                "responses": {"201": {"description": "Made"}},
                "callbacks": {"on": {"{$url}": {"post": {"responses": OK}}}},
            },
        },
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
            "get": {"responses": {"200": {"$ref": "#/components/responses/Thing"}}},
            "patch": {"deprecated": True, "responses": OK, "x-sunset": "2030-01-01"},
        },
    },
    servers=[{"url": "https://{a}.example.com/v1", "variables": {"a": {"default": "sandbox"}}}],
    webhooks={"made": {"post": {"responses": OK}}},
    components={
        "parameters": {"After": {"name": "after", "in": "query", "schema": {"type": "string"}}},
        "responses": {
            "Error": {
                "description": "No",
                "content": {"application/problem+json": {"schema": {"type": "object"}}},
            },
            "Thing": {
                "description": "One",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
            },
        },
        "schemas": {
            "Thing": {
                "allOf": [{"properties": {"id": {"type": "string"}}}],
                "properties": {
                    "parent": {"$ref": "#/components/schemas/Thing"},
                    "owner_id": {"type": ["string", "null"], "description": "Id of the owner"},
                    "amount": {"type": "integer", "deprecated": True},
                    "currency": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                },
            },
            "Things": {
                "properties": {
                    "data": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
                    "has_more": {"type": "boolean"},
                }
            },
        },
        "securitySchemes": {
            "key": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {"read": "Reads"}}},
            }
        },
    },
)


def every_place(value, path=()):
    yield path
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield from every_place(value[key], (*path, key))


PLACES = [path for path in every_place(RICH) if path]
GARBAGE = st.sampled_from(
    [
        None,
        True,
        0,
        -1.5,
        "",
        "x",
        "$ref",
        [],
        [[]],
        [None],
        {},
        {"": None},
        {"$ref": "#/paths"},
        {"$ref": 7},
        {"$ref": "#/nowhere"},
        {"$ref": "other.yaml#/a"},
        {"$ref": "http://[x"},
        {"$ref": "#"},
        {"type": "array"},
        {"properties": []},
        {"allOf": {}},
        ["a", {"name": 1}],
    ]
)


def test_the_document_that_is_broken_below_is_sound():
    assert from_mapping(RICH).problems == ()


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(PLACES), GARBAGE), min_size=1, max_size=4))
def test_garbage_anywhere_in_a_document_is_never_a_crash(changes):
    broken = deepcopy(RICH)
    for path, value in changes:
        holder = broken
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = deepcopy(value)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier change has taken that place away
    json.dumps(inspect(from_mapping(broken)))


def test_a_parameter_that_refers_to_a_body_is_no_crash():
    broken = deepcopy(RICH)
    body = {"content": {"application/json": {}}}
    broken["components"]["requestBodies"] = {"Thing": body}
    reference = {"$ref": "#/components/requestBodies/Thing"}
    for item in broken["paths"].values():
        for definition in item.values():
            if isinstance(definition, dict):
                definition.update(requestBody=reference, parameters=[reference])
    said = [problem.says for problem in from_mapping(broken).problems]
    assert any("a parameter needs 'name'" in one for one in said)


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [{}], {"a": None}], ids=repr)
@pytest.mark.parametrize(
    "member", ["info", "paths", "components", "servers", "security", "webhooks"]
)
def test_any_top_level_member_may_be_anything(member, value):
    json.dumps(inspect(from_mapping({**RICH, member: value})))
