"""A scenario may use other Arazzo documents, and more than one API."""

# ruff: noqa: E501  (workflows are read by the line)

import json
import textwrap

import pytest
import yaml

import verifier
from tests.scenarios.stage import ITEMS
from verifier.errors import ConfigError
from verifier.model import Status
from verifier.pipeline import evaluate
from verifier.runs.assignment import Assignment
from verifier.wire import Answer, serve_in_thread

TOKENS = {
    "openapi": "3.1.0",
    "info": {"title": "Tokens", "version": "1"},
    "paths": {
        "/ping": {"get": {"operationId": "ping", "responses": {"200": {"description": "Up."}}}},
        "/secured": {
            "get": {
                "operationId": "secured",
                "security": [{"bearer": []}],
                "responses": {"200": {"description": "In."}},
            }
        },
    },
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "items.yaml").write_text(yaml.safe_dump(ITEMS))
    (tmp_path / "tokens.yaml").write_text(yaml.safe_dump(TOKENS))
    return tmp_path


def write(folder, name, text):
    path = folder / name
    path.write_text(textwrap.dedent(text))
    return path


OTHER = """\
    arazzo: 1.0.1
    info: {title: Other, version: "1"}
    sourceDescriptions: [{name: shop, url: items.yaml, type: openapi}]
    workflows:
      - workflowId: make
        inputs: {type: object, required: [name], properties: {name: {type: string}}}
        steps:
          - stepId: create
            operationId: createItem
            parameters: [{reference: $components.parameters.trace}]
            requestBody: {payload: {name: $inputs.name}}
            outputs: {id: $response.body#/id}
        outputs: {id: $steps.create.outputs.id}
    components:
      parameters: {trace: {name: X-Trace, in: header, value: other}}
    """
MAIN = """\
    arazzo: 1.0.1
    info: {title: Main, version: "1"}
    sourceDescriptions:
      - {name: items, url: items.yaml, type: openapi}
      - {name: other, url: other.arazzo.yaml, type: arazzo}
    workflows:
      - workflowId: use
        steps:
          - stepId: make
            workflowId: $sourceDescriptions.other.make
            parameters: [{name: name, value: Ada}]
            outputs: {id: $outputs.id}
          - stepId: read
            operationId: readItem
            parameters: [{name: id, in: path, value: $steps.make.outputs.id}]
    components:
      parameters: {trace: {name: X-Trace, in: header, value: main}}
    """


def run(path, folder, **how):
    return verifier.run(path, folder=folder / "run", formats=("json",), **{"mock": True, **how})


def exchanges(done):
    return [done.run.exchange(id) for id in done.run.exchange_ids]


def test_a_step_calls_a_workflow_of_another_document_with_its_own_components(folder):
    write(folder, "other.arazzo.yaml", OTHER)
    done = run(write(folder, "main.arazzo.yaml", MAIN), folder)
    assert [o.status for o in done.run.outcomes] == [Status.PASS]
    made = next(e for e in exchanges(done) if e.request.method == "POST")
    assert made.request.header("x-trace") == "other"
    assert json.loads(made.request.body) == {"name": "Ada"}


def test_a_workflow_depends_on_one_of_another_document(folder):
    write(folder, "other.arazzo.yaml", OTHER.replace("required: [name], ", ""))
    text = MAIN.replace(
        "workflowId: use\n",
        "workflowId: use\n        dependsOn: [$sourceDescriptions.other.make]\n",
    )
    done = run(write(folder, "main.arazzo.yaml", text), folder, inputs={"name": "Bea"})
    assert [e.request.method for e in exchanges(done)].count("POST") == 2


def test_what_another_document_lacks_is_told_with_the_nearest(folder):
    write(folder, "other.arazzo.yaml", OTHER)
    path = write(folder, "main.arazzo.yaml", MAIN.replace("other.make", "other.mak"))
    with pytest.raises(ConfigError, match="'other' has no workflow 'mak'\n  Did you mean 'make'"):
        run(path, folder)


def test_a_flaw_of_another_document_is_told_with_its_own_line(folder):
    write(folder, "other.arazzo.yaml", OTHER.replace("createItem", "createItm"))
    path = write(folder, "main.arazzo.yaml", MAIN)
    with pytest.raises(ConfigError, match=r"other\.arazzo\.yaml:9: 'shop' has no operation"):
        run(path, folder)


def test_documents_that_refer_to_each_other_are_read_once(folder):
    again = OTHER.replace(
        "[{name: shop, url: items.yaml, type: openapi}]",
        "[{name: shop, url: items.yaml, type: openapi}, {name: main, url: main.arazzo.yaml, type: arazzo}]",
    )
    write(folder, "other.arazzo.yaml", again)
    done = run(write(folder, "main.arazzo.yaml", MAIN), folder)
    assert [o.status for o in done.run.outcomes] == [Status.PASS]


