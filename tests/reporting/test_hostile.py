"""A vendor's bytes in every text of every format: nothing runs, everything still parses."""

from __future__ import annotations

import dataclasses
import re
from xml.etree import ElementTree

import jsonschema
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import Struct
from msgspec.structs import asdict, replace

from tests.reporting.pages import read
from tests.reporting.sample_run import contract, rich
from verifier import walk
from verifier.judging import judge
from verifier.model import (
    CheckCard,
    Exchange,
    Finding,
    LedgerEntry,
    Outcome,
    Run,
    RunFacts,
)
from verifier.reporting import formats, results_schema
from verifier.reporting.compose import compose
from verifier.reporting.formats import (
    ctrf,
    github,
    gitlab,
    har,
    html,
    json_results,
    junit,
    markdown,
    sarif,
)
from verifier.reporting.terminal import summary
from verifier.reporting.text import printable

SCRIPT = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>"
POISON = (
    f"{SCRIPT}\"'`` onmouseover=alert(1) x=' --><!-- ]]> {{{{7*7}}}} {{% x %}} | [a](javascript:b) "
    "<a href='http://evil.test'>@team</a> www.evil.test\n# head\n\x00\x08\x1b[31m\x7f\x9b"
    "\u202egnp.exe\u2066\u200b\ufeff\ufffe"
)
SURROGATE = "\ud800\udfff"
ALL = [module for module in walk.modules(formats) if module.NAME != "pdf"]
# JSON that holds data as they are: control characters are escaped.
DATA = {"dialects", "har", "json"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "a", "nav", "p", "ul", "li", "span"),
    *("button", "div", "header", "h1", "h2", "h3", "br", "svg", "rect", "main", "section"),
    *("ol", "table", "thead", "tbody", "tr", "th", "td", "pre", "form", "label", "input", "output"),
    *("select", "option", "article", "code", "dl", "dt", "dd", "details", "summary", "line"),
    *("circle", "text", "noscript", "script", "footer", "symbol", "use", "defs", "path", "g"),
    *("figure", "figcaption", "strong", "q", "b", "caption", "h4", "h5", "optgroup"),
}


def spoilt(noun, text):
    """The same noun with poison in its texts, where they are a stranger's to choose."""
    kept = ("id", "check", "question", "state", "mode", "path_like")
    changed = {}
    for member, value in asdict(noun).items():
        if member in kept:
            continue
        if isinstance(value, str):
            changed[member] = value + text
        elif isinstance(value, tuple) and value and isinstance(value[0], tuple):
            changed[member] = tuple((name + text, held + text) for name, held in value)
        elif isinstance(value, bytes) and value:
            changed[member] = text.encode("utf-8", "surrogatepass") + b"\xff\xfe\x80" + value
        elif isinstance(value, Struct):
            changed[member] = spoilt(value, text)
    return replace(noun, **changed)


def poisoned(text: str = POISON, body: bytes = b"") -> Run:
    """The rich run with poison wherever a vendor, its document or a user could put it."""
    run = rich()
    named = text.encode("utf-8", "replace").decode()
    keys = ("operation", "signature", "subject")

    def finding(found: Finding) -> Finding:
        held = spoilt(found, text)
        return replace(held, **{k: getattr(found, k) + named for k in keys if hasattr(found, k)})

    def outcome(found: Outcome) -> Outcome:
        held = spoilt(found, text)
        findings = tuple(finding(one) for one in found.findings)
        return replace(held, subject=found.subject + named, findings=findings)

    def exchange(found: Exchange) -> Exchange:
        held = spoilt(found, text)
        if body and held.response is not None:
            grown = replace(held.response, body=body, size_bytes=len(body))
            held = replace(held, response=grown)
        return held

    held = {id: exchange(run.exchange(id)) for id in run.exchange_ids}
    operations = tuple(
        dataclasses.replace(o, key=o.key + named, summary=text, tags=(text,))
        for o in contract(60).operations
    )
    promised = dataclasses.replace(contract(60), title=text, version=text, operations=operations)
    return replace(
        run,
        facts=replace(
            spoilt(run.facts, text), misbehaviours=(text,), settings={"principals": [text]}
        ),
        contract=promised,
        outcomes=tuple(outcome(found) for found in run.outcomes),
        intents=tuple(spoilt(intent, text) for intent in run.intents),
        ledger=tuple(spoilt(entry, text) for entry in run.ledger),
        exchange=held.__getitem__,
        cards={id: spoilt(card, text) for id, card in run.cards.items()},
    )


@pytest.fixture(scope="module")
def view():
    run = poisoned()
    return compose(run, judge(run))


