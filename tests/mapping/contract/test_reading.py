"""The file is read strictly: what is wrong is named with its line and the nearest right word."""

import json

import jsonschema
import pytest
import yaml

from tests.mapping.contracts import CRM, SHOP, changed
from verifier.errors import ConfigError
from verifier.mapping.contract import mapping_schema, read_contract
from verifier.mapping.nouns import Act, Path, parse_path
from verifier.mapping.opening import open_mapping


@pytest.mark.parametrize("path", [SHOP, CRM], ids=lambda p: p.parent.name)
def test_the_worked_examples_are_read(path):
    contract = read_contract(path)
    assert contract.fields
    assert contract.place.file == str(path)


@pytest.mark.parametrize("path", [SHOP, CRM], ids=lambda p: p.parent.name)
def test_the_json_schema_takes_the_worked_examples(path):
    schema = json.loads(json.dumps(mapping_schema()))
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(path.read_text()))


def test_codes_that_look_like_other_types_stay_texts(tmp_path):
    rows = "{from: NO, to: 01730, relation: equivalent}"
    path = changed(tmp_path, SHOP, ("{from: pending, to: DRAFT, relation: equivalent}", rows))
    row = read_contract(path).tables["order_status"].rows[0]
    assert (row.given, row.made) == ("NO", "01730")


def test_what_a_field_states_is_told_from_what_it_inherits():
    contract = read_contract(SHOP)
    rules = {str(rule.target): rule for rule, _ in contract.rules()}
    assert rules["Contact.Phone"].policies["on_invalid"].act is Act.OMIT
    assert rules["Contact.Phone"].policies["on_invalid"].stated
    assert not rules["Contact.Phone"].policies["on_too_long"].stated


SLIPS = {
    "an unknown key": (("  Status: {from:", "  Status: {form:"), "form", "from"),
    "an unknown operation": (("via: [nfc, trim, lower]", "via: [nfc, trin]"), "trin", "trim"),
    "an unknown policy": (
        ("on_missing: omit, on_invalid: omit}\n  WeightKg", "on_missing: omitt}\n  WeightKg"),
        "omitt",
        "omit",
    ),
    "an unknown table": (("table: tax", "table: taxes"), "taxes", "tax"),
    "an unknown zone": (
        (" Date: {kind: date, zone: Europe/Paris}", " Date: {kind: date, zone: Europe/Pariss}"),
        "Pariss",
        "Europe/Paris",
    ),
    "an unknown kind": (
        ('sku": {kind: identifier}', 'sku": {kind: identifer}'),
        "kind",
        "identifier",
    ),
    "an unknown directive": (("%d/%m/%Y %H:%M", "%d/%q/%Y %H:%M"), "%q", "%d"),
    "a policy without its value": (
        ("on_missing: omit, on_invalid: omit}\n  WeightKg", "on_missing: default}\n  WeightKg"),
        "default",
        "{default: VALUE}",
    ),
    "an operation without its argument": (
        ("[{add_days: 30}]", "[add_days]"),
        "add_days",
        "{add_days: ...}",
    ),
    "an argument too many": (
        ("customer.zip, via: [trim]", "customer.zip, via: [{trim: 3}]"),
        "trim",
        "alone",
    ),
    "two ways to a value": (("{from: sku}", "{from: sku, value: A}"), "from", "exactly one"),
    "a path that is none": (
        ("Status: {from: status,", "Status: {from: status..,"),
        "status..",
        "path",
    ),
    "a version of the future": (('mapping: "0.1"', 'mapping: "9"'), "mapping", "0.1"),
    "a key that stands twice": (
        (
            "  CurrencyCode: {from: currency}",
            "  CurrencyCode: {from: id}\n  CurrencyCode: {from: id}",
        ),
        "twice",
        "Keep one",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named_with_its_line_and_the_mend(tmp_path, name):
    change, says, mend = SLIPS[name]
    path = changed(tmp_path, SHOP, change)
    with pytest.raises(ConfigError) as caught:
        read_contract(path)
    assert says in caught.value.says
    assert mend in caught.value.mend or mend in caught.value.says
    file, _, line = caught.value.where.rpartition(":")
    assert file == str(path)
    assert int(line) > 1


def test_a_schema_that_is_not_there_is_named_with_the_nearest(tmp_path):
    path = changed(tmp_path, SHOP, ("schemas/Order", "schemas/Orders"))
    with pytest.raises(ConfigError, match="nothing stands") as caught:
        open_mapping(path)
    assert "Order'" in caught.value.mend


@pytest.mark.parametrize("text", ["a", "a.b", "lines[].sku", "a[].b[].c", r"a\.b.c"])
def test_a_path_is_written_as_it_was_read(text):
    assert str(parse_path(text)) == text


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "a[0]", "[]"])
def test_what_is_no_path_is_none(text):
    assert parse_path(text) is None


def test_a_path_knows_what_it_stands_in():
    assert parse_path("a.b").inside(parse_path("a"))
    assert parse_path("a.b").below(parse_path("a")) == parse_path("b")
    assert not parse_path("ab").inside(parse_path("a"))
    assert Path(()).parts == ()
