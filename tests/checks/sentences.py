"""The sentences that checks are written with: read from their sources, values as holes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import verifier.checks

FOLDER = Path(verifier.checks.__file__).parent
WORDS = re.compile("[a-z]{2} [a-z]{2}")  # without two in a row it is no sentence
WORDED = ("says", "ask", "build")
Parts = tuple[str | None, ...]  # a text, or None for a value


@cache
def written() -> dict[str, tuple[str, ...]]:
    """
    Check id (``""``: what several share) to the templates of its findings.

    A template holds ``{0}``, ``{1}`` ... where its check puts a value in. A text that is next to
    nothing but values is none.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.rglob("*.py")):
        question, _, name = path.relative_to(FOLDER).with_suffix("").as_posix().rpartition("/")
        own = question and name != "__init__"
        id = f"{question}.{name}".replace("_", "-") if own else ""
        found.setdefault(id, []).extend(_Source(path.read_text()).templates())
    return {id: tuple(dict.fromkeys(texts)) for id, texts in found.items() if texts}


class _Source:
    """One module, and where the texts of its findings come from."""

    def __init__(self, text: str) -> None:
        self.nodes = list(ast.walk(ast.parse(text)))
        self.functions = {n.name: n for n in self.nodes if isinstance(n, ast.FunctionDef)}
        self.around = {
            inner: function for function in self.functions.values() for inner in ast.walk(function)
        }
        self.calls = [node for node in self.nodes if isinstance(node, ast.Call)]

    def templates(self) -> Iterator[str]:
        for call in self.calls:
            if not (isinstance(call.func, ast.Name) and call.func.id == "Finding"):
                continue
            for keyword in call.keywords:
                if keyword.arg in WORDED:
                    texts = map(_numbered, self.texts(keyword.value, 3))
                    yield from (text for text in texts if WORDS.search(text))

    def texts(self, node: ast.AST, depth: int) -> list[Parts]:
        """Every text that an expression can come to."""
        again = [(None,)] if depth == 0 else self._looked_up(node, depth - 1)
        if isinstance(node, ast.Constant):
            return [(node.value if isinstance(node.value, str) else None,)]
        if isinstance(node, ast.IfExp):
            return self.texts(node.body, depth) + self.texts(node.orelse, depth)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = self.texts(node.left, depth), self.texts(node.right, depth)
            return [a + b for a, b in product(*sides)]
        if isinstance(node, ast.JoinedStr):
            return [sum(parts, ()) for parts in product(*(self.texts(v, 0) for v in node.values))]
        return again

    def _looked_up(self, node: ast.AST, depth: int) -> list[Parts]:
        if isinstance(node, ast.Name):
            sources = [*self._assigned(node), *self._given(node)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in self.functions:
            inner = ast.walk(self.functions[node.func.id])
            sources = [n.value for n in inner if isinstance(n, ast.Return) and n.value]
        else:
            sources = []
        return [text for source in sources for text in self.texts(source, depth)] or [(None,)]

    def _assigned(self, name: ast.Name) -> Iterator[ast.AST]:
        for node in ast.walk(self.around.get(name, name)):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name.id:
                yield node.value

    def _given(self, name: ast.Name) -> Iterator[ast.AST]:
        """What the function around is called with for its parameter of that name."""
        function = self.around.get(name)
        names = [a.arg for a in function.args.args] if function else []
        if function is None or name.id not in names:
            return
        at = names.index(name.id)
        for call in self.calls:
            if getattr(call.func, "id", "") == function.name and len(call.args) > at:
                yield call.args[at]


def _numbered(parts: Parts) -> str:
    text, hole = "", 0
    for part in parts:
        if part is None:
            text, hole = f"{text}{{{hole}}}", hole + 1
        else:
            text += part
    return text
