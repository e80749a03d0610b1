"""What a real shell completes: a command, a command in a command, a file."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time

import pytest

from tests.journeys.processes import PROGRAM
from tests.places import ROOT

PATIENCE_SECONDS = 60
ERASE = "\x15"  # Ctrl-U
# What is typed before the key, and what stands there after it.
TYPED = {
    "verifier evalu": "verifier evaluate",
    "verifier map ch": "verifier map check",
    "verifier evaluate --langu": "verifier evaluate --language",
    "verifier evaluate a-doc": "verifier evaluate a-document.yaml",
}
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "bind 'set enable-bracketed-paste off'"),
    "zsh": (["zsh", "-f", "-i"], "unset zle_bracketed_paste"),
}


@pytest.fixture
def home(tmp_path):
    """A folder with a document, and our program on the path of whoever starts there."""
    (tmp_path / "bin").mkdir()
    ours = tmp_path / "bin/verifier"
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{PROGRAM}" "$@"\n')
    ours.chmod(0o755)
    (tmp_path / "a-document.yaml").write_text("")
    return tmp_path


def there(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} on this machine")


def surroundings(home):
    path = f"{home}/bin:{os.environ['PATH']}"
    more = {"PATH": path, "PYTHONPATH": str(ROOT), "TERM": "dumb", "HOME": str(home)}
    return {**os.environ, **more, "ZDOTDIR": str(home)}


class Terminal:
    """A shell that believes that somebody types."""

    def __init__(self, command, home):
        self.said = ""
        self.ours, theirs = pty.openpty()
        ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs, "start_new_session": True}
        self.process = subprocess.Popen(command, cwd=home, env=surroundings(home), **ends)
        os.close(theirs)

    def type(self, text):
        os.write(self.ours, text.encode())

    def waits_for(self, text):
        until = time.monotonic() + PATIENCE_SECONDS
        while text not in self.said and time.monotonic() < until:
            if select.select([self.ours], [], [], 1)[0]:
                self.said += os.read(self.ours, 65536).decode("utf-8", "replace")
        assert text in self.said, self.said
        self.said = ""

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_in_a_terminal_completes_commands_options_and_files(home, shell):
    there(shell)
    command, quiet = SHELLS[shell]
    terminal = Terminal(command, home)
    try:
        # Another prompt says that it was done, and that keys are read instead of lines.
        for line, prompt in (
            (quiet, "qui''et> "),
            (f'eval "$(verifier completion {shell})"', "rea''dy> "),
        ):
            terminal.type(f"{line}; PS1='{prompt}'\n")
            terminal.waits_for(prompt.replace("'", ""))
        for typed, whole in TYPED.items():
            terminal.type(f"{typed}\t")
            terminal.waits_for(whole)
            terminal.type(ERASE)
    finally:
        terminal.close()


def test_fish_completes_commands_options_and_files_and_says_whole_lines(home):
    there("fish")
    asked = "; ".join(f"complete -C '{typed}'" for typed in TYPED)
    done = subprocess.run(
        ["fish", "-c", f"verifier completion fish | source; {asked}"],
        cwd=home,
        env=surroundings(home),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert [line.partition("\t")[0] for line in lines] == [
        whole.rpartition(" ")[2] for whole in TYPED.values()
    ]
    assert "documents, and" in lines[1] or lines[1].endswith("documents,...")
