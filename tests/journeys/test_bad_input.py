"""What cannot be read: one message that names the place and the mend, exit code 2, no folder."""

import os

import pytest

from tests.journeys.documents import SAMPLE, TINY

HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\n'
MEGABYTE = 1024 * 1024
NOISE = b"\xf0,\x80[" * 16  # as YAML it would hold too many values, too


def bomb():
    lines = ["a: &a [1,1,1,1,1,1,1,1,1]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]")
    return HEAD + "paths: {}\n" + "\n".join(lines)


# Name of the file, its content, and a word of the message and of the mend.
UNREADABLE = {
    "an empty file": ("a.yaml", "", "is empty", "OpenAPI document"),
    "nothing but spaces": ("a.json", " \n\n", "is empty", "OpenAPI document"),
    "a web page": ("a.json", "<!doctype html><html><body>404", "web page", "raw document"),
    "torn JSON": ("a.json", '{"openapi": "3.1.0", "paths": {', "a.json:1:", "ends too early"),
    "torn YAML": ("a.yaml", HEAD + "paths: {", "a.yaml:4", "Correct that line"),
    "tabs": ("a.yaml", "openapi: 3.1.0\ninfo:\n\ttitle: T\n", "a.yaml:3:1", "spaces"),
    "a bomb": ("a.yaml", bomb(), "4,000,000 values", "aliases"),
    "a deep one": ("a.json", '{"openapi":' + "[" * 9999 + "]" * 9999 + "}", "400 deep", "author"),
    "a list": ("a.json", "[1, 2]", "is a list", "openapi: 3"),
    "another JSON": ("a.json", '{"hello": "world"}', "neither", "openapi: 3"),
    "a collection": ("a.json", '{"info": {"_postman_id": "1"}, "item": []}', "Postman", "Export"),
    "messages": (
        "a.yaml",
        'asyncapi: 3.0.0\ninfo: {title: T, version: "1"}',
        "AsyncAPI",
        "requests",
    ),
    "the future": ("a.yaml", HEAD.replace("3.1.0", "4.0.0"), "4.0.0", "OpenAPI 3"),
    "the past": ("a.yaml", 'swagger: "1.2"\n', "1.2", "Convert"),
    "XML": ("a.xml", '<?xml version="1.0"?><definitions/>', "XML", "JSON or YAML"),
    "a program": ("a.yaml", b"\x7fELF" + bytes(range(256)), "a program", "document"),
    "a picture": ("a.json", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture", "document"),
    "an archive": ("a.json", b"PK\x03\x04" + bytes(range(256)), "zip archive", "Unpack"),
    "50 MB of noise": ("a.json", NOISE * (50 * MEGABYTE // len(NOISE)), "utf-8", "UTF-8"),
    "50 MB of words": (
        "a.yaml",
        b"lorem ipsum " * (50 * MEGABYTE // 12),
        "single value",
        "openapi",
    ),
    "another encoding": (
        "a.yaml",
        HEAD.replace("T,", "Té,").encode("latin-1"),
        "a.yaml:2",
        "UTF-8",
    ),
}


def refused(over, *words):
    code, out, err = over
    assert code == 2
    assert out == ""
    assert err.startswith("verifier: ")
    assert 2 <= len(err.splitlines()) <= 3
    for word in words:
        assert word in err


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("asked", ["evaluate", "inspect"])
def test_what_cannot_be_read_is_one_message_with_the_mend(command, tmp_path, name, asked):
    file, content, says, mend = UNREADABLE[name]
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / file).write_bytes(raw)
    refused(command(asked, file), file, says, mend)
    assert sorted(path.name for path in tmp_path.iterdir()) == [file]


def test_a_missing_file_a_folder_and_what_is_no_file_are_named(command, tmp_path):
    refused(command("evaluate", "none.yaml"), "none.yaml", "no such file", "Check the path")
    refused(command("evaluate", tmp_path), str(tmp_path), "no OpenAPI document", "openapi.yaml")
    (tmp_path / "openapi.yml").write_text(TINY)
    refused(command("evaluate", "openapi.yaml"), "Did you mean openapi.yml?")
    (tmp_path / "big.yaml").write_text("a: 1\n")
    code, _, err = command("evaluate", "missing.yaml")
    assert (code, "Did you mean" in err) == (2, False)  # alike by its ending alone
    (tmp_path / "two").mkdir()
    for name in ("a.json", "b.json"):
        (tmp_path / "two" / name).write_text(TINY)
    refused(command("evaluate", "two"), "holds 2 documents", "two/a.json")
    os.mkfifo(tmp_path / "pipe.yaml")
    refused(command("evaluate", "pipe.yaml"), "no ordinary file")


# What stands where a file of ours is wanted, and what is said of it.
SETTINGS = {
    "nothing": ("", "is empty", "is a beginning"),
    "a tab": ("a: 1\nb:\n\tc: 1\n", ":3: the YAML is broken", "spaces"),
    "a web page": ("<html></html>", "a web page", ""),
    "a document": (TINY.lstrip(), ":1: this is an OpenAPI document", "Known: "),
}


@pytest.mark.parametrize("asked", [("integration",), ("rehearse",), ("map", "check")])
def test_what_is_no_file_of_ours_is_named_for_what_it_is(command, tmp_path, asked):
    refused(command(*asked, "none.yaml"), "none.yaml: There is no such file", "Check the path")
    refused(command(*asked, tmp_path), "This is a folder")
    for content, says, mend in SETTINGS.values():
        (tmp_path / "a.yaml").write_text(content)
        refused(command(*asked, "a.yaml"), "a.yaml", says, mend)


def test_an_empty_file_is_told_how_its_own_kind_begins(command, tiny, tmp_path):
    (tmp_path / "a.yaml").write_text(" \n")
    refused(command("run", "a.yaml"), "arazzo: 1.0.1")
    refused(command("evaluate", tiny, "--overlay", "a.yaml"), "overlay: 1.0.0")
    refused(command("evaluate", tiny, "--claims", "a.yaml"), "'claims:' is a beginning")


@pytest.mark.parametrize(
    "asked", [("claims", "init"), ("claims", "show"), ("waive", "--reason", "sandbox-only")]
)
def test_nothing_is_written_or_told_of_a_vendor_that_is_not_there(command, tmp_path, asked):
    more = ("contract.no-server-error", "--owner", "me") if asked[0] == "waive" else ()
    refused(command(*asked, "specs/acem", *more), "specs/acem: There is no such file")
    assert list(tmp_path.iterdir()) == []


def test_what_a_disk_does_not_let_us_write_is_no_fault_of_ours(command, tiny, tmp_path):
    for asked in (("map", "draft", SAMPLE, SAMPLE), ("scenario", "draft", SAMPLE)):
        over = command(*asked, "--output", f"{tiny}/inner/a.yaml")
        assert over[0] == 2
        assert f"{tiny}/inner" in over[2]
        assert "A file stands where a folder is wanted" in over[2]


def test_a_document_that_promises_nothing_gets_no_grade(command, tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD + "paths: {}\n")
    code, out, _ = command("evaluate", "a.yaml", "--mock", "--output", "run")
    assert code == 3
    assert "Not enough evidence. Grade NR." in out
    assert "describes no operation" in out


GET = """
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/p'}]
      responses:
        "200":
          description: d
          content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}
components:
"""
PARAMETERS = """
  parameters:
    p: {$ref: '#/components/parameters/q'}
    q: {$ref: '#/components/parameters/p'}
"""
SCHEMAS = """
  parameters: {p: {in: query, name: p, schema: {type: string}}}
  schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}
"""
CIRCLES = {
    "paths": "paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}",
    "parameters": GET + PARAMETERS,
    "schemas": GET + SCHEMAS,
}


@pytest.mark.parametrize("where", CIRCLES)
def test_a_reference_that_goes_round_is_a_finding_and_no_crash(command, tmp_path, where):
    (tmp_path / "a.yaml").write_text(HEAD + CIRCLES[where])
    for more in ((), ("--mock",)):
        code, out, err = command("evaluate", "a.yaml", "--output", f"run{len(more)}", *more)
        assert code in (1, 3)
        assert "errored" not in out
        assert err == ""


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (HEAD + "paths: [1, 2]\n", "of a type that the format does not know"),
        (HEAD, "none of the shapes that are allowed"),
        (HEAD + "paths: {}\npaths: {}\n", "'paths' stands twice in one object, on lines 3 and 4"),
    ],
)
def test_what_is_wrong_with_a_document_is_said_without_quoting_it(
    command, tmp_path, document, says
):
    (tmp_path / "a.yaml").write_text(document)
    code, out, _ = command("evaluate", "a.yaml", "--output", "run")
    assert code == 1
    assert says in out


# What stands in vendor.yaml, and what is said of it: the line first.
SLIPS = [
    ("base_ulr: http://x.test\n", "vendor.yaml:1", "Did you mean 'base_url'?"),
    ("environment: prod\n", "vendor.yaml:1", "Did you mean 'production'?"),
    ("principals:\n  me:\n    kind: bearrer\n    token: ${T}\n", ":3", "Did you mean 'bearer'?"),
    ("principals:\n  me:\n    kind: bearer\n    token: canary-1\n", ":4", "${VARIABLE}"),
    ("principals:\n  me:\n    kind: bearer\n    tokn: ${T}\n", ":4", "Did you mean 'token'?"),
    ("limits:\n  per_secnd: 5\n", ":2", "Did you mean 'per_second'?"),
    ("limits:\n  per_second: fast\n", ":2", "a number"),
    ("document: openapi.yml\n", "openapi.yml", "Did you mean"),
    ("a: [\n", ":2", "Correct that line"),
    ("fixtures:\n  custmers: x\n", ":2", "Did you mean 'customers'?"),
    ("fixtures:\n  POST /custmers: {}\n", ":2", "Did you mean 'POST /customers'?"),
    ("resources:\n  custmers: null\n", ":2", "Did you mean 'customers'?"),
    ("[1]\n", ":1", "'name: value'"),
    ("", "vendor.yaml", "document: openapi.yaml"),
    ("headers: {Authorization: Bearer canary-1}\n", ":1", "principals"),
]


@pytest.mark.parametrize(("profile", "place", "mend"), SLIPS)
def test_a_slip_in_vendor_yaml_names_its_line_and_the_nearest_name(
    command, tmp_path, profile, place, mend
):
    (tmp_path / "acme").mkdir()
    with open(f"{SAMPLE}/openapi.yaml", "rb") as document:
        (tmp_path / "acme" / "openapi.yaml").write_bytes(document.read())
    (tmp_path / "acme" / "vendor.yaml").write_text(profile)
    over = command("evaluate", "acme")
    refused(over, place, mend)
    assert "canary-1" not in over[2]


@pytest.mark.parametrize("name", ["customers", "customer_id", "POST /customers", "updated_since"])
def test_a_fixture_for_something_that_exists_is_taken(command, tmp_path, name):
    (tmp_path / "acme").mkdir()
    profile = f"document: {SAMPLE}/openapi.yaml\nfixtures: {{{name}: x}}\n"
    (tmp_path / "acme" / "vendor.yaml").write_text(profile)
    assert command("evaluate", "acme", "--dry-run")[0] == 0
