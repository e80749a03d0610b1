"""An Arazzo description as it was read: typed, and every part with its address in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model import Document, Form, Place, Pointer, Question, Schema, Severity
from verifier.scenarios.criteria import Assertion
from verifier.scenarios.values import Value

__all__ = [
    "Action",
    "Body",
    "Criterion",
    "Description",
    "Effect",
    "Fault",
    "Parameter",
    "Reception",
    "Replacement",
    "Source",
    "Step",
    "StepExtension",
    "Target",
    "Workflow",
    "WorkflowExtension",
]


class Source(Struct, frozen=True, kw_only=True):
    """A source description; ``kind`` is ``openapi``, ``arazzo``, ``asyncapi`` or empty."""

    name: str
    url: str
    kind: str
    at: str


class Target(Struct, frozen=True, kw_only=True):
    """
    What a step calls.

    Args:
        kind: ``operationId``, ``operationPath`` or ``workflowId``.
        name: As written.
    """

    kind: str
    name: str


class Parameter(Struct, frozen=True, kw_only=True):
    """A value to pass; ``location`` is empty where it is an input of a workflow."""

    name: str
    location: str
    value: Value
    at: str


class Replacement(Struct, frozen=True, kw_only=True):
    """
    A place in a payload, and what to put there.

    Args:
        kind: ``jsonpointer``, ``jsonpath`` or ``xpath``; empty lets the payload decide.
    """

    target: str
    kind: str
    version: str
    value: Value
    at: str


class Body(Struct, frozen=True, kw_only=True):
    """
    What a step sends.

    Args:
        payload: None where only replacements are given.
        templated: Whether it was written as a JSON text with expressions in it.
    """

    content_type: str
    payload: Value | None
    replacements: tuple[Replacement, ...]
    at: str
    templated: bool = False


class Criterion(Struct, frozen=True, kw_only=True):
    """A condition as written, and ready to be asked."""

    text: str
    kind: str
    assertion: Assertion
    at: str


class Action(Struct, frozen=True, kw_only=True):
    """
    What follows a step.

    Args:
        type: ``end``, ``goto`` or ``retry``.
        workflow, step: Where to go; at most one of them is given.
        parameters: Inputs of that workflow (1.1).
        retry_after_seconds: How long to wait before a retry.
        retry_limit: How many retries at most.
    """

    name: str
    type: str
    workflow: str
    step: str
    parameters: tuple[Parameter, ...]
    retry_after_seconds: float
    retry_limit: int
    criteria: tuple[Criterion, ...]
    at: str


class Effect(Struct, frozen=True, kw_only=True):
    """
    What a step must have brought about, proved by asking again.

    Args:
        target: The operation that reads it back.
        within_seconds: How long it may take to show.
        items: Expression of the list whose items are counted; None where nothing is counted.
        where: Member to value: which items count.
        count: How many there must be.
    """

    target: Target
    parameters: tuple[Parameter, ...]
    criteria: tuple[Criterion, ...]
    within_seconds: float
    items: Value | None
    where: tuple[tuple[str, Value], ...]
    count: int | None
    at: str


class Reception(Struct, frozen=True, kw_only=True):
    """
    What a step must make the vendor tell us by itself: webhooks.

    Args:
        url: The address of ours that they come to, one of the workflow's ``hooks``.
        criteria: What one of them must say; ``$message`` is the delivery.
        within_seconds: How long after the step's answer the last may come.
        count: How many must come.
        signed: Whether each must be signed with a secret that we know.
    """

    url: Value
    criteria: tuple[Criterion, ...]
    within_seconds: float
    count: int
    signed: bool
    at: str


class Fault(Struct, frozen=True, kw_only=True):
    """A misbehaviour that the mock is asked for when a step begins, as its author wrote it."""

    script: Mapping[str, Any]
    at: str


class StepExtension(Struct, frozen=True, kw_only=True):
    """
    ``x-verifier`` of a step.

    Args:
        principal: As whom; None takes the workflow's, ``""`` is nobody.
        form: What is done to the credential.
        together: Label: neighbours of equal label are sent at once.
        copies: How many times it is sent at once.
        abandon: Whether the connection is cut before the answer.
        cases: How many bodies are generated; 0 for a plain step.
        effects: What must be read back afterwards.
        faults: What the mock is asked for first.
        receptions: Webhooks that must come afterwards.
    """

    principal: str | None = None
    form: Form = Form.INTACT
    together: str = ""
    copies: int = 1
    abandon: bool = False
    cases: int = 0
    effects: tuple[Effect, ...] = ()
    faults: tuple[Fault, ...] = ()
    receptions: tuple[Reception, ...] = ()
    severity: Severity | None = None


class Step(Struct, frozen=True, kw_only=True):
    """One step of a workflow."""

    id: str
    description: str
    target: Target
    parameters: tuple[Parameter, ...]
    body: Body | None
    criteria: tuple[Criterion, ...]
    on_success: tuple[Action, ...]
    on_failure: tuple[Action, ...]
    outputs: tuple[tuple[str, Value], ...]
    timeout_seconds: float | None
    depends_on: tuple[str, ...]
    extension: StepExtension
    at: str


class WorkflowExtension(Struct, frozen=True, kw_only=True):
    """
    ``x-verifier`` of a workflow, with the document's where it says nothing itself.

    Args:
        principal: Of its steps; None takes the vendor's first.
        inputs: Values for its inputs.
        fresh: Inputs that get a text that nobody used before, each time.
        hooks: Inputs that get an address of ours, each time, that the vendor can deliver to.
        rows: A table: the workflow is run once for each row, whose members are inputs.
        cleanup: Steps that are carried out at the end, whatever happened.
        why: Why it matters, for the report.
        ask: What to ask the vendor to change where it fails.
    """

    question: Question = Question.CONTRACT
    severity: Severity = Severity.MAJOR
    principal: str | None = None
    tags: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    cleanup: tuple[Step, ...] = ()
    why: str = ""
    ask: str = ""


class Workflow(Struct, frozen=True, kw_only=True):
    """One workflow; ``inputs`` is its JSON Schema."""

    id: str
    summary: str
    description: str
    inputs: Schema | None
    depends_on: tuple[str, ...]
    steps: tuple[Step, ...]
    success_actions: tuple[Action, ...]
    failure_actions: tuple[Action, ...]
    outputs: tuple[tuple[str, Value], ...]
    parameters: tuple[Parameter, ...]
    extension: WorkflowExtension
    at: str

    def step(self, id: str) -> Step | None:
        """The step of an id."""
        return next((step for step in self.steps if step.id == id), None)


class Description(Struct, frozen=True, kw_only=True):
    """
    One Arazzo document.

    Args:
        version: ``1.0`` or ``1.1``: the patch does not count.
        self_uri: ``$self`` (1.1); empty where it has none.
        components: ``parameters.NAME`` to the value of a reusable parameter.
        document: The file as a document: its schemas, and the place of every node.
    """

    location: str
    version: str
    title: str
    summary: str
    self_uri: str
    sources: tuple[Source, ...]
    workflows: tuple[Workflow, ...]
    components: Mapping[str, Value]
    document: Document

    def place(self, at: str) -> Place:
        """File and line of a part."""
        return self.document.place(Pointer("", at))

    def workflow(self, id: str) -> Workflow | None:
        """The workflow of an id."""
        return next((workflow for workflow in self.workflows if workflow.id == id), None)

    def source(self, name: str) -> Source | None:
        """The source description of a name."""
        return next((source for source in self.sources if source.name == name), None)
