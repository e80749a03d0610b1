"""Scenarios that are drafted: they hold where the vendor is sound, and fail where it is not."""

import json

import pytest
import yaml

import verifier
from tests.places import CORPUS, ROOT, needs_corpus
from verifier.errors import ConfigError, UsageError
from verifier.jobs import drafts
from verifier.model import Status

SPECS = ROOT / "specs" / "acme-billing"
BOOK = """{description: One, content: {application/json: {schema: {
          $ref: "#/components/schemas/Book"}}}}"""
NOTE = "{type: object, properties: {id: {type: integer}, text: {type: string}}}"
SMALL = f"""\
openapi: 3.1.0
info: {{title: Small, version: "1"}}
paths:
  /shelves/{{shelf}}/books:
    parameters: [&shelf {{name: shelf, in: path, required: true, schema: {{type: string}}}}]
    post:
      operationId: addBook
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: "#/components/schemas/Book"}}}}}}
      responses:
        "201": {BOOK}
  /shelves/{{shelf}}/books/{{book_id}}:
    parameters:
      - *shelf
      - {{name: book_id, in: path, required: true, schema: {{type: string}}}}
    get: {{responses: {{"200": {BOOK}}}}}
  /shelves/{{shelf}}:
    parameters: [*shelf]
    get: {{responses: {{"200": {{description: One}}}}}}
  /notes:
    post:
      requestBody: {{content: {{application/json: {{schema: {NOTE}}}}}}}
      responses: {{"200": {{description: Made, content: {{application/json: {{schema: {NOTE}}}}}}}}}
    get:
      responses:
        "200":
          description: All
          content: {{application/json: {{schema: {{type: array, items: {NOTE}}}}}}}
  /notes/{{note_id}}:
    parameters: [{{name: note_id, in: path, required: true, schema: {{type: integer}}}}]
    get: {{responses: {{"200": {{description: One}}}}}}
    delete: {{responses: {{"204": {{description: Gone}}}}}}
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties: {{book_id: {{type: string, readOnly: true}}, title: {{type: string}}}}
"""


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    output = tmp_path_factory.mktemp("drafts") / "drafts.arazzo.yaml"
    drafted = drafts.draft(str(SPECS), output=output)
    output.write_text(drafted.text, "utf-8")
    return output, drafted


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def run(file, folder, **given):
    done = verifier.run(file, mock=True, folder=folder, formats=("json",), **given)
    return {o.check.rpartition(".")[2]: o for o in done.run.outcomes}, done.run


def workflow(text, id):
    return next(w for w in yaml.safe_load(text)["workflows"] if w["workflowId"] == id)


def test_every_thing_that_can_be_made_gets_a_life_and_payments_are_taken_back(usual):
    _, drafted = usual
    assert drafted.left_out == ()
    assert set(drafted.workflows) == {
        "life-of-customers",
        "life-of-orders",
        "life-of-invoices",
        "life-of-payments",
        "life-of-webhook-endpoints",
        "list-of-events",
        "pay-and-refund-payment",
    }
    steps = [step["stepId"] for step in workflow(drafted.text, "life-of-customers")["steps"]]
    assert steps == [
        "create-customer",
        "get-customer",
        "list-customers",
        "update-customer",
        "get-customer-changed",
        "delete-customer",
        "get-customer-gone",
    ]
    chain = [s["stepId"] for s in workflow(drafted.text, "pay-and-refund-payment")["steps"]]
    assert chain == [
        "create-customer",
        "create-invoice",
        "create-payment",
        "refund-payment",
        "get-payment",
    ]


def test_drafts_run_as_they_are_against_the_mock(usual, tmp_path):
    file, drafted = usual
    outcomes, _ = run(file, tmp_path / "run")
    assert {name: o.status for name, o in outcomes.items()} == dict.fromkeys(
        drafted.workflows, Status.PASS
    )


@pytest.mark.parametrize(
    ("defect", "speaking"),
    [
        ("update-lost", {"life-of-customers", "life-of-orders"}),
        ("delete-keeps", {"life-of-customers", "life-of-orders", "life-of-webhook-endpoints"}),
    ],
)
def test_drafts_speak_where_the_vendor_is_broken(usual, tmp_path, defect, speaking):
    outcomes, _ = run(usual[0], tmp_path / "run", misbehave=(defect,))
    assert speaking <= {name for name, o in outcomes.items() if o.status is Status.FAIL}


