"""A rule: what it asks of a subject, and what it concludes from the answers."""

from __future__ import annotations

import enum
import inspect
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field

from verifier.model.case import Missing, Validity
from verifier.model.finding import Finding, Severity
from verifier.model.question import Question

if TYPE_CHECKING:
    from verifier.model.step import Step
    from verifier.model.vendor import Vendor

__all__ = [
    "Applies",
    "Check",
    "Effect",
    "Findings",
    "Flow",
    "Needs",
    "Specimen",
    "Subject",
    "check",
]

Flow: TypeAlias = "Generator[Step, Any, Iterable[Finding]]"
Findings = Iterable[Finding]
Applies = Callable[..., str]
Needs = Callable[..., Missing | None]


class Effect(enum.Enum):
    """The most a check may do to the vendor; ``NONE`` reads the document alone."""

    NONE = "none"
    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    BURST = "burst"


class Subject(enum.Enum):
    """What a flow is run for: its first parameter's type says it."""

    CONTRACT = "Contract"
    VENDOR = "Vendor"
    OPERATION = "Operation"
    RESOURCE = "Resource"
    EXCHANGE = "Observation"


class Specimen(Struct, frozen=True, kw_only=True):
    """
    The smallest subject about which a check stays silent, or that it must report.

    Args:
        document: An OpenAPI document as a mapping; None takes the standard specimen's.
        answer: Request -> Response, or a class whose instances are that (state for one proof);
            None for checks that read the document alone.
        before: The earlier document that is pinned, for checks of what changed since.
    """

    document: Mapping[str, Any] | None = None
    answer: Callable[..., Any] | None = None
    before: Mapping[str, Any] | None = None


class Check(Struct, kw_only=True, eq=False, dict=True):
    """
    One rule, as declared by one module under ``verifier.checks``.

    Args:
        id: Folder and file: ``contract.status-documented``.
        title: First line of the module's docstring.
        doc: The module's docstring: its help page.
        source: The standard's clause, or where in the vendor's document the rule comes from.
        catches: Names of the mock's misbehaviours that it must report.
        price: The most requests that one subject costs; observations cost nothing of their own.
        inputs: For checks of observations: which drawn cases they look at.
        anonymous: Whether it can be run without holding any credential.
        alone: Whether nothing else may be under way meanwhile, since it watches what everything
            moves: the vendor's counters, its speed. A burst always is.
        last: Whether it is asked once all others were, since it judges what the run has seen.
        applies: Subject (and vendor) -> ``""`` where it applies, else the reason why not.
        needs: Subject (and vendor) -> what the user must supply first; None where nothing.
    """

    id: str
    title: str
    doc: str
    question: Question
    severity: Severity
    effect: Effect
    source: str
    flow: Callable[..., Flow | Findings | None]
    subject: Subject
    wants_vendor: bool
    catches: tuple[str, ...] = ()
    price: int = 0
    inputs: tuple[Validity, ...] = ()
    anonymous: bool = False
    alone: bool = False
    last: bool = False
    applies: Applies | None = None
    needs: Needs | None = None
    specimens: dict[str, list[Specimen]] = field(default_factory=dict)

    def run(self, subject: Any, vendor: Vendor) -> Generator[Step, Any, Findings | None]:
        """
        Start the flow for one subject; one that asks nothing may just return its findings.

        One that looks at an observation returns None where that tells it nothing, neither that all
        is well nor that it is not.
        """
        begun = self.flow(subject, vendor) if self.wants_vendor else self.flow(subject)
        return begun if isinstance(begun, Generator) else _asking_nothing(begun)

    def reason_against(self, subject: Any, vendor: Vendor) -> str:
        """Why it does not apply to a subject; empty where it does."""
        return _asked(self.applies, subject, vendor) if self.applies is not None else ""

    def missing(self, subject: Any, vendor: Vendor) -> Missing | None:
        """What the user must supply before it can be run for a subject."""
        return _asked(self.needs, subject, vendor) if self.needs is not None else None

    def healthy(
        self,
        answer: Any = None,
        *,
        document: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
    ) -> Any:
        """Declare a subject about which the check stays silent; also a decorator."""
        return self._declare("healthy", answer, document, before)

    def broken(
        self,
        answer: Any = None,
        *,
        document: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
    ) -> Any:
        """Declare a subject that the check must report; also a decorator."""
        return self._declare("broken", answer, document, before)

    def _declare(
        self,
        kind: str,
        answer: Any,
        document: Mapping[str, Any] | None,
        before: Mapping[str, Any] | None,
    ) -> Any:
        if answer is None and document is not None and self.effect is not Effect.NONE:
            return lambda given: self._declare(kind, given, document, before)
        specimen = Specimen(document=document, answer=answer, before=before)
        self.specimens.setdefault(kind, []).append(specimen)
        return answer


def _asked(question: Callable[..., Any], subject: Any, vendor: Vendor) -> Any:
    wanted = len(inspect.signature(question).parameters)
    return question(subject, vendor) if wanted == 2 else question(subject)


def _asking_nothing(findings: Findings | None) -> Generator[Step, Any, Findings | None]:
    yield from ()
    return findings


def check(
    *,
    question: Question,
    severity: Severity,
    effect: Effect,
    source: str,
    catches: str | tuple[str, ...] = (),
    price: int = 0,
    inputs: tuple[Validity, ...] = (),
    anonymous: bool = False,
    alone: bool = False,
    last: bool = False,
    applies: Applies | None = None,
    needs: Needs | None = None,
) -> Callable[[Callable[..., Flow | Findings | None]], Check]:
    """
    Turn a flow into a check; its id and its text come from its module.

    The flow takes its subject and, as a second parameter, the vendor where it wants it.
    """

    def declare(flow: Callable[..., Flow | Findings | None]) -> Check:
        doc = inspect.cleandoc(sys.modules[flow.__module__].__doc__ or "")
        parameters = list(inspect.signature(flow).parameters.values())
        kind = parameters[0].annotation
        return Check(
            id=".".join(flow.__module__.split(".")[-2:]).replace("_", "-"),
            title=doc.partition("\n")[0].rstrip("."),
            doc=doc,
            question=question,
            severity=severity,
            effect=effect,
            source=source,
            flow=flow,
            subject=Subject(kind if isinstance(kind, str) else kind.__name__),
            wants_vendor=len(parameters) > 1,
            catches=(catches,) if isinstance(catches, str) else catches,
            price=price,
            inputs=inputs,
            anonymous=anonymous,
            alone=alone,
            last=last,
            applies=applies,
            needs=needs,
        )

    return declare
