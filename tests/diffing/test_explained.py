"""Every rule of a comparison can be asked about, and so can every kind of news."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import verifier.watching
from verifier import discovery
from verifier.cli.commands.explain import command
from verifier.diffing import registry
from verifier.watching.deadlines import SAYS
from verifier.watching.kinds import KINDS


def explained(name):
    found = CliRunner().invoke(command, [name])
    return found.exit_code, found.output


@pytest.mark.parametrize("name", [*list(registry())[::9], *KINDS])
def test_what_is_asked_about_is_told(name):
    code, text = explained(name)
    assert code == 0
    assert text.startswith(f"{name}\n=")


def test_a_rule_says_how_severe_it_is_for_whom_and_why():
    _, text = explained("values.added")
    assert "what you send     everybody         info " in text
    assert "what you are sent wire              warning   it breaks strict clients only" in text
    assert "what you are sent client, sdk, docs breaking " in text
    assert "microsoft-graph calls it info (response)" in text


def test_no_rule_has_the_name_of_a_check():
    assert not set(registry()) & set(discovery.checks())
    assert not set(KINDS) & {check.partition(".")[0] for check in discovery.checks()}


def test_every_kind_that_is_announced_is_explained_and_no_other():
    folder = Path(verifier.watching.__file__).parent
    sources = "".join(path.read_text() for path in folder.glob("*.py"))
    announced = set(re.findall(r'\bkind="([a-z-]+)"', sources)) | set(SAYS) | {"no-news"}
    assert announced == set(KINDS)
