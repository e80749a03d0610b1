"""The house rules that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.places import ROOT
from verifier import discovery
from verifier.cli.program import program
from verifier.model import Effect

PACKAGE = ROOT / "verifier"
MODULES = sorted(PACKAGE.rglob("*.py"))
CHECKS = discovery.checks()
SECTIONS = ("Why it matters", "How it asks", "Limits")
BANNED = {"utils", "helpers", "common", "core", "base", "manager", "misc", "util", "helper"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_index(path: Path) -> bool:
    """Whether it only lists names that others define: nothing to read, however long the list."""
    kinds = (ast.Import, ast.ImportFrom, ast.Expr)
    nodes = ast.parse(path.read_text()).body
    nodes += [inner for n in nodes if is_for_type_checkers(n) for inner in n.body]
    named = [
        n
        for n in nodes
        if is_for_type_checkers(n)
        or (isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) in ("__all__", "__getattr__"))
    ]
    return path.stem == "__init__" and all(isinstance(n, kinds) or n in named for n in nodes)


def is_for_type_checkers(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@pytest.mark.parametrize("path", [p for p in MODULES if not is_index(p)], ids=name)
def test_no_module_is_longer_than_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_has_a_name_that_says_nothing(path):
    assert path.stem not in BANNED


def dataclasses_of(path: Path) -> Iterator[ast.ClassDef]:
    classes = (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.ClassDef))
    for node in classes:
        if any("dataclass" in ast.unparse(d) for d in node.decorator_list):
            yield node


def needs_more_than_a_struct(noun: ast.ClassDef) -> bool:
    """Whether a member is not compared, not printed, or made rather than given."""
    values = [n.value for n in noun.body if isinstance(n, ast.AnnAssign)]
    options = [k.arg for v in values if isinstance(v, ast.Call) for k in v.keywords]
    return not {"compare", "repr", "init"}.isdisjoint(options)


def test_a_noun_is_a_struct_unless_it_needs_what_a_struct_has_not():
    nouns = [(path, noun) for path in MODULES for noun in dataclasses_of(path)]
    wrong = [f"{name(p)}: {n.name}" for p, n in nouns if not needs_more_than_a_struct(n)]
    options = [one for one in wrong if "/faults/" in one and one.endswith(": Options")]
    assert nouns
    assert wrong == options  # whoever writes a fault declares its options as a dataclass


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def is_public(path: Path) -> bool:
    plain = path.stem not in {"__init__", "__main__"}
    return plain and not path.stem.startswith("_") and "checks" not in path.parts


@pytest.mark.parametrize("path", [p for p in MODULES if is_public(p)], ids=name)
def test_every_public_module_lists_its_names(path):
    assert re.search(r"^__all__(: [\w\[\], .]+)? = ", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_explains_itself(check):
    assert all(f"\n{section}\n" in check.doc for section in SECTIONS)
    assert check.source


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_is_named_after_its_file_and_folder(check):
    folder, _, rest = check.id.partition(".")
    assert folder == check.question.value
    assert rest.replace("-", "_") == check.flow.__name__


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_has_a_healthy_and_a_broken_specimen(check):
    assert set(check.specimens) == {"healthy", "broken"}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_no_check_is_longer_than_150_lines(check):
    path = sys.modules[check.flow.__module__].__file__
    assert len(Path(path).read_text().splitlines()) <= 150


# A mock has no TLS that could be broken: tests/checks/test_transport.py proves these on sockets.
PROVED_OVER_TLS = {"credentials.transport-secure", "operations.certificate-lasts"}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_that_asks_names_the_misbehaviour_that_it_catches(check):
    asks = check.effect is not Effect.NONE and check.id not in PROVED_OVER_TLS
    assert bool(check.catches) is asks


def functions(path: Path) -> list[int]:
    tree = ast.walk(ast.parse(path.read_text()))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node.end_lineno - node.lineno + 1 for node in tree if isinstance(node, kinds)]


def test_functions_are_short():
    lengths = sorted(length for path in MODULES for length in functions(path))
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[int(len(lengths) * 0.95)] <= 40


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom verifier.cli.program import program\n"
        "program.main(['--help'], standalone_mode=False)\n"
        "heavy = {'hypothesis', 'schemathesis', 'openapi_core', 'httpx', 'jinja2', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "[]"


def commands(group: click.Group, path: str = "verifier") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        yield f"{path} {each}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {each}")


@pytest.mark.parametrize(("path", "command"), [*commands(program)], ids=str)
def test_the_help_tells_a_command_in_one_whole_line(path, command):
    assert 0 < len(command.get_short_help_str(200)) <= 60


def test_nothing_tells_a_user_to_install_the_package_that_has_our_import_name():
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *MODULES, ROOT / "pyproject.toml"]
    wrong = re.compile(r"(pip|pipx|uv|uvx|uv tool) (install|run|add)? ?verifier\b(?!-)")
    assert [name(p) for p in texts if wrong.search(p.read_text())] == []
