"""OpenAPI Overlays 1.0 and 1.1 change what is read, never the file."""

import json

import jsonschema_rs
import oryaml
import pytest

from tests.loading.documents import SMALL, no_cache, write
from tests.places import CORPUS, SCHEMAS, needs_corpus, needs_schemas
from verifier.errors import ConfigError
from verifier.loading import load
from verifier.loading.overlays import read_overlay
from verifier.model import Pointer

__all__ = ["no_cache"]

HEAD = "overlay: {version}\ninfo: {{title: O, version: '1'}}\nactions:\n"


def laid(folder, *actions, version="1.1.0", document=SMALL):
    """The document with one overlay of these actions on it."""
    text = HEAD.format(version=version) + "".join(f"- {action}\n" for action in actions)
    return load(write(folder, document), overlays=[write(folder, text, "overlay.yaml")])


def test_without_an_overlay_nothing_is_copied(tmp_path):
    contract = load(write(tmp_path))
    assert contract.problems == ()


def test_an_update_merges_objects_appends_to_lists_and_replaces_values(tmp_path):
    contract = laid(
        tmp_path,
        "{target: $.info, update: {title: Bills, x-new: {a: [1]}}}",
        "{target: $.info, update: {x-new: {a: [2], b: 3}}}",
        "{target: '$.info.x-new.a', update: [4, 5]}",
        "{target: '$.info.x-new.a', update: 6}",
        "{target: '$.info.x-new.b', update: 7}",
        "{target: '$.info.x-new.a[0]', update: 9}",
    )
    assert contract.title == "Bills"
    assert contract.document.root["info"]["x-new"] == {"a": [9, 2, 4, 5, 6], "b": 7}
    assert contract.problems == ()


def test_what_is_removed_is_gone_before_anything_is_understood(tmp_path):
    contract = laid(tmp_path, "{target: \"$.paths['/orders/{id}'].get\", remove: true}")
    assert contract.operations == ()


def test_items_of_a_list_are_removed_all_at_once(tmp_path):
    document = SMALL + "x-list: [1, 2, 3, 4, 5]\n"
    contract = laid(
        tmp_path, "{target: '$.x-list[?@ > 1 && @ < 5]', remove: true}", document=document
    )
    assert contract.document.root["x-list"] == [1, 5]
    contract = laid(tmp_path, "{target: '$.x-list[4,0,0]', remove: true}", document=document)
    assert contract.document.root["x-list"] == [2, 3, 4]


def test_a_parent_and_its_child_may_be_removed_together(tmp_path):
    contract = laid(
        tmp_path, "{target: '$..properties', remove: true}", "{target: $..total, remove: true}"
    )
    assert "properties" not in contract.document.root["components"]["schemas"]["Order"]
    assert len(contract.problems) == 1


def test_a_copy_takes_a_node_from_elsewhere(tmp_path):
    contract = laid(
        tmp_path,
        "{target: $.components.schemas, update: {Bill: {}}}",
        "{target: $.components.schemas.Bill, copy: $.components.schemas.Order}",
        "{target: $.components.schemas.Bill.properties.id, update: {format: uuid}}",
    )
    schemas = contract.document.root["components"]["schemas"]
    assert schemas["Bill"]["properties"]["id"] == {"type": "string", "format": "uuid"}
    assert schemas["Order"]["properties"]["id"] == {"type": "string"}
    at = Pointer() / "components" / "schemas" / "Bill" / "properties" / "total"
    assert contract.document.place(at).line == 21
    assert contract.document.place(at).file.endswith("openapi.yaml")


def test_overlays_are_applied_in_order_and_see_each_other(tmp_path):
    texts = (
        HEAD.format(version="1.0.0") + "- {target: $, update: {x-a: {b: 1}}}\n",
        HEAD.format(version="1.0.0") + "- {target: $.x-a, update: {b: 2}}\n",
    )
    files = [write(tmp_path, text, f"{index}.yaml") for index, text in enumerate(texts)]
    path = write(tmp_path)
    assert load(path, overlays=files).document.root["x-a"] == {"b": 2}
    backwards = load(path, overlays=list(reversed(files)))
    assert backwards.document.root["x-a"] == {"b": 1}
    (problem,) = backwards.problems
    assert "matches nothing" in problem.says
    assert str(backwards.document.place(problem.at)) == f"{files[1]}:4"


def test_the_file_and_what_shares_a_node_in_it_stay_as_they_were(tmp_path):
    document = SMALL + "x-one: &x {a: 1}\nx-two: *x\n"
    contract = laid(tmp_path, "{target: $.x-one, update: {a: 2}}", document=document)
    assert contract.document.root["x-two"] == {"a": 1}
    assert (tmp_path / "openapi.yaml").read_text() == document


