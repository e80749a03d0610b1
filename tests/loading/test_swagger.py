"""Swagger 2 is held in OpenAPI 3.0 shape, and every node leads back to its author's."""

import pytest

from tests.loading.documents import no_cache, write
from tests.places import CORPUS, needs_corpus
from verifier.loading import load
from verifier.model import Pointer, UnresolvedReference
from verifier.validating.documents import document_errors

__all__ = ["no_cache"]

SWAGGER = """\
swagger: '2.0'
info: {title: Orders, version: '1'}
host: api.example.com
basePath: /v1
schemes: [https, http]
consumes: [application/json]
produces: [application/json, application/xml]
paths:
  /orders:
    parameters:
      - {name: tenant, in: header, type: string, required: true}
    get:
      operationId: listOrders
      parameters:
        - $ref: '#/parameters/Limit'
        - name: ids
          in: query
          type: array
          collectionFormat: pipes
          items: {type: integer}
        - {name: sort, in: query, type: array, items: {type: string}}
        - {name: tag, in: query, type: array, collectionFormat: multi, items: {type: string}}
      responses:
        200:
          description: Orders.
          headers:
            X-Total: {type: integer, description: How many.}
          schema:
            type: array
            items: {$ref: '#/definitions/Order'}
          examples:
            application/json: [{id: a}]
        404: {$ref: '#/responses/Missing'}
        default: {description: Trouble.}
    post:
      parameters:
        - name: order
          in: body
          required: true
          description: The order.
          schema: {$ref: '#/definitions/Order'}
      responses:
        201: {description: Made.}
  /uploads:
    post:
      consumes: [multipart/form-data]
      produces: [text/plain]
      parameters:
        - {name: file, in: formData, type: file, required: true}
        - name: labels
          in: formData
          type: array
          collectionFormat: multi
          items: {type: string}
      responses:
        200:
          description: Taken.
          schema: {type: file}
        404: {$ref: '#/responses/Missing'}
definitions:
  Order:
    type: object
    discriminator: kind
    properties:
      id: {type: string}
      note: {type: string, x-nullable: true}
      next: {$ref: '#/definitions/Order'}
      discriminator: {type: string}
    example: {discriminator: kept, $ref: kept}
parameters:
  Limit: {name: limit, in: query, type: integer, maximum: 100, default: 10}
  Body: {name: body, in: body, schema: {type: object}}
responses:
  Missing:
    description: Not there.
    schema: {type: object}
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  login: {type: basic}
  oauth:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://example.com/auth
    tokenUrl: https://example.com/token
    scopes: {read: Read things.}
security: [{key: []}, {oauth: [read]}]
"""


@pytest.fixture
def contract(tmp_path):
    return load(write(tmp_path, SWAGGER))


def test_a_sound_one_has_no_problems_and_obeys_the_rules_of_3_0(contract):
    assert contract.problems == ()
    assert list(document_errors(contract.document)) == []
    assert (contract.openapi, contract.document.dialect) == ("2.0", "2.0")


def test_servers_are_made_of_schemes_host_and_path(contract):
    assert contract.servers == ("https://api.example.com/v1", "http://api.example.com/v1")
    assert contract.document.place(Pointer("", "/servers/1/url")).line == 3


def test_the_same_without_a_host_is_relative(tmp_path):
    text = SWAGGER.replace("host: api.example.com\n", "")
    assert load(write(tmp_path, text)).servers == ("/v1",)
    assert load(write(tmp_path, text.replace("basePath: /v1\n", ""))).servers == ()


def test_parameters_have_schemas_and_styles(contract):
    operation = contract.operation("listOrders")
    found = {p.name: p for p in operation.parameters}
    assert {p: (found[p].style, found[p].explode) for p in ("ids", "sort", "tag")} == {
        "ids": ("pipeDelimited", False),
        "sort": ("form", False),
        "tag": ("form", True),
    }
    assert found["limit"].schema.resolved().value == {
        "type": "integer",
        "maximum": 100,
        "default": 10,
    }
    assert found["tenant"].required
    assert found["tenant"].schema.resolved().value == {"type": "string"}


