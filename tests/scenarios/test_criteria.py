"""Criteria hold when the standard says so, fail when it says so, and never raise."""

import time

import pytest

from tests.scenarios.scopes import answered, scope
from verifier.scenarios.criteria import BadCondition, make_assertion
from verifier.scenarios.expressions import parse

PETS = {
    "pets": [{"name": "Tom", "status": "Available", "age": 3}, {"name": "Kim", "age": 5}],
    "total": 2,
    "price": "10.50",
    "ok": True,
    "empty": "",
    "zero": 0,
    "none": None,
    "quote": "it's",
}


def judge(condition, body=PETS, *, status=200, **more):
    kind, context = more.pop("kind", "simple"), more.pop("context", "$response.body")
    version = more.pop("version", "")
    given = None if kind == "simple" else parse(context)
    made = make_assertion(condition, kind=kind, version=version, context=given)
    return made.judge(scope(seen=answered(status, body, **more)))


@pytest.mark.parametrize(
    "condition",
    [
        "$statusCode == 200",
        "$statusCode==200",
        "$statusCode >= 200 && $statusCode < 300",
        "$statusCode == 404 || $statusCode == 200",
        "$statusCode == 404 && $statusCode == 1 || $statusCode == 200",
        "($statusCode == 404 || $statusCode == 200) && $response.body#/total == 2",
        "!($statusCode == 404)",
        "!!$response.body#/ok",
        "$response.body#/pets/0/status == 'available'",
        "'AVAILABLE' == $response.body#/pets/0/status",
        "$response.body.pets[0].status == 'available'",
        "$response.body#/pets[1].age > 4",
        "$response.body#/pets[1]['age'] > 4",
        "$response.body.total == 2",
        "$response.body#/quote == 'it''s'",
        "$response.body#/total == '2'",
        "$response.body#/price == 10.5",
        "$response.body#/price > 9",
        "'10' > '9'",
        "'b' > 'A'",
        "$response.body#/none == null",
        "$response.body#/absent == null",
        "$response.body#/total != null",
        "null == null",
        "$response.body#/ok == true",
        "$response.body#/ok",
        "$response.body#/pets",
        "$response.header.content-type == 'application/json'",
        "$inputs.n == 5",
        "$inputs.n == 5.0",
        "-1 < 0",
        "1e3 == 1000",
        "$steps.find-pet.outputs.id == 12",
        "$steps.find-pet.outputs.pets[0].id == 3",
        "$request.body#/name == $inputs.name",
        "{$statusCode == 200}",
        "$inputs.n == {$inputs.n}",
        "$method == 'post'",
        "true",
    ],
)
def test_a_simple_condition_holds(condition):
    assert judge(condition).holds


@pytest.mark.parametrize(
    "condition",
    [
        "$statusCode == 404",
        "$statusCode > 200",
        "$statusCode == 200 && $statusCode == 404",
        "!$response.body#/ok",
        "$response.body#/none > 0",
        "$response.body#/none != null",
        "$response.body#/total == null",
        "$response.body#/empty",
        "$response.body#/zero",
        "$response.body#/absent",
        "false",
        "null",
        "$response.body#/pets == 2",
        "$response.body#/ok == 1",
        "$response.body.pets[9].name == 'Tom'",
        "'a' > 5",
        "'10' == '10.0'",
    ],
)
def test_a_simple_condition_does_not_hold(condition):
    assert not judge(condition).holds


def test_lists_and_objects_compare_member_by_member():
    assert judge("$response.body#/a == $response.body#/b", {"a": [1, "X"], "b": [1, "x"]}).holds
    assert not judge("$response.body#/a == $response.body#/b", {"a": [1], "b": [1, 2]}).holds
    assert judge("$response.body#/a == $response.body#/b", {"a": {"c": 1}, "b": {"c": "1"}}).holds


def test_what_failed_is_told_with_the_values_that_were_seen():
    judged = judge("$statusCode == 201 && $response.body.total < 1", status=404)
    assert judged.says == "$statusCode is 404, $response.body.total is 2"


@pytest.mark.parametrize(
    ("condition", "says", "mend"),
    [
        ("$statusCode = 200", "'= 200'", "=="),
        ("$statusCode == 200 & true", "'& true'", "&&"),
        ('$method == "x"', '"x"', "single quotes"),
        ("$statusCode == ok", "'ok' is no literal", "'ok'"),
        ("$statusCode ==", "missing at the end", "Add"),
        ("== 200", "missing before '=='", "Add"),
        ("", "missing at the end", "Add"),
        ("($statusCode == 200", "never closed", ")"),
        ("$statusCode == 200)", "')'", "&&"),
        ("$statusCode 200", "'200'", "&&"),
        ("$response.body#/a[x]", "'x' is no literal", ""),
        ("$response.boddy == 1", "boddy", "body"),
        ("$status == 200", "$status", "$statusCode"),
        ("(" * 60 + "true" + ")" * 60, "too deep", "Split"),
        ("!" * 60 + "true", "'!'", "One"),
        ("true || " * 1000 + "true", "too long", "below"),
        ("$response.body#/a[1.5]", "index", "[0]"),
    ],
)
def test_a_slip_in_a_condition_is_named_with_its_mend(condition, says, mend):
    with pytest.raises(BadCondition) as error:
        make_assertion(condition)
    assert says in error.value.says
    assert mend in error.value.mend


def test_a_regex_is_found_anywhere_and_numbers_are_matched_as_text():
    assert judge("^2\\d{2}$", kind="regex", context="$statusCode").holds
    assert judge("vail", kind="regex", context="$response.body#/pets/0/status").holds
    assert not judge("^vail", kind="regex", context="$response.body#/pets/0/status").holds
    assert not judge(".*", kind="regex", context="$response.body#/none").holds
    assert not judge(".*", kind="regex", context="$response.body#/absent").holds
    assert judge("^{$inputs.name}$", {"n": "Ada"}, kind="regex", context="$response.body#/n").holds