def test_names_and_keys_are_new_in_each_workflow(usual, tmp_path):
    _, kept = run(usual[0], tmp_path / "run")
    exchanges = [kept.exchange(id) for id in kept.exchange_ids]
    made = [e for e in exchanges if e.request.method == "POST" and e.succeeded]
    names = [json.loads(e.request.body)["email"] for e in made if e.request.path == "/customers"]
    assert len(names) == len(set(names)) > 3
    keys = [key for e in made if (key := e.request.header("idempotency-key"))]
    assert len(keys) == len(set(keys)) > 1


def test_what_cannot_be_made_is_left_out_and_told(small, tmp_path):
    drafted = drafts.draft(str(small), output=tmp_path / "d.yaml")
    assert drafted.workflows == ("life-of-notes",)
    assert [(left.what, left.reason) for left in drafted.left_out] == [
        ("books", "no item of 'shelves' can be made")
    ]


def test_an_integer_is_sought_without_quotes_in_a_list_without_pages(small, tmp_path):
    drafted = drafts.draft(str(small), output=tmp_path / "d.yaml", resources=("notes",))
    steps = {s["stepId"]: s for s in workflow(drafted.text, "life-of-notes")["steps"]}
    assert steps["get-notes"]["successCriteria"][1] == {
        "context": "$response.body",
        "condition": "$[?@.id == {$steps.post-notes.outputs.id}]",
        "type": "jsonpath",
    }
    assert "operationPath" in steps["get-notes"]


def test_the_document_is_referred_to_from_where_the_draft_will_be(small, tmp_path):
    output = tmp_path / "a" / "b" / "d.arazzo.yaml"
    drafted = drafts.draft(str(small), output=output)
    assert yaml.safe_load(drafted.text)["sourceDescriptions"][0]["url"] == "../../small.yaml"


def test_only_the_resources_that_are_asked_for(tmp_path):
    drafted = drafts.draft(str(SPECS), output=tmp_path / "d.yaml", resources=("orders",))
    assert drafted.workflows == ("life-of-orders",)
    with pytest.raises(UsageError, match="no resource 'order' was recognised"):
        drafts.draft(str(SPECS), output=tmp_path / "d.yaml", resources=("order",))


# Of a recording


def call(method, url, body=None, answer=None, status=200, headers=(), answer_headers=()):
    request = {
        "method": method,
        "url": url,
        "headers": [{"name": n, "value": v} for n, v in headers],
    }
    if body is not None:
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(body)}
    content = {"mimeType": "application/json", "text": json.dumps(answer)}
    shown = [{"name": n, "value": v} for n, v in answer_headers]
    return {
        "request": request,
        "response": {"status": status, "headers": shown, "content": content},
    }


API = "https://api.acme.example/v1"
TOTAL = {"amount": "12.50", "currency": "EUR"}
KEY = ("Authorization", "Bearer the-token-of-a-real-person")
RECORDING = [
    call("OPTIONS", f"{API}/customers", status=204),
    call("GET", "https://cdn.example/app.js"),
    call("GET", f"{API}/customers?limit=5", answer={"data": [{"id": "cus_71"}]}, headers=[KEY]),
    call("GET", f"{API}/customers/cus_71", answer={"id": "cus_71", "name": "Ada"}, headers=[KEY]),
    call(
        "POST",
        f"{API}/invoices",
        {"customer_id": "cus_71", "total": TOTAL},
        {"id": "inv_5b", "customer_id": "cus_71", "total": TOTAL},
        201,
        [KEY, ("Idempotency-Key", "3f1c")],
        [("ETag", '"v1"')],
    ),
    call("GET", f"{API}/invoices/inv_5b", answer={"id": "inv_5b"}),
    call("GET", f"{API}/invoices/inv_5b", answer={"id": "inv_5b"}),
    call("GET", f"{API}/reports/weekly", answer={}),
    call("DELETE", f"{API}/invoices/inv_5b", status=204),
    call("GET", f"{API}/invoices/inv_5b", status=404, answer={"code": "not_found"}),
    call("GET", f"{API}/orders", status=401, answer={}),
]


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "My session.har"
    path.write_text(json.dumps({"log": {"entries": RECORDING}}))
    return path