def test_a_body_parameter_is_a_request_body_in_every_type_that_is_consumed(contract):
    body = contract.operation("POST /orders").body
    assert body.required
    assert body.description == "The order."
    assert [media.type for media in body.media] == ["application/json"]
    assert body.media[0].schema.resolved().at == Pointer("", "/components/schemas/Order")


def test_form_fields_are_the_properties_of_an_object(contract):
    body = contract.operation("POST /uploads").body
    (media,) = body.media
    assert media.type == "multipart/form-data"
    assert media.schema.resolved().value == {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "labels": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["file"],
    }
    assert media.encoding == {"labels": {"style": "form", "explode": True}}
    assert body.required


def test_responses_have_every_type_that_is_produced(contract):
    orders = contract.operation("listOrders")
    ok = orders.response(200)
    assert [media.type for media in ok.media] == ["application/json", "application/xml"]
    assert ok.media[0].examples[0].value == [{"id": "a"}]
    assert ok.media[1].examples == ()
    assert [header.name for header in ok.headers] == ["X-Total"]
    assert ok.headers[0].schema.resolved().value == {"type": "integer"}
    assert orders.response(500).media == ()
    upload = contract.operation("POST /uploads")
    assert [media.type for media in upload.response(200).media] == ["text/plain"]
    assert upload.response(200).media[0].schema.resolved().value["format"] == "binary"


def test_a_shared_response_is_written_out_where_other_types_are_produced(contract):
    upload = contract.operation("POST /uploads").response(404)
    assert [media.type for media in upload.media] == ["text/plain"]
    orders = contract.operation("listOrders").response(404)
    assert [media.type for media in orders.media] == ["application/json", "application/xml"]
    for response in (upload, orders):
        place = contract.document.place(response.at)
        assert place.pointer == "/responses/Missing"
        assert SWAGGER.split("\n")[place.line - 1] == "  Missing:"


def test_schemas_keep_their_meaning_and_examples_their_text(contract):
    order = contract.document.root["components"]["schemas"]["Order"]
    assert order["discriminator"] == {"propertyName": "kind"}
    assert order["properties"]["discriminator"] == {"type": "string"}
    assert order["properties"]["note"]["nullable"] is True
    assert order["properties"]["next"] == {"$ref": "#/components/schemas/Order"}
    assert order["example"] == {"discriminator": "kept", "$ref": "kept"}


def test_security_schemes_are_translated(contract):
    assert {name: scheme.type for name, scheme in contract.schemes.items()} == {
        "key": "apiKey",
        "login": "http",
        "oauth": "oauth2",
    }
    assert contract.schemes["login"].http_scheme == "basic"
    assert contract.schemes["oauth"].scopes == {"read": "Read things."}
    assert contract.schemes["oauth"].token_urls == {
        "authorizationCode": "https://example.com/token"
    }


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/openapi", "swagger"),
        ("/info/title", "title"),
        ("/paths/~1orders/parameters/0", "{name: tenant"),
        ("/paths/~1orders/parameters/0/schema/type", "type: string, required"),
        ("/paths/~1orders/get", "get"),
        ("/paths/~1orders/get/operationId", "operationId"),
        ("/paths/~1orders/get/parameters/0", "$ref: '#/parameters/Limit'"),
        ("/paths/~1orders/get/parameters/1", "name: ids"),
        ("/paths/~1orders/get/parameters/1/schema/items/type", "type: integer}"),
        ("/paths/~1orders/get/responses/200/headers/X-Total/schema", "X-Total"),
        ("/paths/~1orders/get/responses/200/content/application~1json/schema", "schema:"),
        ("/paths/~1orders/get/responses/200/content/application~1xml/schema/items", "items: {$ref"),
        ("/paths/~1orders/get/responses/200/content/application~1json/example/0/id", "id: a"),
        ("/paths/~1orders/post/requestBody", "name: order"),
        ("/paths/~1orders/post/requestBody/required", "required: true"),
        ("/paths/~1orders/post/requestBody/content/application~1json/schema", "schema: {$ref"),
        ("/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema", "parameters:"),
        ("/components/schemas/Order", "Order:"),
        ("/components/schemas/Order/discriminator/propertyName", "discriminator: kind"),
        ("/components/schemas/Order/properties/note/nullable", "x-nullable"),
        ("/components/schemas/Order/properties/id", "id: {type"),
        ("/components/parameters/Limit/schema/maximum", "maximum: 100"),
        ("/components/responses/Missing/content/application~1json/schema/type", "type: object}"),
        ("/components/securitySchemes/login/scheme", "type: basic"),
        ("/components/securitySchemes/oauth/flows/authorizationCode/tokenUrl", "tokenUrl: https"),
        (
            "/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties"
            "/labels/items/type",
            "type: string}",
        ),
    ],
)
def test_every_node_leads_back_to_its_author(contract, path, written):
    place = contract.document.place(Pointer("", path))
    assert SWAGGER.split("\n")[place.line - 1][place.column - 1 :].startswith(written)


