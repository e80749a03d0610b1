"""What a step sends: parameters in their places, and bodies in every form that Arazzo shows."""

# ruff: noqa: E501  (workflows are read by the line)

import json

import pytest

from tests.probing.running import vendor
from tests.scenarios.stage import answers, described, play, script_of
from verifier.loading import from_mapping
from verifier.model import Identity
from verifier.scenarios.binding import Call
from verifier.scenarios.expressions import Scope
from verifier.scenarios.flows.requests import CannotBuild, build

ANY = {
    "openapi": "3.1.0",
    "info": {"title": "Any", "version": "1"},
    "paths": {
        "/a/{p}/{q}": {
            "post": {
                "operationId": "send",
                "parameters": [
                    {"name": "p", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "q", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {
                        "name": "tags",
                        "in": "query",
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                ],
                "requestBody": {
                    "content": {
                        kind: {"schema": {}}
                        for kind in (
                            "application/json",
                            "application/xml",
                            "application/x-www-form-urlencoded",
                            "text/plain",
                        )
                    }
                },
                "responses": {"200": {"description": "Done."}},
            }
        },
        "/form": {
            "post": {
                "operationId": "form",
                "requestBody": {
                    "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
                },
                "responses": {"200": {"description": "Done."}},
            }
        },
    },
}
INPUTS = {"id": 5, "name": "Ada & Co", "none": None, "deep": {"a": [1, {"b": True}]}, "xml": "<a/>"}


class Anything:
    def open(self, source, description):
        return from_mapping(ANY)


def request_of(body=None, parameters="", *, version="1.0.1", operation="send", p="x"):
    places = f"- {{name: p, in: path, value: {p}}}\n          - {{name: q, in: path, value: 1}}"
    text = f"""\
workflows:
  - workflowId: w
    steps:
      - stepId: s
        operationId: {operation}
        parameters:
          {places}
          {parameters}
        requestBody: {json.dumps(body or {})}
"""
    flaws = []
    script = script_of(text, library=Anything(), version=version, flaws=flaws)
    assert [f for f in flaws if f.grade.name == "WRONG"] == []
    (step,) = script.description.workflows[0].steps
    call = Call("items", script.calls[step.at].operation)
    scope = Scope(inputs=INPUTS)
    return build(
        call,
        step.parameters,
        step.body if body is not None else None,
        scope,
        Identity(),
        vendor(principals=()),
    ).request


def test_parameters_go_where_they_say():
    more = """- {name: tags, in: query, value: [a, b]}
          - {name: q2, in: query, value: $inputs.name}
          - {name: X-Id, in: header, value: 'id-{$inputs.id}'}
          - {name: c, in: cookie, value: $inputs.id}
          - {name: gone, in: query, value: $inputs.absent}"""
    request = request_of(parameters=more)
    assert request.path == "/a/x/1"
    assert request.query == "tags=a&tags=b&q2=Ada%20%26%20Co"
    assert request.header("x-id") == "id-5"
    assert request.header("cookie") == "c=5"


def test_a_path_parameter_without_a_value_cannot_be_sent():
    with pytest.raises(CannotBuild, match="'p' has no value"):
        request_of(p="$inputs.absent")


def test_a_whole_query_string_is_one_value_in_the_later_version():
    more = "- {name: all, in: querystring, value: 'a={$inputs.id}&b=2'}"
    assert request_of(parameters=more, version="1.1.0").query == "a=5&b=2"
    json_text = """- {name: all, in: querystring, value: '{"a":"{$inputs.name}"}'}"""
    sent = request_of(parameters=json_text, version="1.1.0").query
    assert sent == "%7B%22a%22:%22Ada%20&%20Co%22%7D"


@pytest.mark.parametrize(
    ("body", "kind", "sent"),
    [
        # an object, its members of their own types
        ({"payload": {"id": "$inputs.id", "s": "n{$inputs.id}", "l": [1, "$inputs.id"], "n": "$inputs.none"}}, "application/json", {"id": 5, "s": "n5", "l": [1, 5], "n": None}),
        # what leads nowhere is left out
        ({"payload": {"a": 1, "b": "$inputs.absent", "c": "x{$inputs.absent}", "l": ["$inputs.absent"]}}, "application/json", {"a": 1, "l": []}),
        # a whole expression
        ({"payload": "$inputs.deep"}, "application/json", {"a": [1, {"b": True}]}),
        ({"payload": "$inputs.deep#/a/1"}, "application/json", {"b": True}),
        ({"payload": "$inputs.name"}, "application/json", "Ada & Co"),
        # a JSON text with expressions in it; in quotes they keep their type
        ({"contentType": "application/json", "payload": '{"id": "{$inputs.id}", "d": "{$inputs.deep}", "t": "n-{$inputs.id}"}'}, "application/json", {"id": 5, "d": {"a": [1, {"b": True}]}, "t": "n-5"}),
        ({"contentType": "application/json", "payload": '{"id": {$inputs.id}}'}, "application/json", {"id": 5}),
        # plain values
        ({"payload": [1, 2]}, "application/json", [1, 2]),
        ({"payload": False}, "application/json", False),
    ],
)  # fmt: skip
def test_a_json_body_is_what_its_payload_comes_to(body, kind, sent):
    request = request_of(body)
    assert request.header("content-type") == kind
    assert json.loads(request.body) == sent


def test_a_json_that_is_broken_on_purpose_is_sent_as_it_is():
    request = request_of({"contentType": "application/json", "payload": '{"broken": '})
    assert request.body == b'{"broken": '


def test_a_body_that_comes_to_nothing_is_none():
    assert request_of({"payload": "$inputs.absent"}).body == b""


@pytest.mark.parametrize(
    ("kind", "payload", "sent"),
    [
        ("application/xml", "<o><id>{$inputs.id}</id></o>", "<o><id>5</id></o>"),
        ("text/plain", "hello {$inputs.name}", "hello Ada & Co"),
        (
            "application/x-www-form-urlencoded",
            {"id": "$inputs.id", "n": "$inputs.name"},
            "id=5&n=Ada%20%26%20Co",
        ),
        ("application/x-www-form-urlencoded", "id={$inputs.id}&x=1", "id=5&x=1"),
    ],
)
def test_other_media_types_are_written_as_they_are(kind, payload, sent):
    request = request_of({"contentType": kind, "payload": payload})
    assert request.header("content-type") == kind
    assert request.body.decode() == sent


def test_without_a_content_type_the_operations_own_is_taken():
    request = request_of({"payload": {"a": "b c"}}, operation="form")
    assert request.header("content-type") == "application/x-www-form-urlencoded"
    assert request.body == b"a=b%20c"


@pytest.mark.parametrize(
    ("target", "value", "sent"),
    [
        ("/a", 9, {"a": 9, "l": [1, {"b": 2}]}),
        ("/new", "$inputs.id", {"a": 1, "l": [1, {"b": 2}], "new": 5}),
        ("/l/1/b", "n{$inputs.id}", {"a": 1, "l": [1, {"b": "n5"}]}),
        ("/l/0", "$inputs.deep", {"a": 1, "l": [{"a": [1, {"b": True}]}, {"b": 2}]}),
        ("/l/-", 3, {"a": 1, "l": [1, {"b": 2}, 3]}),
        ("", {"all": 1}, {"all": 1}),
    ],
)
def test_values_are_put_at_json_pointers(target, value, sent):
    body = {
        "payload": {"a": 1, "l": [1, {"b": 2}]},
        "replacements": [{"target": target, "value": value}],
    }
    assert json.loads(request_of(body).body) == sent


@pytest.mark.parametrize("target", ["/x/y", "/l/9", "/a/b", "a"])
def test_a_place_that_does_not_exist_cannot_be_filled(target):
    body = {"payload": {"a": 1, "l": [1]}, "replacements": [{"target": target, "value": 1}]}
    with pytest.raises(CannotBuild):
        request_of(body)


def test_a_payload_is_not_changed_for_the_next_time():
    text = """\
        workflows:
          - workflowId: w
            steps:
              - stepId: a
                operationId: createItem
                requestBody: {payload: {name: Ada}, replacements: [{target: /note, value: x}]}
              - stepId: b
                operationId: createItem
                requestBody: {payload: {name: Ada}}
        """
    _, asked = play(text)
    assert [json.loads(body) for *_, body in asked.asked[1:3]] == [
        {"name": "Ada", "note": "x"},
        {"name": "Ada"},
    ]


def test_values_are_put_at_xpaths():
    pytest.importorskip("elementpath")
    body = {
        "contentType": "application/xml",
        "payload": "<o xmlns:p='urn:p'><id kind='a'>1</id><p:x/></o>",
        "replacements": [
            {"target": "/o/id", "value": "$inputs.id"},
            {"target": "/o/id/@kind", "value": "b"},
            {"target": "//p:x", "value": "y"},
        ],
    }
    sent = request_of(body).body.decode()
    assert '<id kind="b">5</id>' in sent
    assert "<p:x>y</p:x>" in sent


def test_the_later_version_puts_values_at_jsonpaths_and_takes_them_by_selectors():
    pick = {"context": "$inputs.deep", "selector": "$.a[1].b", "type": "jsonpath"}
    body = {
        "payload": {"items": [{"sku": "a", "n": 1}, {"sku": "b", "n": 1}], "p": pick},
        "replacements": [
            {
                "target": "$.items[?@.sku == 'b'].n",
                "targetSelectorType": "jsonpath",
                "value": {"context": "$inputs.deep", "selector": "/a/0", "type": "jsonpointer"},
            },
            {
                "target": "/q",
                "targetSelectorType": {"type": "jsonpointer", "version": "rfc6901"},
                "value": 2,
            },
        ],
    }
    sent = json.loads(request_of(body, version="1.1.0").body)
    assert sent == {"items": [{"sku": "a", "n": 1}, {"sku": "b", "n": 1}], "p": True, "q": 2}
    # to the earlier version the same is an object like any other
    plain = json.loads(request_of({"payload": {"p": pick}}).body)["p"]
    assert plain == {**pick, "context": INPUTS["deep"]}


def test_a_selector_reads_xml():
    pytest.importorskip("elementpath")
    text = """\
        workflows:
          - workflowId: w
            steps:
              - stepId: a
                operationId: listItems
                outputs:
                  id: {context: $response.body, selector: /o/id, type: {type: xpath, version: xpath-10}}
              - stepId: b
                operationId: createItem
                requestBody: {payload: {name: $steps.a.outputs.id}}
        """

    def answer(request):
        return answers((200, "<o><id>X7</id></o>"))(request)

    _, asked = play(text, answer, version="1.1.0")
    assert json.loads(asked.asked[2][3]) == {"name": "X7"}


def test_a_selector_that_cannot_be_read_is_refused():
    flaws = []
    described(
        "workflows:\n  - workflowId: w\n    steps:\n      - stepId: a\n        operationId: listItems\n"
        "        outputs: {id: {context: $response.body, selector: '$.a[', type: jsonpath}}\n",
        version="1.1.0", flaws=flaws,
    )  # fmt: skip
    assert "cannot be used" in flaws[0].says
