"""Completion for a shell."""

from __future__ import annotations

import click

from verifier.cli.options import COMPLETE, OneOf

__all__ = ["command"]

USE = {
    "bash": '# eval "$(verifier completion bash)" in ~/.bashrc',
    "zsh": '# eval "$(verifier completion zsh)" in ~/.zshrc',
    "fish": "# verifier completion fish > ~/.config/fish/completions/verifier.fish",
}


@click.command("completion")
@click.argument("shell", type=OneOf(list(USE)))
@click.pass_context
def command(context: click.Context, /, shell: str) -> None:
    """
    Print what makes SHELL complete our commands.

    SHELL is bash, zsh or fish.
    """
    from click.shell_completion import get_completion_class  # start-up time

    from verifier.cli.completing import register

    register()
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"there is no completion for '{shell}'")
    click.echo(made(context.find_root().command, {}, "verifier", COMPLETE).source().rstrip())
    click.echo(USE[shell])
