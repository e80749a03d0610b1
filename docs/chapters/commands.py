"""Every command with its arguments and options, as the program knows them."""

import inspect
from collections.abc import Iterator

import click

from verifier.cli.program import SECTIONS, program

__all__ = ["pages"]

INTRODUCTION = """\
# Commands

What `verifier --help` and `verifier COMMAND --help` print. Standard output carries data, standard
error the talk; the exit code is [the answer](../exit-codes.md).
"""


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of the one page."""
    context = click.Context(program, info_name="verifier")
    lines = [INTRODUCTION]
    for heading, names in SECTIONS.items():
        lines.append(f"## {heading}\n")
        for name in names:
            lines += _told(program.get_command(context, name), context, name)
    yield "commands", "\n".join(lines)


def _told(command: click.Command | None, parent: click.Context, name: str) -> Iterator[str]:
    if command is None or command.hidden:
        return
    context = click.Context(command, info_name=name, parent=parent)
    path = context.command_path.removeprefix("verifier ")
    yield f"### {path}\n\n```console\n$ {' '.join(_usage(command, context))}\n```\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            yield from _told(command.get_command(context, below), context, below)
        return
    rows = [record for option in command.params if (record := option.get_help_record(context))]
    if rows:
        yield "| option | meaning |\n| --- | --- |"
        yield from (f"| `{_plain(name)}` | {_plain(says)} |" for name, says in rows)
        yield ""


def _usage(command: click.Command, context: click.Context) -> list[str]:
    return [context.command_path, *command.collect_usage_pieces(context)]


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
