"""Which habits are recognised, and which lookalikes are not."""

import pytest

from tests.places import CORPUS, needs_corpus
from verifier.loading import from_mapping, load
from verifier.loading.recognition import recognise_conventions
from verifier.loading.view import ContractView

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}


def media(schema, kind="application/json"):
    return {kind: {"schema": schema}}


def response(schema=None, status="200", headers=(), kind="application/json"):
    made = {"description": "OK", "headers": {name: {"schema": TEXT} for name in headers}}
    return {status: {**made, **({"content": media(schema, kind)} if schema else {})}}


def query(name, schema=TEXT, **more):
    return {"name": name, "in": "query", "schema": schema, **more}


def header(name, **more):
    return {"name": name, "in": "header", "schema": TEXT, **more}


def body(**properties):
    return {"content": media({"type": "object", "properties": properties})}


def found(paths, kind, **more):
    contract = from_mapping({"openapi": "3.1.0", "info": {"title": "T"}, "paths": paths, **more})
    return [convention for convention in contract.conventions if convention.kind == kind]


def listing(*parameters, members=None, path="/things", **more):
    rows = {"type": "array", "items": {"properties": {"id": TEXT}}}
    shape = {"properties": {"data": rows, **(members or {})}}
    operation = {"parameters": list(parameters), "responses": response(shape), **more}
    return {path: {"get": operation}}


def calendar(path):
    event = {"properties": {"id": TEXT, "name": TEXT, "venue": TEXT, "starts_on": TEXT}}
    return {path: {"get": {"responses": response({"type": "array", "items": event})}}}


SOUND = listing(query("colour"))


def test_a_plain_document_has_no_conventions():
    contract = from_mapping({"openapi": "3.1.0", "info": {"title": "T"}, "paths": SOUND})
    assert contract.conventions == ()


def test_each_recogniser_says_nothing_of_an_empty_document():
    document = from_mapping({"openapi": "3.1.0"}).document
    assert recognise_conventions(ContractView(document, operations=())) == ()


@pytest.mark.parametrize(
    ("paths", "kind"),
    [
        (listing(query("after"), query("before")), "pagination"),  # two dates, perhaps
        (listing(query("limit")), "pagination"),
        (listing(query("start"), query("end")), "pagination"),
        (listing(header("X-Request-Id")), "idempotency"),
        (listing(query("created_after")), "changed-since"),
        (listing(query("since", description="Only those younger than this")), "changed-since"),
        (listing(query("updated_by")), "changed-since"),
        (listing(query("version", description="Version of the thing")), "versioning"),
        (listing(path="/things/v8-engines"), "versioning"),
        (listing(path="/orders/{id}/status"), "health"),
        (calendar("/events"), "events"),
        (listing(path="/shows/{id}/events"), "events"),
        (listing(description="Does not use deprecated features"), "deprecation"),
        ({"/notes": {"post": {"requestBody": body(total=WHOLE), "responses": {}}}}, "money"),
        (
            {"/apps": {"post": {"requestBody": body(client_id=TEXT), "responses": {}}}},
            "natural-key",
        ),
        ({"/a": {"put": {"responses": response(status="412")}}}, "conditional"),
    ],
)
def test_lookalikes_are_not_taken_for_conventions(paths, kind):
    assert found(paths, kind) == []


@pytest.mark.parametrize(
    ("style", "parameters", "members", "detail"),
    [
        ("cursor", [query("cursor"), query("limit")], {"next_cursor": TEXT}, "next_cursor"),
        ("cursor", [query("starting_after")], {"has_more": {}}, "has_more"),
        (
            "cursor",
            [query("PageToken"), query("PageSize")],
            {"next_page_uri": TEXT},
            "next_page_uri",
        ),
        ("cursor", [query("offset"), query("limit")], {"next_page": TEXT}, "next_page"),
        ("offset", [query("offset", WHOLE), query("limit", WHOLE)], {"total": WHOLE}, None),
        ("page", [query("page", WHOLE), query("per_page", WHOLE)], {}, None),
        (
            "cursor",
            [query("page[after]")],
            {"meta": {"properties": {"next_cursor": TEXT}}},
            "meta/next_cursor",
        ),
    ],
)
def test_pages_are_told_apart_by_their_parameters(style, parameters, members, detail):
    [convention] = found(listing(*parameters, members=members), "pagination")
    assert convention.style == style
    assert convention.detail["token"] == parameters[0]["name"]
    assert convention.detail["items"] == "data"
    assert convention.detail.get("next") == detail
    assert convention.operations == ("GET /things",)


