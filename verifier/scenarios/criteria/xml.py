"""XPath over an answer's text, with what could reach beyond it left out."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from msgspec import Struct

from verifier.errors import ConfigError
from verifier.scenarios.expressions import NOTHING

__all__ = [
    "DEFAULT",
    "VERSIONS",
    "BadXPath",
    "BadXml",
    "Xml",
    "as_text",
    "check_xpath",
    "plain",
    "put",
    "read_xml",
    "select",
    "true",
]

DEFAULT = "xpath-31"
VERSIONS = ("xpath-31", "xpath-30", "xpath-20", "xpath-10")
# Files, addresses and the environment are none of a condition's business; regular expressions
# would run in an engine without bounds.
FORBIDDEN = frozenset(
    {"doc", "doc-available", "collection", "uri-collection", "json-doc", "transform"}
    | {"unparsed-text", "unparsed-text-lines", "unparsed-text-available"}
    | {"environment-variable", "available-environment-variables", "load-xquery-module"}
    | {"matches", "replace", "tokenize", "analyze-string", "function-lookup", "#"}
)
PREFIX = re.compile(r"([A-Za-z_][\w.-]*):(?=[A-Za-z_*])")
DEEPEST = 200
LONGEST_TEXT = 5_000_000


class BadXPath(ValueError):  # noqa: N818
    """An XPath that cannot be read or not be evaluated."""


class BadXml(ValueError):  # noqa: N818
    """A text that is no XML, or XML that is not read here (with a document type)."""


class Xml(Struct, frozen=True):
    """A tree of elements, and the namespaces by the prefixes that its author chose."""

    root: ElementTree.Element
    namespaces: tuple[tuple[str, str], ...]


def check_xpath(path: str, version: str = DEFAULT) -> None:
    """
    Refuse a path that cannot be used.

    Raises:
        BadXPath: It cannot be read, or calls what is not allowed here.
        ConfigError: The support for XPath is not installed.
    """
    # Which namespaces a prefix stands for is only known once there is an answer.
    prefixes = sorted({found[1] for found in PREFIX.finditer(path)} - {"xs", "fn"})
    _compiled(path, version, tuple((prefix, f"urn:{prefix}") for prefix in prefixes))


def select(path: str, xml: Xml, version: str = DEFAULT) -> Any:
    """
    What a path selects: a value, or a list of nodes.

    Raises:
        BadXPath, ConfigError: As ``check_xpath``; also where it cannot be evaluated here.
    """
    import elementpath  # optional extra

    named = tuple(pair for pair in xml.namespaces if pair[0] or version != "xpath-10")
    token = _compiled(path, version, named)
    try:
        return token.evaluate(elementpath.XPathContext(xml.root))
    except _failures() as error:
        raise BadXPath(_says(path, error)) from None


def true(value: Any) -> bool:
    """The effective boolean value of a result: nodes, or a number, text or truth value."""
    if isinstance(value, list):
        return bool(value) and (len(value) != 1 or not _is_atomic(value[0]) or true(value[0]))
    if isinstance(value, float) and value != value:
        return False
    return bool(value)


def plain(value: Any) -> Any:
    """A result as a JSON value: one node as its text, several as a list; NOTHING for none."""
    if not isinstance(value, list):
        return _scalar(value)
    found = [_scalar(item) for item in value]
    return NOTHING if not found else found[0] if len(found) == 1 else found


def _scalar(item: Any) -> Any:
    return item if _is_atomic(item) else str(getattr(item, "string_value", item))


def put(path: str, xml: Xml, value: str, version: str = DEFAULT) -> int:
    """Write a text into the elements and attributes that a path selects; how many those were."""
    selected = select(path, xml, version)
    count = 0
    for node in selected if isinstance(selected, list) else ():
        element = getattr(node, "elem", None)
        owner = getattr(getattr(node, "parent", None), "elem", None)
        if element is not None:
            for child in list(element):
                element.remove(child)
            element.text = value
        elif owner is not None and getattr(node, "name", None):
            owner.set(node.name, value)
        elif owner is not None:
            owner.text = value
        else:
            continue
        count += 1
    return count


def as_text(xml: Xml) -> str:
    """The tree as XML, with the prefixes that its author chose."""
    for prefix, uri in xml.namespaces:
        if not re.fullmatch(r"ns\d+", prefix):
            ElementTree.register_namespace(prefix, uri)
    return ElementTree.tostring(xml.root, encoding="unicode")


def read_xml(text: str) -> Xml:
    """
    A text as a tree of elements.

    Raises:
        BadXml: It is no XML, has a document type (whose entities may multiply), or is too deep.
    """
    if len(text) > LONGEST_TEXT:
        raise BadXml(f"the text has more than {LONGEST_TEXT} characters")
    if "<!DOCTYPE" in text:
        raise BadXml("XML with a document type is not read")
    parser: Any = ElementTree.XMLPullParser(events=("start-ns", "start"))
    try:
        parser.feed(text)
        parser.close()
        events: list[tuple[str, Any]] = list(parser.read_events())
    except ElementTree.ParseError as error:
        raise BadXml(f"this is no XML: {error}") from None
    namespaces: dict[str, str] = {}
    for prefix, uri in (item for event, item in events if event == "start-ns"):
        namespaces.setdefault(prefix, uri)
    root = next(item for event, item in events if event == "start")
    _bounded(root)
    return Xml(root, tuple(sorted(namespaces.items())))


def _bounded(root: ElementTree.Element) -> None:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return
    raise BadXml(f"the XML is nested more than {DEEPEST} levels deep")


def _is_atomic(value: Any) -> bool:
    return isinstance(value, (bool, int, float, str))


@functools.lru_cache(maxsize=256)
def _compiled(path: str, version: str, namespaces: tuple[tuple[str, str], ...]) -> Any:
    parser = _parser(version)
    try:
        token = parser(namespaces=dict(namespaces)).parse(path)
    except _failures() as error:
        raise BadXPath(_says(path, error)) from None
    for inner in token.iter():
        if inner.symbol in FORBIDDEN:
            raise BadXPath(
                f"the XPath {path} uses '{inner.symbol}', which is not available in a condition"
            )
    return token


def _failures() -> tuple[type[Exception], ...]:
    import elementpath  # optional extra

    wrong = (ValueError, TypeError, ArithmeticError, RecursionError, LookupError)
    return (elementpath.ElementPathError, *wrong)


def _parser(version: str) -> Any:
    try:
        import elementpath
        from elementpath import xpath30, xpath31
    except ImportError:
        raise ConfigError(
            "a condition is an XPath, and the support for it is not installed",
            mend="Install it: pip install 'vendor-verifier[xml]'",
        ) from None
    return {
        "xpath-10": elementpath.XPath1Parser,
        "xpath-20": elementpath.XPath2Parser,
        "xpath-30": xpath30.XPath30Parser,
        "xpath-31": xpath31.XPath31Parser,
    }[version]


def _says(path: str, error: Exception) -> str:
    return f"the XPath {path} cannot be used: {str(error).partition(chr(10))[0]}"