def test_the_poison_reaches_every_kind_of_noun():
    run = poisoned()
    nouns = (
        run.facts,
        run.outcomes[0],
        run.outcomes[2].findings[0],
        run.exchange("x1").request,
        run.exchange("x1").response,
        run.ledger[0],
        next(iter(run.cards.values())),
    )
    kinds = (RunFacts, Outcome, Finding, object, object, LedgerEntry, CheckCard)
    assert all(isinstance(noun, kind) for noun, kind in zip(nouns, kinds, strict=True))
    assert all("onerror=alert" in repr(noun) for noun in nouns)


def test_the_page_stays_inert(view):
    page = read(html.write(view))
    assert set(page.opened) <= TAGS
    assert [a for a in page.attributes if a[1].startswith("on")] == []
    assert [a for a in page.attributes if a[1] in ("src", "style", "srcdoc", "action")] == []
    assert all(link.startswith("#") for link in page.links)
    assert [kind for kind, _ in page.scripts] == ["application/octet-stream", ""]
    assert "alert" not in "".join(text for _, text in page.scripts)
    assert "<script>alert(1)</script>" in page.text
    assert "7*7" in page.text


def test_the_page_has_the_same_elements_as_that_of_a_harmless_vendor():
    harmless = "harmless"
    one, two = (
        read(html.write(compose(run, judge(run)))) for run in (poisoned(), poisoned(harmless))
    )
    assert one.opened == two.opened


@pytest.mark.parametrize("format", ALL, ids=lambda f: f.NAME)
def test_nothing_that_hides_or_turns_text_round_is_left(view, format):
    text = format.write(view).decode()
    hidden = (
        "\x00\x08\x1b"
        if format.NAME in DATA
        else "\x00\x08\x1b\x7f\x9b\u202e\u2066\u200b\ufeff\ufffe"
    )
    assert [hex(ord(mark)) for mark in hidden if mark in text] == []


def test_the_terminal_prints_no_control_character():
    run = poisoned()
    text = summary(run, judge(run))
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []


def test_the_xml_is_well_formed_and_whole(view):
    suites = ElementTree.fromstring(junit.write(view))
    assert {element.tag for element in suites.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "skipped", "error", "system-out"),
    }
    assert len(suites.findall(".//testcase")) == len(
        {(case.get("name"), case.get("classname")) for case in suites.iter("testcase")}
    )


def test_the_results_parse_and_obey_their_schema(view):
    data = orjson.loads(json_results.write(view))
    jsonschema.Draft202012Validator(results_schema()).validate(data)


def test_markdown_has_no_markup_but_ours(view):
    text = markdown.write(view).decode()
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    page = read(reader.render(text).encode())
    ours = {"h1", "h2", "p", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(page.opened) <= {*ours, "strong", "code", "br"}
    assert page.opened["h1"] == 1
    assert page.opened["tr"] == 13
    assert not re.search(r"(?<!`)@(?=\w)", re.sub(r"(`+).*?\1", "", text))


@pytest.mark.parametrize("format", [sarif, ctrf, gitlab, har], ids=lambda f: f.NAME)
def test_what_is_json_parses(view, format):
    assert orjson.loads(format.write(view))


def test_an_annotation_is_no_command_but_ours(view):
    lines = github.write(view).decode().splitlines()
    assert lines
    assert all(re.fullmatch(r"::(error|warning|notice) [^\n]*", line) for line in lines)
    # A property ends at a comma and the properties at the second colons; neither is a stranger's.
    for line in lines:
        properties, _, data = line.removeprefix("::").partition("::")
        assert [p.partition("=")[0] for p in properties.partition(" ")[2].split(",")] in (
            ["file", "line", "title"],
            ["title"],
        )
        assert "%0A" not in data


def test_lone_surrogates_break_no_format():
    run = poisoned(SURROGATE)
    view = compose(run, judge(run))
    assert ElementTree.fromstring(junit.write(view)) is not None
    assert orjson.loads(json_results.write(view))["schema_version"] == "1"
    assert html.write(view).decode()
    assert markdown.write(view).decode()
    assert all(format.write(view).decode() for format in ALL)
    assert summary(run, judge(run)).encode()


def test_bodies_of_ten_megabytes_are_cut_and_their_size_is_told():
    run = poisoned("x", body=b"\xff\x00<script>" + b"A" * 10_000_000)
    view = compose(run, judge(run))
    page = html.write(view)
    assert len(page) < 400_000
    assert "10,000,010 bytes in all" in read(page).text
    for format in ALL:
        assert len(format.write(view)) < (16_000_000 if format.NAME == "har" else 400_000)


@pytest.mark.parametrize("text", ["plain", "Zoë 東京 🚲 שלום", "a\tb\nc", "‘«»’ – …"])
def test_what_can_be_shown_is_shown_as_it_is(text):
    assert printable(text) == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_shown_is_legal_in_xml_and_in_utf_8(text):
    shown = printable(text)
    shown.encode()
    ElementTree.fromstring(f"<a>{shown.replace('&', '').replace('<', '')}</a>")
    assert printable(shown) == shown