def test_of_two_directions_the_one_that_leads_on_is_named():
    [convention] = found(listing(query("before"), query("after"), query("limit")), "pagination")
    assert convention.detail["token"] == "after"


def test_a_link_header_is_a_style_of_its_own():
    paths = {"/things": {"get": {"responses": response({"type": "array"}, headers=["Link"])}}}
    assert [c.style for c in found(paths, "pagination")] == ["link-header"]


@pytest.mark.parametrize(
    ("style", "operation", "name"),
    [
        ("header", {"parameters": [header("Idempotency-Key")]}, "Idempotency-Key"),
        ("header", {"parameters": [header("PayPal-Request-Id")]}, "PayPal-Request-Id"),
        ("header", {"parameters": [header("X-Idempotency-Key")]}, "X-Idempotency-Key"),
        ("query", {"parameters": [query("idempotencyKey")]}, "idempotencyKey"),
        ("body", {"requestBody": body(idempotency_key=TEXT)}, "idempotency_key"),
        ("body", {"requestBody": body(clientToken=TEXT)}, "clientToken"),
    ],
)
def test_the_carrier_of_an_idempotency_key_is_found(style, operation, name):
    [convention] = found({"/things": {"post": {**operation, "responses": {}}}}, "idempotency")
    assert (convention.style, convention.detail["name"]) == (style, name)
    assert convention.operations == ("POST /things",)


def test_a_key_that_only_the_introduction_mentions_is_unsure_and_covers_no_operation():
    info = {"title": "T", "description": "Send an Idempotency-Key with each POST."}
    [convention] = found(SOUND, "idempotency", info=info)
    assert (convention.detail["name"], convention.operations) == ("Idempotency-Key", ())
    assert convention.confidence < 0.5


def failing(*schemas, kind="application/json"):
    responses = {"200": {"description": "OK"}}
    for index, schema in enumerate(schemas):
        responses |= response(schema, status=str(400 + index), kind=kind)
    return {"/a": {"get": {"responses": responses}}}


def shape(*names):
    return {"properties": dict.fromkeys(names, TEXT)}


def test_problem_details_are_recognised_by_their_media_type_or_members():
    [typed] = found(failing(shape("code"), kind="application/problem+json"), "errors")
    [shaped] = found(failing(shape("type", "title", "status", "detail")), "errors")
    assert (typed.style, shaped.style) == ("problem-details", "problem-details")


def test_an_own_error_shape_says_where_its_parts_stand():
    inner = {"properties": {"code": TEXT, "message": TEXT, "param": TEXT}}
    [convention] = found(failing({"properties": {"error": inner}}), "errors")
    assert convention.style == "own"
    assert convention.detail["code"] == "error/code"
    assert convention.detail["message"] == "error/message"
    assert convention.detail["fields"] == "error/param"
    assert convention.detail["schema"].endswith("/responses/400/content/application~1json/schema")
    assert convention.detail["consistent"] is True


def test_errors_of_several_shapes_are_called_so():
    [convention] = found(failing(shape("code"), shape("message"), shape("code")), "errors")
    assert (convention.detail["consistent"], convention.detail["shapes"]) == (False, 2)
    assert convention.confidence < 1


@pytest.mark.parametrize(
    ("style", "headers"),
    [
        ("ratelimit", ["RateLimit", "RateLimit-Policy"]),
        ("ratelimit-three-fields", ["RateLimit-Limit", "RateLimit-Remaining"]),
        ("x-ratelimit", ["X-RateLimit-Remaining"]),
        ("own-headers", ["X-Shopify-Shop-Api-Call-Limit"]),
        ("retry-after", ["Retry-After"]),
    ],
)
def test_the_dialect_of_limits_is_told_by_the_headers(style, headers):
    paths = {"/a": {"get": {"responses": response(status="429", headers=headers)}}}
    [convention] = found(paths, "limits")
    assert (convention.style, convention.operations) == (style, ("GET /a",))


STATED = {"name": "search", "quota": 30, "window_seconds": 60}