def test_nothing_else_of_the_authors_is_lost(contract):
    assert "Body" not in contract.document.root["components"]["parameters"]
    assert contract.document.root["security"] == [{"key": []}, {"oauth": ["read"]}]


def test_a_body_of_the_path_belongs_to_each_operation_without_its_own(tmp_path):
    text = """\
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /a:
    parameters: [{name: b, in: body, schema: {type: object}}]
    put: {responses: {200: {description: d}}}
    post:
      parameters: [{name: b, in: body, schema: {type: string}}]
      responses: {200: {description: d}}
"""
    contract = load(write(tmp_path, text))
    types = {o.method: o.body.media[0].schema.resolved().value for o in contract.operations}
    assert types == {"PUT": {"type": "object"}, "POST": {"type": "string"}}


def test_form_fields_of_the_path_join_those_of_the_operation(tmp_path):
    text = """\
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /a:
    parameters:
      - {name: x, in: formData, type: string}
      - {name: y, in: formData, type: string}
    post:
      parameters: [{name: y, in: formData, type: integer, required: true}]
      responses: {200: {description: d}}
"""
    (operation,) = load(write(tmp_path, text)).operations
    (media,) = operation.body.media
    assert media.type == "application/x-www-form-urlencoded"
    found = {name: schema.node["type"] for name, schema in media.schema.members().items()}
    assert found == {"x": "string", "y": "integer"}


@pytest.mark.parametrize(
    ("consumed", "read"),
    [
        ("[application/x-www-form-urlencoded]", ["application/x-www-form-urlencoded"]),
        ("[application/json]", ["application/x-www-form-urlencoded"]),
        (
            "[application/json, application/x-www-form-urlencoded]",
            ["application/x-www-form-urlencoded", "application/json"],
        ),
    ],
)
def test_form_fields_are_json_members_too_where_both_are_consumed(tmp_path, consumed, read):
    text = f"""\
swagger: '2.0'
info: {{title: T, version: '1'}}
paths:
  /a:
    post:
      consumes: {consumed}
      parameters: [{{name: x, in: formData, type: string}}]
      responses: {{200: {{description: d}}}}
"""
    (operation,) = load(write(tmp_path, text)).operations
    assert [media.type for media in operation.body.media] == read


def test_parts_in_other_files_are_converted_and_lead_there(tmp_path):
    write(
        tmp_path,
        "get:\n  parameters:\n    - {name: a, in: query, type: string}\n"
        "  responses:\n    200: {description: d, schema: {$ref: 'types.yaml#/definitions/A'}}\n",
        "paths/a.yaml",
    )
    write(
        tmp_path,
        "definitions:\n  A: {properties: {b: {$ref: '#/definitions/B'}}}\n  B: {type: string}\n",
        "paths/types.yaml",
    )
    text = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a: {$ref: paths/a.yaml}\n"
    contract = load(write(tmp_path, text))
    (operation,) = contract.operations
    assert operation.parameters[0].schema.resolved().value == {"type": "string"}
    assert contract.document.place(operation.parameters[0].at).file.endswith("paths/a.yaml")
    assert contract.document.place(operation.parameters[0].at).line == 3
    schema = operation.responses[0].media[0].schema
    assert schema.members()["b"].node == {"type": "string"}


