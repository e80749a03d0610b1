"""The four kinds of criteria, each ready to be asked: simple, regex, JSONPath, XPath."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.errors import ConfigError
from verifier.scenarios.criteria import matching, paths, xml
from verifier.scenarios.criteria.comparing import truthy
from verifier.scenarios.criteria.filling import CannotFill, Filling
from verifier.scenarios.criteria.judged import Judged
from verifier.scenarios.criteria.simple import Condition, looked, looks, value_of
from verifier.scenarios.expressions import NOTHING, Expression, Scope, evaluate, written
from verifier.validating.explanation import describe

__all__ = ["PathAssertion", "RegexAssertion", "SimpleAssertion", "XPathAssertion"]

MOST_LOOKS = 4


class SimpleAssertion(Struct, frozen=True):
    """``$statusCode == 200 && $response.body.total > 0``."""

    condition: Condition

    def judge(self, scope: Scope) -> Judged:
        """Whether it comes to something true."""
        try:
            holds = truthy(value_of(self.condition, scope))
        except RecursionError:
            return Judged(holds=False, says="the values are nested too deep", error=True)
        return Judged(holds, "" if holds else self._seen(scope))

    def _seen(self, scope: Scope) -> str:
        found = dict.fromkeys(looks(self.condition))
        shown = [f"{look} is {_shown(looked(look, scope))}" for look in found]
        return ", ".join(shown[:MOST_LOOKS])

    def expressions(self) -> Iterator[Expression]:
        """What it compares."""
        return (look.expression for look in looks(self.condition))


class RegexAssertion(Struct, frozen=True):
    """A regular expression on a context, written as a text."""

    context: Expression
    filling: Filling

    def judge(self, scope: Scope) -> Judged:
        """Whether the context holds what the expression describes."""
        value = evaluate(self.context, scope)
        if value is NOTHING or value is None:
            return Judged(holds=False, says=f"{self.context} is {_shown(value)}")
        try:
            holds = matching.matches(self.filling.fill(scope), written(value))
        except (matching.BadPattern, CannotFill) as error:
            return Judged(holds=False, says=str(error), error=True)
        return Judged(holds, "" if holds else f"{self.context} is {_shown(value)}")

    def expressions(self) -> Iterator[Expression]:
        """The context, and what is filled in."""
        yield self.context
        yield from self.filling.expressions()


class PathAssertion(Struct, frozen=True):
    """A JSONPath that must select something in its context."""

    context: Expression
    filling: Filling
    version: str

    def judge(self, scope: Scope) -> Judged:
        """Whether at least one node is selected."""
        value = evaluate(self.context, scope)
        if value is NOTHING or value is None:
            return Judged(holds=False, says=f"{self.context} is {_shown(value)}")
        if not isinstance(value, (dict, list)):
            says = f"{self.context} is {_shown(value)}, no JSON object or array"
            return Judged(holds=False, says=says, error=True)
        try:
            found = paths.nodes(self.filling.fill(scope), value, self.version)
        except (paths.BadPath, CannotFill) as error:
            return Judged(holds=False, says=str(error), error=True)
        return Judged(bool(found), "" if found else f"nothing in {self.context} is selected")

    def expressions(self) -> Iterator[Expression]:
        """The context, and what is filled in."""
        yield self.context
        yield from self.filling.expressions()


class XPathAssertion(Struct, frozen=True):
    """An XPath that must come to something true in its context."""

    context: Expression
    filling: Filling
    version: str

    def judge(self, scope: Scope) -> Judged:
        """Whether its effective boolean value is true."""
        value = evaluate(self.context, scope)
        if value is NOTHING or value is None:
            return Judged(holds=False, says=f"{self.context} is {_shown(value)}")
        try:
            tree = xml.read_xml(written(value))
            holds = xml.true(xml.select(self.filling.fill(scope), tree, self.version))
        except (xml.BadXPath, xml.BadXml, CannotFill, ConfigError) as error:
            return Judged(holds=False, says=str(error), error=True)
        return Judged(holds, "" if holds else "the XPath comes to nothing, false or 0")

    def expressions(self) -> Iterator[Expression]:
        """The context, and what is filled in."""
        yield self.context
        yield from self.filling.expressions()


def _shown(value: Any) -> str:
    return "absent" if value is NOTHING else describe(value).removeprefix("a number: ")