def test_a_place_leads_to_the_file_that_says_so(tmp_path):
    document = SMALL + "x-list:\n  - a: 1\n  - a: 2\n  - a: 3\n"
    contract = laid(
        tmp_path,
        "{target: '$.x-list[0]', remove: true}",
        "{target: $.x-list, update: {a: 4}}",
        "{target: $.info, update: {title: Bills, x-deep: {er: 1}}}",
        "{target: $.info, update: {version: '2'}}",
        document=document,
    )
    place = contract.document.place

    def found(path):
        where = place(Pointer("", path))
        return where.file.rpartition("/")[2], where.line

    assert found("/x-list/0/a") == ("openapi.yaml", 25)
    assert found("/x-list/1/a") == ("openapi.yaml", 26)
    assert found("/x-list/2/a") == ("overlay.yaml", 5)
    assert found("/info/title") == ("overlay.yaml", 6)
    assert found("/info/x-deep/er") == ("overlay.yaml", 6)
    assert found("/info/version") == ("overlay.yaml", 7)
    assert found("/info") == ("openapi.yaml", 2)
    assert place(Pointer("", "/x-list/0/a")).pointer == "/x-list/1/a"


def test_what_took_the_place_of_something_removed_has_a_place_of_its_own(tmp_path):
    contract = laid(
        tmp_path,
        "{target: $.info, update: {title: Bills}}",
        "{target: $.info.title, remove: true}",
        "{target: $.info, update: {title: Receipts}}",
    )
    assert contract.document.place(Pointer("", "/info/title")).line == 6


def test_a_further_file_that_leads_back_sees_the_overlay_too(tmp_path):
    write(tmp_path, "A: {$ref: 'openapi.yaml#/info'}\n", "back.yaml")
    document = SMALL + "    Back: {$ref: 'back.yaml#/A'}\n"
    contract = laid(tmp_path, "{target: $.info, update: {title: Bills}}", document=document)
    at = Pointer() / "components" / "schemas" / "Back"
    value, where = contract.document.resolve(contract.document.at(at), at)
    assert value["title"] == "Bills"
    assert contract.document.place(where / "title").file.endswith("overlay.yaml")
    assert contract.document.place(where / "version").file.endswith("openapi.yaml")


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("openapi: 3.0.3\n", "no overlay", 1),
        ("[]", "no overlay", 1),
        ("overlay: 2.0.0\ninfo: {title: t, version: '1'}\nactions: []\n", "1.0 and 1.1", 1),
        ("overlay: 1.0\ninfo: {title: t, version: '1'}\nactions: []\n", "1.0 and 1.1", 1),
        ("overlay: 1.0.0\nactions: [{target: $}]\n", "'info.title' is missing", 1),
        ("overlay: 1.0.0\ninfo: {title: t, version: 1}\nactions: []\n", "'info.version'", 2),
        (HEAD.format(version="1.0.0"), "'actions' must be a list", 3),
        (HEAD.format(version="1.0.0") + "- 1\n", "no object", 4),
        (HEAD.format(version="1.0.0") + "- {update: {}}\n", "no target", 4),
        (HEAD.format(version="1.0.0") + "- {target: $}\n", "changes nothing", 4),
        (HEAD.format(version="1.0.0") + "- {target: $, updates: {}}\n", "'updates' is unknown", 4),
        (HEAD.format(version="1.0.0") + "- {target: $, copy: $.a}\n", "'copy' is unknown", 4),
        (HEAD.format(version="1.0.0") + "- {target: $, remove: 1}\n", "neither true nor false", 4),
        (HEAD.format(version="1.1.0") + "- {target: $, copy: $.info, update: 1}\n", "both", 4),
        (HEAD.format(version="1.1.0") + "- {target: $, copy: 1}\n", "'copy' is no text", 4),
        (HEAD.format(version="1.0.0") + "- {target: $.a[, remove: true}\n", "YAML is broken", 4),
        (HEAD.format(version="1.0.0") + "- {target: '$.a[', remove: true}\n", "JSONPath", 4),
        (HEAD.format(version="1.0.0") + "- {target: paths, remove: true}\n", "JSONPath", 4),
        (HEAD.format(version="1.0.0") + "- {target: $, remove: true}\n", "root cannot", 4),
        (HEAD.format(version="1.0.0") + "- {target: $.info.title, update: x}\n", "single value", 4),
        (HEAD.format(version="1.1.0") + "- {target: $.info, update: x}\n", "another kind", 4),
        (HEAD.format(version="1.1.0") + "- {target: $, update: {info: x}}\n", "another kind", 4),
        (
            HEAD.format(version="1.1.0") + "- {target: $, update: {openapi: []}}\n",
            "another kind",
            4,
        ),
        (HEAD.format(version="1.1.0") + "- {target: $.info, copy: $.none}\n", "selects 0", 4),
        (HEAD.format(version="1.1.0") + "- {target: $.info, copy: $.*}\n", "selects 4", 4),
        ("overlay: 1.0.0\noverlay: 1.0.0\n", "stands twice, on line 1 and 2", 2),
    ],
)
def test_a_wrong_overlay_is_refused_with_its_place(tmp_path, text, says, line):
    path = write(tmp_path, text, "overlay.yaml")
    with pytest.raises(ConfigError, match=says) as caught:
        load(write(tmp_path), overlays=[path])
    assert caught.value.where.startswith(f"{path}:{line}")
    assert caught.value.mend
    assert caught.value.exit_code == 2


