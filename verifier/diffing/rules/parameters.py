"""What is sent beside the body: path, query, headers, cookies."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.folding import Shapes
from verifier.diffing.pairs import TEMPLATE, OperationPair
from verifier.diffing.shapes import Part, Shape
from verifier.diffing.shifts import Descent, Movement, Shift, family
from verifier.model import Impact, Operation, Parameter, Side

__all__ = ["parameters"]

Key = tuple[str, str]


@family("operation")
def parameters(pair: OperationPair) -> Iterator[Shift | Descent]:
    """Matched by place and name; those of the path by their position, for their names are free."""
    old, new = _by_key(pair.old), _by_key(pair.new)
    for key, parameter in old.items():
        if key in new:
            yield from _kept(pair, parameter, new[key])
        elif key[0] != "path":  # gone from the path, it is another operation
            # A lax vendor ignores it in silence: results change without an error.
            yield pair.shift(
                "removed",
                Movement.NARROWER,
                f"{_start(parameter)} is no longer taken.",
                old=parameter.at,
                words=_words(parameter),
                impact=Impact.WARNING,
            )
    for key, parameter in new.items():
        if key not in old and key[0] != "path":
            must = parameter.required
            yield pair.shift(
                "added-required" if must else "added",
                Movement.NARROWER if must else Movement.WIDER,
                f"{_start(parameter)} is new and {'must' if must else 'may'} be sent.",
                new=parameter.at,
                words=_words(parameter),
            )


def _by_key(operation: Operation) -> dict[Key, Parameter]:
    positions = {name[1:-1]: index for index, name in enumerate(TEMPLATE.findall(operation.path))}
    return {_key(p, positions): p for p in operation.parameters}


def _key(parameter: Parameter, positions: dict[str, int]) -> Key:
    if parameter.location == "path":
        return "path", str(positions.get(parameter.name, parameter.name))
    # Field names are case-insensitive (RFC 9110, 5.1).
    header = parameter.location == "header"
    return parameter.location, parameter.name.lower() if header else parameter.name


def _name(parameter: Parameter) -> str:
    return f"{parameter.location} parameter '{parameter.name[:80]}'"


def _start(parameter: Parameter) -> str:
    text = _name(parameter)
    return text[:1].upper() + text[1:]


def _words(parameter: Parameter) -> str:
    return f"{parameter.location} {parameter.name}"


def _kept(pair: OperationPair, old: Parameter, new: Parameter) -> Iterator[Shift | Descent]:
    if old.required != new.required and new.location != "path":
        must = new.required
        says = f"{_start(new)} {'must now' if must else 'need no longer'} be sent."
        yield pair.shift(
            "required" if must else "optional",
            Movement.NARROWER if must else Movement.WIDER,
            says,
            old=old.at,
            new=new.at,
            words=_words(new),
        )
    if _form(old) != _form(new) and not _plain(pair, old, new):
        says = f"{_start(new)} is written in another form than before."
        words = f"{_words(new)} {_form(old)} -> {_form(new)}"
        yield pair.shift("form", Movement.OTHER, says, old=old.at, new=new.at, words=words)
    if not old.deprecated and new.deprecated:
        yield pair.shift(
            "deprecated",
            Movement.OTHER,
            f"{_start(new)} is now deprecated.",
            old=old.at,
            new=new.at,
            words=_words(new),
            impact=Impact.INFO,
        )
    if old.schema is not None and new.schema is not None:
        yield pair.descend(old.schema, new.schema, Side.REQUEST, _name(new))


def _plain(pair: OperationPair, old: Parameter, new: Parameter) -> bool:
    """Whether one plain value is sent: it is written alike whether lists would be exploded."""
    if old.content or new.content or old.style != new.style:
        return False
    return all(
        schema is not None and not _composite(Shapes(document).of((Part(schema.node, schema.at),)))
        for schema, document in (
            (old.schema, pair.old_contract.document),
            (new.schema, pair.new_contract.document),
        )
    )


def _composite(shape: Shape) -> bool:
    return shape.kinds is None or bool(shape.kinds & {"array", "object"})


def _form(parameter: Parameter) -> str:
    """How values are written."""
    if parameter.content:
        return parameter.content.lower()
    return f"{parameter.style}{' exploded' if parameter.explode else ''}"
