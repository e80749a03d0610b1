"""What ``x-verifier`` says of a step: everything that the standard has no words for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.model import Form, Severity
from verifier.scenarios.description import Effect, Fault, Reception, StepExtension, Target
from verifier.scenarios.reading.node import Node
from verifier.scenarios.reading.parts import Parts
from verifier.scenarios.reading.values import read_value
from verifier.scenarios.values import Value

__all__ = ["FORMS", "NOBODY", "SEVERITIES", "read_principal", "read_step_extension"]

NOBODY = "none"
FORMS = {form.value: form for form in Form if form is not Form.ABSENT}
SEVERITIES = {severity.name.lower(): severity for severity in Severity}
FIELDS = (
    "principal",
    "credential",
    "together",
    "copies",
    "abandon",
    "cases",
    "effect",
    "fault",
    "receive",
    "severity",
)
EFFECT = ("operationId", "operationPath", "parameters", "criteria", "within")
RECEPTION = ("url", "criteria", "within", "count", "signed")
COUNTING = ("items", "where", "count")
MOST_COPIES = 50
MOST_CASES = 200
MOST_DELIVERIES = 50
LONGEST_WAIT_SECONDS = 600.0
USUAL_WAIT_SECONDS = 30.0


def read_step_extension(node: Node | None, parts: Parts) -> StepExtension:
    """The extension; without one, a plain step."""
    if node is None:
        return StepExtension()
    found = node.members(FIELDS, "x-verifier of a step", closed=True)
    principal, form = _credential(found)
    return StepExtension(
        principal=principal,
        form=form,
        together=found["together"].text() if "together" in found else "",
        copies=_count(found.get("copies"), 1, MOST_COPIES),
        abandon=found["abandon"].flag() if "abandon" in found else False,
        cases=_count(found.get("cases"), 0, MOST_CASES),
        effects=_effects(found.get("effect"), parts),
        faults=_faults(found.get("fault")),
        receptions=_receptions(found.get("receive"), parts),
        severity=read_severity(found.get("severity")),
    )


def read_principal(node: Node | None) -> str | None:
    """A principal's name; ``""`` for nobody, None where none is named."""
    if node is None:
        return None
    name = node.text()
    return "" if name == NOBODY else name


def read_severity(node: Node | None) -> Severity | None:
    """A severity by its word; None where none is given."""
    return None if node is None else SEVERITIES.get(node.choice(tuple(SEVERITIES)))


def _credential(found: Mapping[str, Node]) -> tuple[str | None, Form]:
    principal = read_principal(found.get("principal"))
    if principal == "":
        if "credential" in found:
            found["credential"].flaw(
                "nobody has no credential", "Name a principal, or leave it out."
            )
        return "", Form.ABSENT
    if "credential" not in found:
        return principal, Form.INTACT
    return principal, FORMS.get(found["credential"].choice(tuple(FORMS)), Form.INTACT)


def _count(node: Node | None, default: int, most: int) -> int:
    if node is None:
        return default
    count = int(node.number(whole=True, least=1))
    if count > most:
        node.flaw(f"{count} are too many", f"At most {most}.")
    return min(count, most)


def _faults(node: Node | None) -> tuple[Fault, ...]:
    found = [item for item in _one_or_more(node) if item.mapping("a fault")]
    return tuple(Fault(script=item.value, at=item.at) for item in found)


def _effects(node: Node | None, parts: Parts) -> tuple[Effect, ...]:
    found = (_effect(item, parts) for item in _one_or_more(node))
    return tuple(effect for effect in found if effect is not None)


def _effect(node: Node, parts: Parts) -> Effect | None:
    found = node.members((*EFFECT, *COUNTING), "an effect")
    targets = [name for name in ("operationId", "operationPath") if name in found]
    if len(targets) != 1:
        node.flaw("an effect is read back by one operation", "Add 'operationId: ...'.")
        return None
    if "criteria" not in found and "count" not in found:
        node.flaw("an effect says what must be seen", "Add 'criteria' or 'items' and 'count'.")
    if "count" in found and "items" not in found:
        node.flaw("'count' needs 'items'", "Add 'items: $response.body#/data', say.")
    return Effect(
        target=Target(kind=targets[0], name=found[targets[0]].text()),
        parameters=parts.parameters(found["parameters"], inputs=False)
        if "parameters" in found
        else (),
        criteria=parts.criteria(found["criteria"]) if "criteria" in found else (),
        within_seconds=_seconds(found.get("within"), 0.0),
        items=read_value(found["items"]) if "items" in found else None,
        where=_where(found.get("where")),
        count=int(found["count"].number(whole=True)) if "count" in found else None,
        at=node.at,
    )


def _receptions(node: Node | None, parts: Parts) -> tuple[Reception, ...]:
    found = (_reception(item, parts) for item in _one_or_more(node))
    return tuple(reception for reception in found if reception is not None)


def _reception(node: Node, parts: Parts) -> Reception | None:
    found = node.members(RECEPTION, "a webhook to wait for", closed=True)
    if not node.needs(found, ("url",), "a webhook to wait for"):
        return None
    return Reception(
        url=read_value(found["url"]),
        criteria=parts.criteria(found["criteria"]) if "criteria" in found else (),
        within_seconds=_seconds(found.get("within"), USUAL_WAIT_SECONDS),
        count=_count(found.get("count"), 1, MOST_DELIVERIES),
        signed=found["signed"].flag() if "signed" in found else False,
        at=node.at,
    )


def _one_or_more(node: Node | None) -> Iterator[Node]:
    if node is None:
        return iter(())
    return node.items() if isinstance(node.value, list) else iter([node])


def _seconds(node: Node | None, default: float) -> float:
    return default if node is None else min(node.number(), LONGEST_WAIT_SECONDS)


def _where(node: Node | None) -> tuple[tuple[str, Value], ...]:
    if node is None:
        return ()
    return tuple((name, read_value(inner)) for name, inner in node.pairs("members to values"))
