"""A flawed scenario is refused with its line and its mend, and nothing is sent."""

# ruff: noqa: E501  (a table of slips is read by the line)

import textwrap

import pytest

from tests.scenarios.stage import described, flaws_of
from verifier.errors import ConfigError
from verifier.scenarios import Grade, refuse

SOUND = """\
workflows:
  - workflowId: make
    inputs: {type: object, required: [name], properties: {name: {type: string}}}
    steps:
      - stepId: create
        operationId: createItem
        requestBody: {payload: {name: $inputs.name}}
        successCriteria:
          - condition: $statusCode == 201
        outputs: {id: $response.body#/id}
      - stepId: read
        operationId: readItem
        parameters:
          - {name: id, in: path, value: $steps.create.outputs.id}
        onFailure:
          - {name: again, type: retry, retryAfter: 1, retryLimit: 2}
    outputs: {id: $steps.create.outputs.id}
"""


def test_a_sound_scenario_has_no_flaw():
    assert flaws_of(SOUND) == []


def changed(old, new):
    assert old in SOUND
    return SOUND.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "line", "says", "mend"),
    [
        # unknown names
        ("stepId: create\n", "stepId: create\n        operatonId: x\n", 10, "no member 'operatonId'", "operationId"),
        ("operationId: createItem", "operationId: creatItem", 10, "no operation 'creatItem'", "createItem"),
        ("operationId: createItem", "operationId: $sourceDescriptions.item.createItem", 10, "no source of operations called 'item'", "items"),
        ("operationId: createItem", "operationId: $sourceDescriptions.items.creatItem", 10, "no operation 'creatItem'", "createItem"),
        ("operationId: createItem", "operationPath: '{$sourceDescriptions.items.url}#/paths/~1itms/post'", 10, "no path '/itms'", "/items"),
        ("operationId: createItem", "operationPath: '{$sourceDescriptions.items.url}#/paths/~1items/put'", 10, "has no 'put'", "get, post"),
        ("operationId: createItem", "operationPath: /items", 10, "no operation path", "$sourceDescriptions"),
        ("operationId: createItem", "workflowId: mak", 10, "no workflow 'mak'", "make"),
        ("$steps.create.outputs.id}\n        onFailure", "$steps.crate.outputs.id}\n        onFailure", 18, "no step 'crate'", "create"),
        ("- {name: again, type: retry, retryAfter: 1, retryLimit: 2}", "- {name: on, type: goto, stepId: raed}", 20, "no step 'raed'", "read"),
        ("name: id, in: path", "name: it, in: path", 18, "no path parameter 'it'", "id"),
        ("          - {name: id, in: path, value: $steps.create.outputs.id}\n", "          - {name: x, in: query, value: 1}\n", 15, "needs the path parameter 'id'", "in: path"),
        # bad expressions
        ("value: $steps.create.outputs.id}", "value: $step.create.outputs.id}", 18, "no '$step'", "$steps"),
        ("outputs: {id: $response.body#/id}", "outputs: {id: $response.body.id}", 14, "dot", "$response.body#/id"),
        ("outputs: {id: $response.body#/id}", "outputs: {id: id}", 14, "no expression", "$response.body"),
        ("$statusCode == 201", "$statusCode = 201", 13, "'= 201'", "=="),
        ("$statusCode == 201", "$status == 201", 13, "no '$status'", "$statusCode"),
        # wrong types
        ("retryLimit: 2", "retryLimit: '2'", 20, "'retryLimit' is a text", ""),
        ("retryLimit: 2", "retryLimit: -1", 20, "whole number from 0", ""),
        ("retryAfter: 1", "retryAfter: soon", 20, "'retryAfter' is a text", ""),
        ("type: retry", "type: retri", 20, "end, goto or retry", "retry"),
        ("in: path", "in: paths", 18, "path, query", "path"),
        ("name: id, in: path", "name: id", 18, "needs 'in'", "in: path|query"),
        ("{name: id, in: path, value: $steps.create.outputs.id}", "{name: id, in: path}", 18, "needs 'value'", "value"),
        ("stepId: read", "stepId: create", 15, "two steps 'create', the first on line 9", "Rename"),
        ("- condition: $statusCode == 201", "- $statusCode == 201", 13, "is a text, and should be an object", ""),
        ("- condition: $statusCode == 201", "- {context: $response.body, condition: '$.a', type: jsonpth}", 13, "jsonpath", "jsonpath"),
        ("- condition: $statusCode == 201", "- {condition: '$.a', type: jsonpath}", 13, "needs a 'context'", "context"),
        ("- condition: $statusCode == 201", "- {context: $response.body, condition: '$.a[', type: jsonpath}", 13, "cannot be used", "RFC 9535"),
        ("- condition: $statusCode == 201", "- {context: $response.body, condition: '$.a', type: {type: jsonpath, version: draft}}", 13, "'version' is 'draft'", ""),
        ("outputs: {id: $steps.create", "outputs: {1: 5, id: $steps.create", 21, "should be an expression", ""),
        ("workflowId: make", "workflowId: 5", 6, "'workflowId' is a number", "quotes"),
        ("operationId: createItem", "operationId: createItem\n        workflowId: make", 9, "calls operationId and workflowId at once", "one of"),
        ("        operationId: createItem\n", "", 9, "calls nothing", "one of"),
        # cycles
        ("operationId: createItem", "workflowId: make", 6, "make -> make", "Break it"),
        ("workflowId: make\n", "workflowId: make\n    dependsOn: [make]\n", 6, "make -> make", "Break it"),
        # in vain
        ("$inputs.name", "$inputs.nam", 11, "no input 'nam'", "name"),
        ("$steps.create.outputs.id}\n        onFailure", "$steps.create.outputs.idd}\n        onFailure", 18, "no output 'idd'", "id"),
        ("$steps.create.outputs.id}\n        onFailure", "$steps.read.outputs.id}\n        onFailure", 18, "'read' has no output 'id'", ""),
        ("payload: {name: $inputs.name}", "payload: {name: $response.body#/name}", 11, "before the request is sent", "output"),
        ("payload: {name: $inputs.name}", "payload: {name: $sourceDescriptions.itms.url}", 11, "no source description 'itms'", "items"),
        ("payload: {name: $inputs.name}", "payload: {name: $components.parameters.x}", 11, "no such component", ""),
        ("payload: {name: $inputs.name}", "payload: {name: $workflows.maek.outputs.id}", 11, "no workflow 'maek'", "make"),
        # x-verifier
        ("stepId: create\n", "stepId: create\n        x-verifier: {principle: reader}\n", 10, "no member 'principle'", "principal"),
        ("stepId: create\n", "stepId: create\n        x-verifier: {severity: high}\n", 10, "minor", ""),
        ("stepId: create\n", "stepId: create\n        x-verifier: {credential: brokn}\n", 10, "malformed", ""),
        ("stepId: create\n", "stepId: create\n        x-verifier: {copies: 500}\n", 10, "too many", "50"),
        ("stepId: create\n", "stepId: create\n        x-verifier: {effect: {operationId: createItem, count: 1, items: $response.body}}\n", 10, "changes something", "GET"),
        ("stepId: create\n", "stepId: create\n        x-verifier: {effect: {operationId: listItems, count: 1}}\n", 10, "'count' needs 'items'", "items"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_line_and_its_mend(old, new, line, says, mend):
    found = flaws_of(changed(old, new))
    fitting = [f for f in found if says in f.partition(" | ")[0] and mend in f.partition(" | ")[2]]
    assert fitting, found
    assert any(flaw.startswith(f"{line} ") for flaw in fitting), fitting


def test_what_can_never_mean_anything_is_let_pass_by_the_lenient_only():
    flaws = []
    described(
        "workflows:\n  - workflowId: w\n    steps:\n      - stepId: s\n        operationId: listItems\n        outputs: {a: $steps.b.c}\n",
        flaws=flaws,
    )
    assert [flaw.grade for flaw in flaws] == [Grade.DOUBTFUL]
    refuse(flaws, lenient=True)
    with pytest.raises(ConfigError, match=r"t\.arazzo\.yaml:10: .* names no output"):
        refuse(flaws)


def test_several_flaws_are_told_together_each_with_its_line():
    flaws = []
    text = changed("$statusCode == 201", "$status == 201").replace("type: retry", "type: retri")
    described(text, flaws=flaws)
    with pytest.raises(ConfigError) as error:
        refuse(flaws)
    assert "2 flaws" in str(error.value)
    assert "t.arazzo.yaml:13: " in str(error.value)
    assert "t.arazzo.yaml:20: " in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("openapi: 3.1.0", "no Arazzo document"),
        ("[]", "no Arazzo document"),
        ("arazzo: 2.0.0", "no version"),
        ("arazzo: 1.0", "1.0 (no text)"),
        ("arazzo: 1.0.1\narazzo: 1.0.1", "stands twice"),
    ],
)
def test_what_is_no_arazzo_document_is_one_error(text, says):
    with pytest.raises((ConfigError, Exception)) as error:
        described(text, whole=True)
    assert says in str(error.value)