def test_a_regex_that_explodes_is_stopped():
    begun = time.monotonic()
    judged = judge(
        r"^(?=(a|aa)+$)(?!b)(a|aa)+\2c$",
        {"n": "a" * 60 + "!"},
        kind="regex",
        context="$response.body#/n",
    )
    assert not judged.holds
    assert not judge(
        "^(a+)+$", {"n": "a" * 5000 + "!"}, kind="regex", context="$response.body#/n"
    ).holds
    assert time.monotonic() - begun < 2


def test_a_jsonpath_holds_when_it_selects_something():
    assert judge("$.pets[?@.age > 4]", kind="jsonpath").holds
    assert judge("$.pets[*]", kind="jsonpath").holds
    assert judge("$[?count(@.*) == 2]", kind="jsonpath").holds
    assert judge("$.pets[?match(@.name, 'T.m')]", kind="jsonpath").holds
    assert judge("$.pets[?search(@.name, 'i')]", kind="jsonpath").holds
    assert not judge("$.pets[?match(@.name, 'T')]", kind="jsonpath").holds
    assert not judge("$.pets[?@.age > 9]", kind="jsonpath").holds
    assert not judge("$.nothing", kind="jsonpath").holds


def test_an_older_jsonpath_is_read_where_the_document_names_it():
    old = "draft-goessner-dispatch-jsonpath-00"
    assert judge("$.pets[?(@.age == 5)].name", kind="jsonpath", version=old).holds


def test_a_jsonpath_on_what_is_no_json_fails_with_the_reason():
    judged = judge("$.a", "plain", kind="jsonpath", context="$response.body")
    assert (judged.holds, judged.error) == (False, True)
    assert "no JSON object" in judged.says


def test_a_value_is_put_into_a_jsonpath_without_changing_what_it_asks():
    asks = "$.pets[?@.name == '{$inputs.name}']"
    body = {"pets": [{"name": "Ada"}]}
    made = make_assertion(asks, kind="jsonpath", context=parse("$response.body"))
    hostile = {"name": "x' || '1' == '1"}
    assert made.judge(scope(seen=answered(200, body))).holds
    assert not made.judge(scope(seen=answered(200, body), inputs=hostile)).holds
    assert judge("$.pets[?@.age == {$inputs.n}]", kind="jsonpath").holds
    bare = judge("$.pets[?@.name == {$inputs.name}]", kind="jsonpath")
    assert (bare.holds, bare.error) == (False, True)
    assert "quotes" in bare.says


XML = "<root xmlns:p='urn:p'><pets><pet age='3'>Tom</pet><p:pet>Kim</p:pet></pets><n>7</n></root>"


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("count(/root/pets/*) > 1", True),
        ("count(/root/pets/*) > 5", False),
        ("/root/pets", True),
        ("/root/none", False),
        ("string(/root/n)", True),
        ("string(/root/none)", False),
        ("number(/root/n) - 7", False),
        ("number(/root/none)", False),
        ("//p:pet", True),
        ("//pet[@age = 3]", True),
        ("/root/n > {$inputs.n}", True),
        ("//pet[. = '{$inputs.name}']", False),
    ],
)
def test_an_xpath_holds_by_its_effective_boolean_value(path, holds):
    pytest.importorskip("elementpath")
    assert judge(path, XML, kind="xpath", headers=()).holds is holds


@pytest.mark.parametrize("version", ["xpath-10", "xpath-20", "xpath-30", "xpath-31"])
def test_every_version_of_xpath_is_read(version):
    pytest.importorskip("elementpath")
    assert judge("count(//pet) = 1", XML, kind="xpath", version=version).holds


def test_xpath_knows_only_the_functions_of_its_version():
    pytest.importorskip("elementpath")
    with pytest.raises(BadCondition, match="exists"):
        make_assertion(
            "exists(/a)", kind="xpath", version="xpath-10", context=parse("$response.body")
        )


@pytest.mark.parametrize("path", ["doc('file:///etc/passwd')", "matches('a', '(a+)+$')", "doc#1"])
def test_an_xpath_reaches_nothing_but_its_context(path):
    pytest.importorskip("elementpath")
    with pytest.raises(BadCondition):
        make_assertion(path, kind="xpath", context=parse("$response.body"))


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "no xml", "<a>" * 300 + "</a>" * 300, "<a/"],
)
def test_hostile_or_broken_xml_fails_with_the_reason(text):
    pytest.importorskip("elementpath")
    judged = judge("/a", text, kind="xpath")
    assert (judged.holds, judged.error) == (False, True)


@pytest.mark.parametrize(
    ("condition", "kind", "says"),
    [
        ("(unclosed", "regex", "unclosed"),
        ("$.a[", "jsonpath", "$.a["),
        ("$[?@.a = 1]", "jsonpath", "$[?@.a = 1]"),
        ("/a[", "xpath", "/a["),
        ("{$inputz.x}", "regex", "$inputz"),
    ],
)
def test_a_condition_of_another_kind_is_refused_when_it_cannot_be_read(condition, kind, says):
    pytest.importorskip("elementpath")
    with pytest.raises(BadCondition, match=r".") as error:
        make_assertion(condition, kind=kind, context=parse("$response.body"))
    assert says in error.value.says
    assert error.value.mend


@pytest.mark.parametrize("kind", ["regex", "jsonpath", "xpath"])
def test_a_kind_without_its_context_is_refused(kind):
    with pytest.raises(BadCondition, match="needs a context"):
        make_assertion("x", kind=kind)