def test_a_misspelt_member_gets_a_hint(tmp_path):
    text = HEAD.format(version="1.0.0") + "- {target: $, updaet: {}}\n"
    with pytest.raises(ConfigError, match="Did you mean 'update'"):
        read_overlay(str(write(tmp_path, text)))


def test_a_missing_overlay_is_the_users_to_mend(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        load(write(tmp_path), overlays=[tmp_path / "none.yaml"])


def test_a_deep_document_is_searched_to_its_bottom(tmp_path):
    deep = "".join("  " * (index + 1) + f"a{index}:\n" for index in range(150))
    contract = laid(
        tmp_path,
        "{target: '$..a148', update: {found: true}}",
        document=SMALL + "x-deep:\n" + deep + "  " * 151 + "b: {a148: {}}\n",
    )
    assert '"found": true' in json.dumps(contract.document.root)


def test_an_overlay_on_swagger_speaks_of_the_authors_document(tmp_path):
    swagger = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n"
    swagger += "      responses: {200: {description: d, schema: {$ref: '#/definitions/A'}}}\n"
    swagger += "definitions:\n  A: {type: object}\n"
    contract = laid(
        tmp_path,
        "{target: $.definitions.A, update: {properties: {b: {type: string}}}}",
        document=swagger,
    )
    schema = contract.document.root["components"]["schemas"]["A"]
    assert schema["properties"] == {"b": {"type": "string"}}
    at = Pointer() / "components" / "schemas" / "A"
    place = contract.document.place
    assert (place(at).line, place(at).pointer) == (8, "/definitions/A")
    assert place(at / "properties" / "b").file.endswith("overlay.yaml")
    assert place(at / "type").file.endswith("openapi.yaml")


VALID = (
    HEAD.format(version="1.0.0") + "- {target: $, update: {x-a: 1}}\n",
    HEAD.format(version="1.0.3") + "- {target: $.info, description: d, remove: true, x-b: 2}\n",
)
INVALID = (
    HEAD.format(version="1.0.0"),
    HEAD.format(version="1.0.0") + "- {update: {}}\n",
    HEAD.format(version="1.0.0") + "- {target: $, remove: 1}\n",
    "overlay: 1.0.0\nactions: [{target: $, remove: true}]\n",
    "overlay: 3.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $, remove: true}]\n",
)


@needs_schemas
@pytest.mark.parametrize("text", VALID + INVALID)
def test_what_we_take_for_an_overlay_is_what_the_official_schema_takes(tmp_path, text):
    schema = oryaml.loads((SCHEMAS / "overlay-1.0.schema.yaml").read_text())
    official = jsonschema_rs.validator_for(schema).is_valid(oryaml.loads(text))
    path = write(tmp_path, text)
    assert official is (text in VALID)
    if official:
        assert read_overlay(str(path)).root["overlay"]
    else:
        with pytest.raises(ConfigError):
            read_overlay(str(path))


@needs_corpus
@pytest.mark.corpus
def test_a_wildcard_reaches_every_operation_of_a_real_document(tmp_path):
    text = (
        HEAD.format(version="1.0.0")
        + "- {target: '$.paths.*[?@.responses]', update: {x-seen: true}}\n"
    )
    contract = load(CORPUS / "jira" / "platform-2022-07-17.json", overlays=[write(tmp_path, text)])
    assert len(contract.operations) == 468
    assert all(operation.extensions.get("x-seen") for operation in contract.operations)
