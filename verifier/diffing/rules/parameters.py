"""What is sent beside the body: path, query, headers, cookies."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.folding import Shapes
from verifier.diffing.pairs import TEMPLATE, OperationPair
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shapes import Part, Shape
from verifier.diffing.shifts import Descent, Shift, family
from verifier.diffing.standing import marks_at, of_node
from verifier.model import Document, Edit, Impact, Movement, Operation, Parameter, Schema, Side

__all__ = ["parameters"]

NOT_PARAMETERS = ("accept", "content-type")
NARROWER, WIDER, EQUAL = Movement.NARROWER, Movement.WIDER, Movement.EQUAL
SEEN = Departure(Impact.WARNING, "a receiver that read it finds it missing")
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A parameter is no longer taken.",
    request=Departure(
        Impact.WARNING, "a lax vendor ignores it in silence: results change without an error"
    ),
    response=SEEN,
)
REMOVED_DEPRECATED = Rule(
    name="removed-deprecated",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A parameter is gone that had been marked as deprecated.",
    request=Departure(Impact.INFO, "it had been announced"),
    response=SEEN,
)
REMOVED_EARLY = Rule(
    name="removed-early",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A parameter is gone before the day that was named for its end.",
    request=Departure(Impact.BREAKING, "plans rest on the day that was named"),
    response=SEEN,
)
ADDED = Rule(
    name="added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A parameter may now be sent.",
    response=Departure(Impact.INFO, "receivers skip what they do not know"),
)
ADDED_REQUIRED = Rule(
    name="added-required",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A new parameter must be sent; a default does not excuse its absence.",
)
MOVED = Rule(
    name="moved",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A parameter is taken in another place: query, header, path or cookie.",
)
REQUIRED = Rule(
    name="required", edit=Edit.CHANGED, moves=NARROWER, says="A parameter must now be sent."
)
OPTIONAL = Rule(
    name="optional", edit=Edit.CHANGED, moves=WIDER, says="A parameter may now be left out."
)
FORM = Rule(
    name="form",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="Values of a parameter are written in another form: style, explode, or media type.",
)
RESERVED = Rule(
    name="reserved-refused",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="Reserved characters in a parameter must now be percent-encoded, or no longer.",
)
EMPTY = Rule(
    name="empty-refused",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="A parameter may no longer be sent empty.",
    request=Departure(Impact.WARNING, "few clients send a name without a value"),
)
RENAMED = Rule(
    name="renamed",
    edit=Edit.CHANGED,
    moves=EQUAL,
    says="A parameter of the path has another name, which never reaches the vendor.",
    audience="sdk",
)

Key = tuple[str, str]


@family("operation", area="parameter", reads=("parameters",))
def parameters(pair: OperationPair) -> Iterator[Shift | Descent]:
    """Matched by place and name; those of the path by their position, for their names are free."""
    old, new = _by_key(pair.old), _by_key(pair.new)
    gone = {p.name.lower(): p for key, p in old.items() if key not in new and key[0] != "path"}
    for key, parameter in old.items():
        if key in new:
            yield from _kept(pair, parameter, new[key])
    for key, parameter in new.items():
        if key not in old and key[0] != "path":
            before = gone.pop(parameter.name.lower(), None)
            if before is not None:
                yield _moved(pair, before, parameter)
                yield from _kept(pair, before, parameter)
            else:
                yield _added(pair, parameter)
    for parameter in gone.values():
        yield _removed(pair, parameter)


def _removed(pair: OperationPair, parameter: Parameter) -> Shift:
    rule = REMOVED_DEPRECATED if parameter.deprecated else REMOVED
    says = f"{_start(parameter)} is no longer taken."
    ends = of_node(pair.old_contract.document, parameter.at).ends
    if ends is not None and ends > pair.today:
        rule = REMOVED_EARLY
        says = f"{_start(parameter)} is no longer taken, and was to end on {ends}."
    return pair.shift(rule, says, old=parameter.at, words=_words(parameter))


def _by_key(operation: Operation) -> dict[Key, Parameter]:
    positions = {name[1:-1]: index for index, name in enumerate(TEMPLATE.findall(operation.path))}
    return {_key(p, positions): p for p in operation.parameters if not _ignored(p)}


def _ignored(parameter: Parameter) -> bool:
    """Whether OpenAPI has it ignored: the content types of the operation say it (3.1.1, 4.8.12)."""
    return parameter.location == "header" and parameter.name.lower() in NOT_PARAMETERS


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


def _added(pair: OperationPair, parameter: Parameter) -> Shift:
    must = parameter.required
    says = f"{_start(parameter)} is new and {'must' if must else 'may'} be sent."
    rule = ADDED_REQUIRED if must else ADDED
    return pair.shift(rule, says, new=parameter.at, words=_words(parameter))


def _moved(pair: OperationPair, old: Parameter, new: Parameter) -> Shift:
    says = f"{_start(old)} is now taken in the {new.location} instead."
    words = f"{_words(old)} -> {new.location}"
    return pair.shift(MOVED, says, old=old.at, new=new.at, words=words)


def _kept(pair: OperationPair, old: Parameter, new: Parameter) -> Iterator[Shift | Descent]:
    if old.required != new.required and new.location != "path":
        must = new.required
        says = f"{_start(new)} {'must now' if must else 'need no longer'} be sent."
        rule = REQUIRED if must else OPTIONAL
        yield pair.shift(rule, says, old=old.at, new=new.at, words=_words(new))
    if old.location == new.location:
        yield from _form(pair, old, new)
    if old.name != new.name and new.location == "path":
        says = f"{_start(old)} is now called '{new.name[:80]}'."
        yield pair.shift(RENAMED, says, old=old.at, new=new.at, words=_words(new))
    if old.schema is not None or new.schema is not None:
        yield pair.descend(
            old.schema,
            new.schema,
            Side.REQUEST,
            _name(new),
            at=(old.at, new.at),
            carrier="json" if new.content else "text",
        )


def _form(pair: OperationPair, old: Parameter, new: Parameter) -> Iterator[Shift]:
    """How values are written; a plain value is written alike whether lists would be exploded."""
    before, after = _written(old), _written(new)
    if before != after and not _alike(pair, old, new):
        says = f"{_start(new)} was written as {before} and is now as {after}."
        words = f"{_words(new)} {before} -> {after}"
        yield pair.shift(FORM, says, old=old.at, new=new.at, words=words)
    elif old.allow_reserved != new.allow_reserved:
        says = f"{_start(new)} must{' not' if new.allow_reserved else ''} be percent-encoded now."
        yield pair.shift(RESERVED, says, old=old.at, new=new.at, words=_words(new))
    if _empty(pair.old_contract.document, old) and not _empty(pair.new_contract.document, new):
        says = f"{_start(new)} may no longer be sent empty."
        yield pair.shift(EMPTY, says, old=old.at, new=new.at, words=_words(new))


def _written(parameter: Parameter) -> str:
    if parameter.content:
        return parameter.content.lower()
    return f"{parameter.style}{' exploded' if parameter.explode else ''}"


def _alike(pair: OperationPair, old: Parameter, new: Parameter) -> bool:
    """Whether the values that could be sent are still written alike."""
    if old.content or new.content or old.style != new.style:
        return False
    plain = [
        not _composite(document, schema)
        for schema, document in (
            (old.schema, pair.old_contract.document),
            (new.schema, pair.new_contract.document),
        )
    ]
    # One value is a list of one where lists are exploded.
    return plain[0] and (plain[1] or new.explode)


def _composite(document: Document, schema: Schema | None) -> bool:
    if schema is None:
        return True
    shape: Shape = Shapes(document).of((Part(schema.node, schema.at),))
    return shape.kinds is None or bool(shape.kinds & {"array", "object"})


def _empty(document: Document, parameter: Parameter) -> bool:
    """Whether the document lets it be sent without a value (``allowEmptyValue``)."""
    return marks_at(document, parameter.at).get("allowEmptyValue") is True