def test_a_document_needs_its_parts_and_takes_no_others():
    found = flaws_of("arazzo: 1.0.1\ninfo: {title: T}\nworkflws: []\n", whole=True)
    says = "\n".join(found)
    assert "needs 'sourceDescriptions'" in says
    assert "needs 'workflows'" in says
    assert "info needs 'version'" in says
    assert "no member 'workflws' | Did you mean 'workflows'?" in says


def test_extensions_of_other_tools_are_nobodys_flaw():
    assert (
        flaws_of("x-other: 1\n" + changed("stepId: read", "x-tool: {a: 1}\n        stepId: read"))
        == []
    )


def test_members_of_a_later_version_are_unknown_to_an_earlier_one():
    text = changed("stepId: read", "stepId: read\n        timeout: 500")
    assert ["timeout" in flaw for flaw in flaws_of(text)] == [True]
    assert flaws_of(text, version="1.1.0") == []


def test_messages_of_asyncapi_are_refused_in_plain_words():
    text = changed("stepId: read", "stepId: read\n        action: receive")
    (flaw,) = flaws_of(text, version="1.1.0")
    assert "AsyncAPI" in flaw


def test_an_operation_of_several_sources_must_say_whose_it_is():
    text = textwrap.dedent("""\
        arazzo: 1.0.1
        info: {title: T, version: "1"}
        sourceDescriptions:
          - {name: items, url: items.yaml, type: openapi}
          - {name: more, url: more.yaml, type: openapi}
        workflows:
          - workflowId: w
            steps: [{stepId: s, operationId: listItems}]
        """)
    (flaw,) = flaws_of(text, whole=True)
    assert flaw.startswith("8 WRONG")
    assert "$sourceDescriptions.items.listItems" in flaw
    named = text.replace(
        "operationId: listItems", "operationId: $sourceDescriptions.more.listItems"
    )
    assert flaws_of(named, whole=True) == []


