"""The sentences that checks, and what asks for them, are written with: values as holes."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import verifier.checks

FOLDER = Path(verifier.checks.__file__).parent
WORDS = re.compile("[a-z]{2} [a-z]{2}")  # without two in a row it is no sentence
FOUND = {"Finding": ("says", "ask", "build", "expected", "seen"), "Missing": ("reason", "supply")}
OBSTACLES = {
    "Missing": ("reason", "supply"),
    "NotTestable": (0, 1),
    "Omitted": ("reason", "supply"),
    "Outcome": ("reason", "supply"),
    "untested": (2, 3),
}
TOLD = ("_duties", "_locked", "_missing", "_mute", "_onward", "_why_nothing")
ELSEWHERE = ("dialects", "mapping/answering", "model/run.py", "planning", "probing")
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
        found.setdefault(id, []).extend(_Source(path.read_text()).templates(FOUND))
    return {id: tuple(dict.fromkeys(texts)) for id, texts in found.items() if texts}


@cache
def elsewhere() -> tuple[str, ...]:
    """The same of what no check says: why something was not asked, and what dialects lead to."""
    found: list[str] = []
    for place in ELSEWHERE:
        path = FOLDER.parent / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            source = _Source(file.read_text())
            found += [*source.templates(OBSTACLES), *source.told(TOLD)]
    return tuple(dict.fromkeys(found))


@cache
def unfit() -> tuple[str, ...]:
    """Why checks say that they are not for a subject."""
    sources = [_Source(path.read_text()) for path in sorted(FOLDER.rglob("*.py"))]
    asked = {
        name.id
        for source in sources
        for node in source.nodes
        if isinstance(node, ast.keyword) and node.arg == "applies"
        for name in ast.walk(node.value)
        if isinstance(name, ast.Name)
    }
    return tuple(dict.fromkeys(text for source in sources for text in source.told(asked)))


class _Source:
    """One module, and where the texts of its findings come from."""

    def __init__(self, text: str) -> None:
        self.nodes = list(ast.walk(ast.parse(text)))
        self.functions = {n.name: n for n in self.nodes if isinstance(n, ast.FunctionDef)}
        self.around = {
            inner: function for function in self.functions.values() for inner in ast.walk(function)
        }
        self.calls = [node for node in self.nodes if isinstance(node, ast.Call)]

    def templates(self, calls: Mapping[str, tuple[str | int, ...]]) -> Iterator[str]:
        """Texts of the arguments that calls of these names have, by keyword or position."""
        for call in self.calls:
            wanted = calls.get(getattr(call.func, "id", ""), ())
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            given |= dict(enumerate(call.args))
            for name in wanted:
                if name in given:
                    yield from self._worded(given[name])

    def told(self, names: Collection[str]) -> Iterator[str]:
        """Texts that functions of these names yield or return, alone or together."""
        for name in names:
            inner = ast.walk(self.functions[name]) if name in self.functions else ()
            values = [n.value for n in inner if isinstance(n, ast.Yield | ast.Return) and n.value]
            for value in values:
                for one in value.elts if isinstance(value, ast.Tuple) else [value]:
                    yield from self._worded(one)

    def _worded(self, node: ast.AST) -> Iterator[str]:
        texts = map(_numbered, self.texts(node, 3))
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
