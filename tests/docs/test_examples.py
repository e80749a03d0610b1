"""Every command that the documentation shows can be typed: it exists, and so do its options."""

import re
import shlex

import click
import pytest

from tests.places import ROOT
from verifier.cli.program import program

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = ROOT / "docs/reference/written"
SHOWN = re.compile(
    r"^ *(?:\$ )?(?:[A-Z_]+=\S+ )?(verifier (?:.*\\\n)*.*)$|`(verifier [^`\n]+)`", re.MULTILINE
)


def shown():
    """(page, line as it stands there) of every command."""
    for path in PAGES:
        if WRITTEN in path.parents:
            continue
        for block, inline in SHOWN.findall(path.read_text()):
            line = (block or inline).replace("\\\n", " ")
            yield (
                str(path.relative_to(ROOT)),
                re.split(r"\s#\s|\s[|&>;]+(?:\s|$)|\s\.\.\.", line)[0].strip(),
            )


SHOWS = sorted(set(shown()))


def not_understood(line):
    """The first words that the program does not know; empty where it knows them all."""
    command, context = program, click.Context(program, info_name="verifier")
    words = shlex.split(line)[1:]
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return "" if words[0].isupper() else words[0]
        command, context = found, click.Context(found, info_name=words[0], parent=context)
        words = words[1:]
    known = {
        name for one in command.get_params(context) for name in (*one.opts, *one.secondary_opts)
    }
    options = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
    return next((option for option in options if option not in known), "")


@pytest.mark.parametrize(("page", "line"), SHOWS)
def test_what_is_shown_can_be_typed(page, line):
    assert not_understood(line) == ""


def test_what_cannot_be_typed_is_noticed():
    assert len(SHOWS) > 100
    assert not_understood("verifier evalute x") == "evalute"
    assert not_understood("verifier evaluate x --dryrun") == "--dryrun"
    assert not_understood("verifier map chek x") == "chek"