def test_limits_that_are_stated_in_numbers_are_shared_by_operations_of_one_name():
    paths = {
        path: {"get": {"responses": response(status="429"), "x-rate-limit": STATED}}
        for path in ("/a", "/b")
    }
    [convention] = found(paths, "limits")
    assert convention.detail["rules"] == [{**STATED, "operations": ["GET /a", "GET /b"]}]


@pytest.mark.parametrize("said", [30, {"quota": "many"}, {"quota": 3, "window_seconds": 0}, None])
def test_a_limit_that_is_not_stated_in_numbers_is_no_rule(said):
    paths = {"/a": {"get": {"responses": response(status="429"), "x-rate-limit": said}}}
    [convention] = found(paths, "limits")
    assert "rules" not in convention.detail


@pytest.mark.parametrize(
    ("style", "paths", "more"),
    [
        ("path", {"/v2/a": {"get": {}}, "/v2/b": {"get": {}}}, {}),
        ("path", {"/2010-04-01/a": {"get": {}}}, {}),
        ("path", {"/a": {"get": {}}}, {"servers": [{"url": "https://x.test/api/v3"}]}),
        ("path", {"/a": {"get": {}}}, {"servers": [{"url": "https://x.test/api.xro/2.0"}]}),
        ("header", {"/a": {"get": {"parameters": [header("anthropic-version")]}}}, {}),
        ("query", {"/a": {"get": {"parameters": [query("api-version")]}}}, {}),
        (
            "media-type",
            {"/a": {"get": {"responses": response(TEXT, kind="application/vnd.x.v3+json")}}},
            {},
        ),
    ],
)
def test_versions_are_found_wherever_they_stand(style, paths, more):
    assert [c.style for c in found(paths, "versioning", **more)] == [style]


@pytest.mark.parametrize(
    "name",
    ["updated_since", "modified_after", "updatedAt[gte]", "since_updated", "last_modified_from"],
)
def test_filters_for_changes_are_found_in_many_spellings(name):
    [convention] = found(listing(query(name)), "changed-since")
    assert (convention.style, convention.detail["name"]) == ("filter", name)


def test_since_counts_where_its_description_speaks_of_updates():
    since = query("since", description="Only those updated after this")
    assert len(found(listing(since), "changed-since")) == 1


def test_conditional_reads_and_writes_are_told_apart():
    read = {"parameters": [header("If-None-Match")], "responses": response(headers=["ETag"])}
    write = {"parameters": [header("If-Match")], "responses": response(status="412")}
    [convention] = found({"/a": {"get": read, "put": write}}, "conditional")
    assert convention.detail == {"validator": True, "reads": ["GET /a"], "writes": ["PUT /a"]}


def test_webhooks_tell_their_signature_headers():
    hook = {"post": {"parameters": [header("X-Hub-Signature-256"), header("X-Id")]}}
    [convention] = found({}, "webhooks", webhooks={"paid": hook})
    assert convention.style == "webhooks"
    assert convention.detail["signature_headers"] == ["X-Hub-Signature-256"]


def test_a_resource_that_takes_an_address_to_call_is_a_subscription():
    paths = {"/webhooks": {"post": {"requestBody": body(url=TEXT), "responses": {}}}}
    [convention] = found(paths, "webhooks")
    assert (convention.style, convention.detail["address"]) == ("subscription", "url")


def scoped(method, *scopes):
    return {method: {"security": [{"oauth": list(scopes)}], "responses": {}}}


def test_reads_that_need_a_writing_scope_are_named():
    paths = {"/a": {**scoped("get", "all"), **scoped("post", "all")}, "/b": scoped("get", "read")}
    [convention] = found(paths, "scopes")
    assert convention.detail["reads_that_need_a_writing_scope"] == ["GET /a"]
    assert convention.detail["undeclared"] == ["all", "read"]


def test_a_query_that_is_posted_is_a_read():
    paths = {"/a/search": scoped("post", "read"), "/a": scoped("get", "read")}
    [convention] = found(paths, "scopes")
    assert convention.detail["reads_that_need_a_writing_scope"] == []


def test_deprecation_is_found_as_flag_date_header_and_word():
    paths = {
        "/a": {"get": {"deprecated": True, "x-sunset": "2030-01-01", "responses": {}}},
        "/b": {"get": {"summary": "[Deprecated] old", "responses": response(headers=["Sunset"])}},
    }
    schemas = {"Old": {"properties": {"name": {"type": "string", "deprecated": True}}}}
    conventions = found(paths, "deprecation", components={"schemas": schemas})
    styles = {convention.style: convention for convention in conventions}
    assert set(styles) == {"flag", "extension", "headers", "prose"}
    assert styles["flag"].detail["fields"] == ["Old/name"]
    assert styles["extension"].detail["marks"] == {"GET /a": {"x-sunset": "2030-01-01"}}
    assert styles["prose"].confidence < 0.5


