"""Documents that want to harm: refused with one clear word, soon, in little memory."""

import random
import subprocess
import sys

import pytest

from tests.loading.documents import SMALL, cpu_within, no_cache, write
from tests.places import ROOT
from verifier.errors import DocumentError
from verifier.loading import load
from verifier.loading.bounds import DEEPEST_NESTING, LARGEST_DOCUMENT_BYTES
from verifier.loading.sheet import read_sheet
from verifier.model import Pointer, UnresolvedReference

__all__ = ["no_cache"]

MB = 1024 * 1024


def bomb(levels, width=9):
    """Each line repeats the one before: nine times nine times nine ..."""
    lines = ["openapi: 3.0.3", f"a0: &a0 [{', '.join(['x'] * width)}]"]
    lines += [
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]"
        for level in range(1, levels)
    ]
    return "\n".join(lines)


def merge_bomb(levels):
    """The same with merge keys."""
    lines = ["a0: &a0 {" + ", ".join(f"k{index}: 1" for index in range(500)) + "}"]
    lines += [f"m{level}: [{', '.join(['{<<: *a0}'] * 500)}]" for level in range(levels)]
    return "\n".join(lines)


GARBAGE = random.Random(7).randbytes(MB) * 50
PRINTABLE = "".join(map(chr, random.Random(7).choices(range(33, 127), k=5000))) * 10_000

HOSTILE = {
    "an alias bomb": (bomb(20), "more than 4,000,000 values"),
    "an alias bomb of long texts": (
        f"a: &a '{'x' * 100_000}'\nb: [{', '.join(['*a'] * 60_000)}]",
        "more than 4,000,000 values",
    ),
    "a bomb of merge keys": (merge_bomb(100), "more than 4,000,000 values"),
    "deep JSON": ("[" * 100_000, "400 deep"),
    "deep JSON that closes": ("[" * 100_000 + "]" * 100_000, "400 deep"),
    "JSON just too deep": ("[" * 500 + "]" * 500, "400 deep"),
    "deep objects": ('{"a":' * 5000 + "1" + "}" * 5000, "400 deep"),
    "deep YAML on one line": ("- " * 100_000, "400 deep"),
    "deep YAML flow": ("a: " + "[" * 1_000_000, "400 deep"),
    "deep YAML by indentation": (
        "\n".join(" " * depth + "a:" for depth in range(2000)),
        "400 deep",
    ),
    "deep YAML by question marks": ("? " * 100_000, "A key is an object"),
    "many small objects": ("[" + "{}," * 5_000_000 + "{}]", "more than 4,000,000 values"),
    "many lines": ("- a\n" * 5_000_000, "more than 4,000,000 values"),
    "50 MB of noise": (GARBAGE, "no utf-8 text"),
    "50 MB of letters": ("x" * (50 * MB), "a single value"),
    "50 MB of printable noise": (PRINTABLE, "YAML is broken|a single value"),
    "50 MB of spaces": (" " * (50 * MB), "empty"),
    "50 MB of an open quote": ('"' + "x" * (50 * MB), "YAML is broken"),
    "50 MB of an open comment": ("<!--" + "x" * (50 * MB), "XML"),
    "50 MB of open brackets": ("[" * (50 * MB), "more than 4,000,000 values"),
    "too large": (b"x" * (LARGEST_DOCUMENT_BYTES + MB), "65.0 MiB"),
    "a number of a million digits": ('{"openapi": ' + "9" * 1_000_000 + "}", "JSON is broken"),
    "zero bytes": (b"\0" * 1000, "may not hold"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_refused_soon(tmp_path, kind):
    text, says = HOSTILE[kind]
    path = write(tmp_path, text, "openapi.txt")
    with cpu_within(12), pytest.raises(DocumentError, match=says) as caught:
        load(path)
    assert str(path) in caught.value.where
    assert len(str(caught.value)) < 2000


def test_what_is_deep_but_within_the_bound_is_read():
    depth = DEEPEST_NESTING - 1
    for text in (
        "[" * depth + "]" * depth,
        "{a: " * depth + "1" + "}" * depth,
        "\n".join(" " * level + "a:" for level in range(depth)),
    ):
        value, found = read_sheet(text.encode(), "x").root, 0
        while isinstance(value, (dict, list)) and value:
            value = value["a"] if isinstance(value, dict) else value[0]
            found += 1
        assert found >= depth - 1


def test_a_modest_number_of_aliases_is_read():
    root = read_sheet(bomb(5).encode(), "x").root
    assert root["a4"][8][8][8][8] == ["x"] * 9


def test_a_number_of_too_many_digits_in_yaml_is_text():
    root = read_sheet(b"a: " + b"9" * 100_000, "x").root
    assert len(root["a"]) == 100_000


def chain(length, last):
    """References that lead to each other, one after the other."""
    links = "".join(
        f"    S{index}: {{$ref: '#/components/schemas/S{index + 1}'}}\n" for index in range(length)
    )
    return SMALL + links.replace("$ref", "$ref") + f"    S{length}: {last}\n"


@pytest.mark.parametrize(
    "text",
    [
        chain(2, "{$ref: '#/components/schemas/S0'}"),
        chain(5000, "{type: string}"),
        SMALL + "    S0: {$ref: '#/components/schemas/S0'}\n",
    ],
)
def test_a_chain_of_references_ends(tmp_path, text):
    document = load(write(tmp_path, text)).document
    at = Pointer() / "components" / "schemas" / "S0"
    with cpu_within(2), pytest.raises(UnresolvedReference, match="circle"):
        document.resolve(document.at(at), at)


def test_a_path_that_refers_to_itself_is_a_problem(tmp_path):
    text = SMALL + "x: 1\n"
    text = text.replace("components:", "  /round: {$ref: '#/paths/~1round'}\ncomponents:")
    contract = load(write(tmp_path, text))
    assert any("circle" in problem.says for problem in contract.problems)
    assert len(contract.operations) == 1


def test_a_recursive_schema_is_only_pointed_at(tmp_path):
    text = SMALL + "        next: {$ref: '#/components/schemas/Order'}\n"
    assert load(write(tmp_path, text)).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "' + "\\\\" * 2_000_000 + '"}',
        '{"a":' + " " * 5_000_000 + "1}",
        "a: x" + " & * << -0x" * 300_000,
        "a: 1\n" + "  " * 2_000_000 + "\n",
    ],
)
def test_texts_that_a_regular_expression_could_choke_on_are_read(text):
    with cpu_within(5):
        assert read_sheet(text.encode(), "x").place("/a").line == 1


def test_openings_of_comments_that_never_end_are_refused():
    with cpu_within(1), pytest.raises(DocumentError, match="XML"):
        read_sheet(b"<!--" * 500_000, "x")


def test_memory_stays_bounded_on_a_bomb(tmp_path):
    path = write(tmp_path, bomb(60))
    code = f"""
import resource
limit = 600 * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from verifier.errors import DocumentError
from verifier.loading import load
try:
    load({str(path)!r})
except DocumentError as error:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stdout == "refused\n", done.stderr
