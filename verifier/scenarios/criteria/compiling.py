"""A criterion as written in, an assertion out; what is wrong with it is said now."""

from __future__ import annotations

from verifier.scenarios.criteria import matching, paths, xml
from verifier.scenarios.criteria.assertions import (
    PathAssertion,
    RegexAssertion,
    SimpleAssertion,
    XPathAssertion,
)
from verifier.scenarios.criteria.filling import Filling
from verifier.scenarios.criteria.judged import Assertion
from verifier.scenarios.criteria.simple import read_simple
from verifier.scenarios.criteria.tokens import BadCondition
from verifier.scenarios.expressions import BadExpression, Expression

__all__ = ["KINDS", "VERSIONS", "make_assertion"]

KINDS = ("simple", "regex", "jsonpath", "xpath")
VERSIONS = {"jsonpath": (paths.RFC, paths.GOESSNER), "xpath": xml.VERSIONS}
IN_PATHS = {"\\": "\\\\", "'": "\\'", '"': '\\"'}
IN_XPATHS = {"'": "''", '"': '""'}


def make_assertion(
    condition: str, *, kind: str = "simple", version: str = "", context: Expression | None = None
) -> Assertion:
    """
    Make a criterion ready.

    Args:
        kind: ``simple``, ``regex``, ``jsonpath`` or ``xpath``.
        version: Of JSONPath or XPath; empty takes RFC 9535 or XPath 3.1.
        context: What it is applied to; all kinds but ``simple`` need one.

    Raises:
        BadCondition: It cannot be read; says why, and the mend.
        ConfigError: It is an XPath, and the support for XPath is not installed.
    """
    if kind == "simple":
        return SimpleAssertion(read_simple(condition))
    if context is None:
        raise BadCondition(
            f"a {kind} condition needs a context", "Add 'context: $response.body', say."
        )
    try:
        return _applied(condition, kind, version, context)
    except BadExpression as error:
        raise BadCondition(error.says, error.mend) from None
    except (matching.BadPattern, paths.BadPath, xml.BadXPath) as error:
        raise BadCondition(str(error), _MENDS[kind]) from None


def _applied(condition: str, kind: str, version: str, context: Expression) -> Assertion:
    if kind == "regex":
        filling = Filling.of(condition, None)
        if filling.constant is not None:
            matching.check_pattern(condition)
        return RegexAssertion(context, filling)
    if kind == "jsonpath":
        filling = Filling.of(condition, IN_PATHS)
        if filling.constant is not None:
            paths.check_path(condition, version or paths.RFC)
        return PathAssertion(context, filling, version or paths.RFC)
    filling = Filling.of(condition, IN_XPATHS)
    if filling.constant is not None:
        xml.check_xpath(condition, version or xml.DEFAULT)
    return XPathAssertion(context, filling, version or xml.DEFAULT)


_MENDS = {
    "regex": "Write it as JavaScript does, without slashes around it.",
    "jsonpath": "Write it as RFC 9535 has it, such as $.items[?@.id == 1].",
    "xpath": "Write it as XPath 3.1 has it; a regular expression is a criterion of type 'regex'.",
}