def test_creations_that_take_money_are_found_by_their_fields_or_names():
    amount = {"properties": {"currency": TEXT, "value": WHOLE}}
    paths = {
        "/gifts": {"post": {"requestBody": body(sum=amount), "responses": {}}},
        "/fees": {"post": {"requestBody": body(amount=WHOLE, currency=TEXT), "responses": {}}},
        "/payments": {"post": {"requestBody": body(note=TEXT), "responses": {}}},
    }
    [convention] = found(paths, "money")
    assert convention.detail["fields"] == {"POST /gifts": ["sum"], "POST /fees": ["amount"]}
    assert convention.detail["by_name_only"] == ["POST /payments"]


def test_a_key_of_our_own_is_found_in_creations():
    paths = {"/orders": {"post": {"requestBody": body(external_id=TEXT), "responses": {}}}}
    [convention] = found(paths, "natural-key")
    assert convention.detail["fields"] == {"POST /orders": "external_id"}


def test_request_ids_are_found_in_answers_and_requests():
    operation = {
        "parameters": [header("X-Correlation-Id")],
        "responses": response(headers=["X-Request-Id"]),
    }
    styles = {c.style: c.detail["name"] for c in found({"/a": {"get": operation}}, "request-id")}
    assert styles == {"response-header": "X-Request-Id", "request-header": "X-Correlation-Id"}


def test_health_event_logs_and_sandboxes_are_found():
    event = {"properties": {"id": TEXT, "type": TEXT, "created_at": TEXT}}
    log = {"properties": {"data": {"type": "array", "items": event}}}
    paths = {
        "/health": {"get": {"responses": {}}},
        "/events": {"get": {"responses": response(log)}},
        "/hooks/{id}/deliveries/{n}/redeliver": {"post": {"responses": {}}},
    }
    servers = [{"url": "https://x.test/"}, {"url": "https://api.sandbox.example.com"}]
    assert [c.operations for c in found(paths, "health")] == [("GET /health",)]
    assert {c.style for c in found(paths, "events")} == {"log", "redelivery"}
    [sandbox] = found(paths, "sandbox", servers=[servers[1]])
    assert sandbox.detail["servers"] == ["https://api.sandbox.example.com"]


def test_a_list_of_events_without_types_is_perhaps_a_log():
    [convention] = found(listing(path="/events"), "events")
    assert (convention.style, convention.confidence) == ("log", 0.5)


EXPECTED = {
    "adyen/checkout-v72.json": {"idempotency/header", "versioning/path", "money/fields"},
    "digitalocean/2026-08-07/specification/DigitalOcean-public.v2.yaml": {
        "limits/ratelimit-three-fields",
        "pagination/page",
    },
    "github/octokit-23.0.2.json": {
        "pagination/page",
        "pagination/link-header",
        "webhooks/webhooks",
        "deprecation/extension",
        "events/redelivery",
    },
    "paypal/orders-v2-2024-02-03.json": {"idempotency/header", "sandbox/server", "errors/own"},
    "selfhosted/kinto-26.5.0.json": {"conditional/etag", "health/endpoint"},
    "square/2025-08-19.json": {"idempotency/body", "pagination/cursor", "deprecation/flag"},
    "stripe/2023-09-12.yaml": {"pagination/cursor", "errors/own", "webhooks/subscription"},
    "twilio/api_v2010-2026-04-14.json": {"pagination/cursor", "versioning/path"},
    "vonage/sms-2021-07-14.yaml": {"webhooks/callbacks"},
    "xero/accounting-2026-07-13.yaml": {"idempotency/header", "changed-since/if-modified-since"},
    "asana/2026-06-11.yaml": {"pagination/cursor", "changed-since/filter"},
    "discord/2026-07-18.json": {"limits/x-ratelimit"},
}


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("document", EXPECTED)
def test_vendors_known_habits_are_recognised(document):
    shown = {f"{c.kind}/{c.style}" for c in load(CORPUS / document).conventions}
    assert EXPECTED[document] <= shown
