"""Runtime expressions: read by their grammar, and evaluated without input or output."""

from verifier.scenarios.expressions.embedding import Piece, pieces, written
from verifier.scenarios.expressions.evaluating import evaluate, member, point
from verifier.scenarios.expressions.grammar import (
    BadExpression,
    Expression,
    LooseExpression,
    is_expression,
    parse,
)
from verifier.scenarios.expressions.nothing import NOTHING, plain
from verifier.scenarios.expressions.scope import Done, Message, Scope, Seen

__all__ = [
    "NOTHING",
    "BadExpression",
    "Done",
    "Expression",
    "LooseExpression",
    "Message",
    "Piece",
    "Scope",
    "Seen",
    "evaluate",
    "is_expression",
    "member",
    "parse",
    "pieces",
    "plain",
    "point",
    "written",
]