def test_a_reference_into_an_operation_finds_what_its_author_meant(tmp_path):
    text = """\
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /a:
    get: {responses: {200: {description: d, schema: {type: object, title: Here}}}}
  /b:
    get:
      responses:
        200: {description: d, schema: {$ref: '#/paths/~1a/get/responses/200/schema'}}
"""
    contract = load(write(tmp_path, text))
    node = contract.operations[1].responses[0].media[0].schema.resolved()
    assert node.value["title"] == "Here"
    assert contract.document.place(node.at).line == 5


@pytest.mark.parametrize(
    "damage",
    [
        "paths: 7",
        "paths: {/a: 7}",
        "paths: {/a: {get: 7}}",
        "paths: {/a: {$ref: '#/none'}}",
        "paths: {/a: {$ref: '#/paths/~1a'}}",
        "paths: {/a: {parameters: 7, get: {parameters: 7, responses: 7}}}",
        "paths: {/a: {get: {parameters: [7, {$ref: '#/none'}, {$ref: 7}], responses: {200: 7}}}}",
        "paths: {/a: {get: {parameters: [{in: body}], consumes: 7, produces: [7], responses: {}}}}",
        "paths: {/a: {get: {parameters: [{in: formData}], responses: {200: {schema: 7}}}}}",
        "paths: {/a: {get: {responses: {200: {headers: 7, examples: 7, $ref: '#/none'}}}}}",
        "paths: {/a: {get: {responses: {200: {headers: {X: 7}, examples: {a: 1}}}}}}",
        "paths: {}\ndefinitions: 7",
        "paths: {}\ndefinitions: {A: 7, B: {properties: 7, items: 7, allOf: 7, discriminator: 7}}",
        "paths: {}\nsecurityDefinitions: {a: 7, b: {type: oauth2}, c: {type: 7}}",
        "paths: {}\nhost: 7\nbasePath: 7\nschemes: 7",
    ],
)
def test_what_is_not_as_it_should_be_is_no_crash(tmp_path, damage):
    text = f"swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{damage}\n"
    contract = load(write(tmp_path, text))
    assert contract.title == "T"
    for problem in contract.problems:
        assert contract.document.place(problem.at).line >= 1


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "errors"),
    [
        ("netlify/2026-05-19.yaml", 0),
        ("docusign/click-v1-2026-05-26.json", 0),
        ("selfhosted/kinto-26.5.0.json", 0),
        ("selfhosted/jupyter-server-2.yaml", 0),
        ("amadeus/flight-orders-v1.json", 0),
        # The author's own: a list under items, which neither version allows.
        ("selfhosted/powerdns-4.7.3.json", 2),
        # Three operation ids and a schema that stand wrong in the author's document.
        ("square/2018-11-19.json", 4),
    ],
)
def test_real_documents_become_sound_openapi(name, errors):
    assert len(list(document_errors(load(CORPUS / name).document))) == errors


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize(
    "name",
    [
        "kubernetes/2017-11-20.json",
        "slack/web-api-2020-10-06.json",
        "sendgrid/oai-v2-2024-07-09.json",
    ],
)
def test_every_reference_of_real_documents_still_leads_somewhere(name):
    document = load(CORPUS / name).document
    waiting, followed = [document.root], 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            followed += 1
            try:
                document.resolve(node, Pointer())
            except UnresolvedReference as error:
                pytest.fail(str(error))
        if isinstance(node, (dict, list)):
            waiting.extend(node.values() if isinstance(node, dict) else node)
    assert followed > 100