def test_a_name_that_differs_in_case_and_punctuation_only_is_doubtful():
    assert [f.split(":")[0] for f in flaws_of(changed("createItem", "create_item"))] == [
        "10 DOUBTFUL"
    ]
    assert {f.split(":")[0] for f in flaws_of(changed("name: id, in", "name: I_D, in"))} == {
        "18 DOUBTFUL"
    }


def test_a_principal_must_be_one_whose_credential_we_hold():
    text = changed("stepId: read", "stepId: read\n        x-verifier: {principal: raeder}")
    (flaw,) = flaws_of(text, principals=("full", "reader"))
    assert "'raeder' | Did you mean 'reader'?" in flaw
    nobody = changed("stepId: read", "stepId: read\n        x-verifier: {principal: none}")
    assert flaws_of(nobody, principals=("full",)) == []


def test_a_jump_back_makes_a_later_step_an_earlier_one():
    looping = """\
    workflows:
      - workflowId: pages
        steps:
          - stepId: page
            operationId: listItems
            parameters:
              - {name: status, in: query, value: $steps.page.outputs.next}
            onSuccess:
              - {name: more, type: goto, stepId: page, criteria: [{condition: $response.body#/next != null}]}
            outputs: {next: $response.body#/next}
    """
    assert flaws_of(looping) == []
    straight = looping.replace("type: goto, stepId: page,", "type: end,")
    assert ["has not run when 'page' begins" in flaw for flaw in flaws_of(straight)] == [True]


def test_circles_over_several_workflows_name_all_of_them():
    found = flaws_of("""\
        workflows:
          - workflowId: a
            dependsOn: [b]
            steps: [{stepId: s, operationId: listItems}]
          - workflowId: b
            steps: [{stepId: s, workflowId: c}]
          - workflowId: c
            dependsOn: [a]
            steps: [{stepId: s, operationId: listItems}]
        """)
    assert ["a -> b -> c -> a" in found[0], len(found)] == [True, 3]


def test_workflows_may_use_each_other_without_a_circle():
    assert (
        flaws_of("""\
        workflows:
          - workflowId: a
            dependsOn: [c]
            steps: [{stepId: s, workflowId: b}, {stepId: t, workflowId: b}]
          - workflowId: b
            dependsOn: [c]
            steps: [{stepId: s, operationId: listItems}]
          - workflowId: c
            steps: [{stepId: s, operationId: listItems}]
        """)
        == []
    )


def test_a_deep_or_hostile_document_ends_in_words():
    deep = "{a: " * 90 + "1" + "}" * 90
    found = flaws_of(changed("payload: {name: $inputs.name}", f"payload: {deep}"))
    assert any("nested too deep" in flaw for flaw in found)