def test_a_document_is_found_by_its_own_uri_among_those_that_are_given(folder):
    (folder / "far").mkdir()
    uri = "https://acme.example/flows/other.arazzo.yaml"
    other = OTHER.replace("arazzo: 1.0.1", f"arazzo: 1.1.0\n    $self: {uri}")
    write(folder / "far", "x.arazzo.yaml", other.replace("url: items.yaml", "url: ../items.yaml"))
    main = MAIN.replace("url: other.arazzo.yaml", f"url: {uri}").replace("1.0.1", "1.1.0")
    path = write(folder, "main.arazzo.yaml", main)
    done = verifier.run(
        path, folder / "far" / "x.arazzo.yaml", mock=True, folder=folder / "run",
        workflows=("use",), formats=("json",),
    )  # fmt: skip
    assert [o.status for o in done.run.outcomes] == [Status.PASS]


def test_relative_addresses_start_at_a_documents_own_uri(folder):
    main = MAIN.replace("1.0.1", "1.1.0\n    $self: https://acme.example/w/main.arazzo.yaml")
    path = write(folder, "main.arazzo.yaml", main.replace("other.arazzo.yaml", "gone.arazzo.yaml"))
    with pytest.raises(
        ConfigError, match=r"https://acme\.example/w/gone\.arazzo\.yaml is on the net"
    ):
        run(path, folder)


TWO = """\
    arazzo: 1.0.1
    info: {title: Two APIs, version: "1"}
    sourceDescriptions:
      - {name: items, url: items.yaml, type: openapi}
      - {name: tokens, url: tokens.yaml, type: openapi}
    workflows:
      - workflowId: both
        steps:
          - {stepId: a, operationId: $sourceDescriptions.items.listItems}
          - stepId: b
            operationId: $sourceDescriptions.tokens.ping
            successCriteria: [{condition: $statusCode == 200}]
          - stepId: c
            operationPath: '{$sourceDescriptions.tokens.url}#/paths/~1secured/get'
            successCriteria: [{condition: $statusCode == 401}]
          - stepId: d
            operationId: $sourceDescriptions.tokens.secured
            successCriteria: [{condition: $statusCode == 200}]
            x-verifier: {principal: full}
    """


def test_each_api_has_its_own_mock_and_a_principal_is_shown_only_where_it_is_named(folder):
    done = run(write(folder, "two.arazzo.yaml", TWO), folder)
    assert [o.status for o in done.run.outcomes] == [Status.PASS]
    asked = exchanges(done)[1:]
    assert [e.request.api for e in asked] == ["", "tokens", "tokens", "tokens"]
    assert len({e.base_url for e in asked}) == 2
    forms = [e.request.identity.form.value for e in asked]
    assert forms == ["intact", "absent", "absent", "intact"]


def test_a_further_api_is_asked_only_at_an_address_that_the_user_named(folder, monkeypatch):
    monkeypatch.setenv("TOKEN", "s3cret")
    seen = {"own": [], "further": []}

    def answering(name):
        def handler(incoming):
            seen[name].append((incoming.target, incoming.header("authorization")))
            secured = incoming.target == "/secured" and not incoming.header("authorization")
            return Answer(status=401 if secured else 200)

        return handler

    path = write(folder, "two.arazzo.yaml", TWO)
    principal = ("full=bearer:env:TOKEN",)
    with serve_in_thread(answering("own")) as own, serve_in_thread(answering("further")) as more:
        how = {"mock": False, "base_url": own.url, "principals": principal}
        done = run(path, folder, **how)
        assert [o.status for o in done.run.outcomes] == [Status.NOT_TESTED]
        assert done.run.outcomes[0].supply == "--api tokens=URL"
        assert seen == {"own": [], "further": []}
        done = verifier.run(
            path, folder=folder / "b", formats=("json",), addresses={"tokens": more.url}, **how
        )
    assert [o.status for o in done.run.outcomes] == [Status.PASS]
    assert seen["further"] == [("/ping", None), ("/secured", None), ("/secured", "Bearer s3cret")]


def test_two_documents_may_not_share_a_name(folder):
    (folder / "b").mkdir()
    (folder / "b" / "tokens.yaml").write_text(yaml.safe_dump(TOKENS))
    first = write(folder, "a.arazzo.yaml", TWO)
    second = write(folder / "b", "b.arazzo.yaml", TWO.replace("url: items", "url: ../items"))
    with pytest.raises(ConfigError, match="two scenarios mean different documents by 'tokens'"):
        verifier.run(first, second, mock=True, folder=folder / "run")


def test_faults_are_for_the_vendors_own_operations(folder):
    text = TWO.replace("principal: full", "fault: {fault: status}")
    path = write(folder, "two.arazzo.yaml", text)
    order = Assignment(
        where=str(folder / "items.yaml"), scenarios=(str(path),),
        apis={"tokens": str(folder / "tokens.yaml")}, mock=True,
    )  # fmt: skip
    with pytest.raises(ConfigError, match="of the vendor's own document"):
        evaluate(order)
