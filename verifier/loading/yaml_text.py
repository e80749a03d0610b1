"""
YAML text as data, by the core schema of YAML 1.2 (10.3), fast.

``no``, ``on``, dates and ``12:30:45`` are text there. One rule is ours: an integer with leading
zeros (``08``, ``017``) stays text, since who writes it means a code and readers of YAML 1.1 and
1.2 disagree on its value.

oryaml reads what is plain, some twenty times faster than PyYAML's C loader; it was chosen over
fastyaml-rs because it keeps ``017`` as text, refuses keys that stand twice, and bounds aliases.
Whatever is not plain (aliases, merge keys, a key that stands twice, a tag, an error) is read
again by ``yaml_events``, which knows every rule and every line.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import orjson
import oryaml

from verifier.loading.json_text import check_count
from verifier.loading.text import check_encoding
from verifier.loading.yaml_events import yaml_data

__all__ = ["YamlReading", "quick", "read_yaml"]

# Line ends to some and text to others (U+0085, U+2028, U+2029), and a mark that is no start.
ODD_SPACES = (b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef\xbb\xbf")
# Lookbehinds stand after what they look behind of: a pattern that starts with a literal is found
# several times as fast.
ALIAS = re.compile(rb"\*(?<![^\s,\[{:]\*)([^\s,\[\]{}*]+)")
ANCHOR = re.compile(rb"&(?<![^\s,\[{:]&)([^\s,\[\]{}&]+)")
MERGE = re.compile(rb"<<\s*(?:#[^\n]*\s*)?:")
TAG = re.compile(rb"![!<](?<![^\s,\[{]![!<])\S")
# oryaml takes these for numbers; YAML 1.2 does not (only 0o and 0x, and without a sign).
BINARY = re.compile(rb"0b(?<![^\s,\[{:+-]0b)[01]+\s*(?:[,\]}:#]|$)", re.M)
SIGNED = re.compile(rb"[-+]0[xo](?<![^\s,\[{:][-+]0[xo])[0-9a-fA-F]+\s*(?:[,\]}:#]|$)", re.M)
SIGNS = (b"-0x", b"+0x", b"-0o", b"+0o")
SAME_BRACKETS = bytes.maketrans(b"{}", b"[]")
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
DEEPEST_QUICK = 100
NOT_FINITE = re.compile(rb"\.(?:inf|nan)", re.I)


class YamlReading(NamedTuple):
    """
    What a YAML text says.

    Args:
        value: Every key is text.
        written: The same as JSON, where JSON can hold it exactly; else empty.
        repeats: Whether a key stands twice somewhere.
    """

    value: Any
    written: bytes
    repeats: bool


def read_yaml(raw: bytes, location: str) -> YamlReading:
    """
    The value of a YAML text, and whether anything in it needs a second look.

    Raises:
        DocumentError: It is broken, too deep, or has too many values.
    """
    check_count(raw, location, b"\n", b",", b"{", b"[")
    found = quick(raw)
    if found is not None:
        return found
    check_encoding(raw, location)
    value, repeats = yaml_data(raw, location)
    return YamlReading(value, _written(value, raw), repeats)


def quick(raw: bytes) -> YamlReading | None:
    """The value by the fast way; None where that way is not sure to be right."""
    if _needs_care(raw):
        return None
    try:
        value = oryaml.loads(raw)
    except (ValueError, TypeError):
        return None
    return _with_text_keys(value, raw)


def _needs_care(raw: bytes) -> bool:
    if any(mark in raw for mark in ODD_SPACES) or _nests_deeply(raw):
        return True
    if MERGE.search(raw) or BINARY.search(raw) or TAG.search(raw):
        return True
    if any(sign in raw for sign in SIGNS) and SIGNED.search(raw):
        return True
    anchors = set(ANCHOR.findall(raw))
    return bool(anchors) and not anchors.isdisjoint(ALIAS.findall(raw))


def _nests_deeply(raw: bytes) -> bool:
    """
    Whether brackets may stand in each other so deep that oryaml's scanner takes forever.

    It scans a text whole, at a cost that grows with the product of length and depth. Taking away
    the innermost pairs, again and again, leaves the depth; real documents are done in a few steps.
    """
    brackets = raw.translate(SAME_BRACKETS, delete=NO_BRACKETS)
    for _ in range(DEEPEST_QUICK):
        shorter = brackets.replace(b"[]", b"")
        if len(shorter) == len(brackets):
            return shorter.count(b"[") > DEEPEST_QUICK
        brackets = shorter
    return True


def _with_text_keys(value: Any, raw: bytes) -> YamlReading | None:
    """
    The same with ``200`` as ``"200"``; None where a key is neither text nor an integer.

    The author's spelling of such a key (``1.10``, ``~``, ``TRUE``) is lost by then.
    """
    try:
        written = orjson.dumps(value)
    except TypeError:
        if not _rename_keys(value):
            return None
        return YamlReading(value, _written(value, raw), repeats=False)
    return YamlReading(value, b"" if _has_no_json(raw) else written, repeats=False)


def _rename_keys(root: Any) -> bool:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(item for item in node if isinstance(item, (dict, list)))
            continue
        waiting.extend(item for item in node.values() if isinstance(item, (dict, list)))
        if all(type(key) is str for key in node):
            continue
        if not all(type(key) in (str, int) for key in node):
            return False
        renamed = {str(key): item for key, item in node.items()}
        if len(renamed) < len(node):
            return False
        node.clear()
        node.update(renamed)
    return True


def _written(value: Any, raw: bytes) -> bytes:
    if _has_no_json(raw):
        return b""
    try:
        return orjson.dumps(value)
    except TypeError:
        return b""


def _has_no_json(raw: bytes) -> bool:
    """Whether the text may hold a number (infinity, no number) that JSON writes as null."""
    return bool(NOT_FINITE.search(raw))
