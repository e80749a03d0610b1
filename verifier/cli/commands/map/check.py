"""Hold a mapping contract against its two documents."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("check")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
def command(file: str, as_json: bool, strict: bool) -> int:
    """
    Hold a contract against its two documents, without records.

    Says what is not decided, what cannot be right, and what may go wrong, with the places in all
    three files and the smallest value that shows it. Exit code 1 where there are errors.
    """
    import verifier  # start-up time
    from verifier.cli.telling.mapping import check as talk
    from verifier.mapping.analysis import Weight

    mapping = verifier.open_mapping(file)
    found = verifier.check_mapping(mapping)
    if as_json:
        talk.as_json(mapping, found)
    else:
        talk.show(mapping, found)
    worst = Weight.WARNING if strict else Weight.ERROR
    return int(any(finding.weight >= worst for finding in found.findings))