def test_a_recording_becomes_a_workflow_that_runs_against_the_mock(archive, tmp_path):
    output = tmp_path / "d.arazzo.yaml"
    drafted = drafts.draft(str(SPECS), output=output, archive=str(archive))
    output.write_text(drafted.text)
    outcomes, _ = run(output, tmp_path / "run", vendor=SPECS)
    assert {name: o.status for name, o in outcomes.items()} == {"recorded-my-session": Status.PASS}
    steps = [s["stepId"] for s in workflow(drafted.text, "recorded-my-session")["steps"]]
    # A customer that was there when the recording began is made; what is asked twice is asked once.
    assert steps == [
        "list-customers",
        "create-customer",
        "get-customer",
        "create-invoice",
        "get-invoice",
        "delete-invoice",
        "get-invoice-2",
    ]


def test_ids_are_handed_on_and_keys_made_anew(archive, tmp_path):
    drafted = drafts.draft(str(SPECS), output=tmp_path / "d.yaml", archive=str(archive))
    steps = {s["stepId"]: s for s in workflow(drafted.text, "recorded-my-session")["steps"]}
    payload = steps["create-invoice"]["requestBody"]["payload"]
    assert payload == {"customer_id": "$steps.create-customer.outputs.id", "total": TOTAL}
    assert steps["create-invoice"]["parameters"] == [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "value": "$inputs.key-of-create-invoice",
        }
    ]
    assert steps["delete-invoice"]["parameters"] == [
        {"name": "invoice_id", "in": "path", "value": "$steps.create-invoice.outputs.id"}
    ]
    assert steps["get-invoice-2"]["successCriteria"] == [{"condition": "$statusCode == 404"}]


def test_no_credential_of_a_recording_is_in_its_draft(archive, tmp_path):
    drafted = drafts.draft(str(SPECS), output=tmp_path / "d.yaml", archive=str(archive))
    assert "the-token-of-a-real-person" not in drafted.text
    assert "Authorization" not in drafted.text


def test_a_masked_member_is_drawn_instead(tmp_path):
    recording = tmp_path / "r.har"
    entry = call("POST", f"{API}/customers", {"name": "Ada", "email": "a@b.example"}, {}, 201)
    entry["request"]["postData"]["text"] = json.dumps(
        {"name": "Ada", "email": "a@b.example", "password": "hunter22hunter22"}
    )
    recording.write_text(json.dumps({"log": {"entries": [entry]}}))
    drafted = drafts.draft(
        str(SPECS), output=tmp_path / "d.yaml", archive=str(recording), unproved=True
    )
    assert "hunter22" not in drafted.text
    assert "not-the-recorded-one" in drafted.text


def test_what_is_not_in_the_draft_is_told(archive, tmp_path):
    drafted = drafts.draft(str(SPECS), output=tmp_path / "d.yaml", archive=str(archive))
    assert {(left.what, left.reason) for left in drafted.left_out} == {
        ("GET /app.js", "another host's"),
        ("OPTIONS /v1/customers", "the document does not know this call"),
        ("GET /v1/reports/weekly", "the document does not know this call"),
        ("GET /v1/orders", "it was answered 401"),
    }


def test_what_does_not_hold_against_the_mock_is_left_out_unless_asked_for(tmp_path):
    recording = tmp_path / "r.har"
    entry = call("POST", f"{API}/customers", {"email": "nobody"}, {"code": "invalid"}, 201)
    recording.write_text(json.dumps({"log": {"entries": [entry]}}))
    given = {"output": tmp_path / "d.yaml", "archive": str(recording)}
    drafted = drafts.draft(str(SPECS), **given)
    assert (drafted.text, drafted.workflows) == ("", ())
    assert "not so at step 'create-customer': the status is 422" in drafted.left_out[-1].reason
    assert drafts.draft(str(SPECS), **given, unproved=True).workflows == ("recorded-r",)


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", "it is no HTTP Archive"), ("[]", "it has no log.entries"), (None, "cannot be read")],
)
def test_what_is_no_recording_is_refused_in_plain_words(tmp_path, content, says):
    path = tmp_path / "r.har"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=says):
        drafts.draft(str(SPECS), output=tmp_path / "d.yaml", archive=str(path))


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize(
    ("document", "least"),
    [
        ("asana/2026-06-11.yaml", 30),
        ("intercom/2.16.yaml", 35),
        ("resend/2026-08-21.yaml", 15),
        ("meilisearch/2025-06-16.json", 4),
    ],
)
def test_real_vendors_get_drafts_and_most_hold_against_their_mock(document, least, tmp_path):
    drafted = drafts.draft(str(CORPUS / document), output=tmp_path / "d.arazzo.yaml")
    assert len(drafted.workflows) >= least
    assert len(drafted.left_out) < len(drafted.workflows) * 2
