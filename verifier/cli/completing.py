"""What a shell completes: click's commands and options, and files where those have nothing."""

from __future__ import annotations

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

__all__ = ["register"]

# A description that holds a comma would end there.
WHOLE_LINES = ('string split "," $completion', 'string split -m 1 "," $completion')
# Without it there is no compdef; most people's ~/.zshrc has begun it by then.
BEGUN = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n"


class _WithFiles(ShellComplete):
    """Names files, as a shell does by itself, where a word may be anything."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Click's, else files; but no files where a command is to be named."""
        found = super().get_completions(args, incomplete)
        if found or incomplete.startswith("-") or isinstance(self._command(args), click.Group):
            return found
        return [CompletionItem(incomplete, type="file")]

    def _command(self, args: list[str]) -> click.Command:
        """The command that these words lead to."""
        command = self.cli
        for word in args:
            if isinstance(command, click.Group) and not word.startswith("-"):
                command = command.get_command(click.Context(command), word) or command
        return command


class _Bash(_WithFiles, BashComplete):
    pass


class _Zsh(_WithFiles, ZshComplete):
    source_template = ZshComplete.source_template.replace("\n", "\n" + BEGUN, 1)


class _Fish(_WithFiles, FishComplete):
    source_template = FishComplete.source_template.replace(*WHOLE_LINES)


def register() -> None:
    """Have click complete that way, in every shell that it knows."""
    for name, made in (("bash", _Bash), ("zsh", _Zsh), ("fish", _Fish)):
        add_completion_class(made, name)
