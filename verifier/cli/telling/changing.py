"""What is said of the rules of a comparison, and of kinds of news."""

from __future__ import annotations

import click

__all__ = ["explain", "names"]


def names() -> tuple[str, ...]:
    """Of all rules and kinds."""
    from verifier.diffing.comparison import registry  # start-up time
    from verifier.watching.kinds import KINDS

    return (*registry(), *KINDS)


def explain(name: str) -> bool:
    """Tell all about a rule of a comparison or a kind of news; False where there is none."""
    from verifier.diffing.comparison import registry  # start-up time
    from verifier.watching.kinds import KINDS

    if name in KINDS:
        click.echo(f"{name}\n{'=' * len(name)}\n\n{KINDS[name].when}\n")
        click.echo(f"What to do  {KINDS[name].act}")
        click.echo("Told by     verifier watch, each once")
        return True
    if name in registry():
        _rule(name)
        return True
    return False


def _rule(name: str) -> None:
    from verifier.diffing.comparison import registry
    from verifier.diffing.rule import AUDIENCES
    from verifier.diffing.verdicts import Judge, policies
    from verifier.model import Side

    _, rule = registry()[name]
    click.echo(f"{name}\n{'=' * len(name)}\n\n{rule.says}\n")
    click.echo(f"The set of accepted values: {rule.moves.value}. For whom it is how severe:\n")
    for side, words in ((Side.REQUEST, "what you send"), (Side.RESPONSE, "what you are sent")):
        verdicts: dict[tuple[str, str], list[str]] = {}
        for audience in AUDIENCES[AUDIENCES.index(rule.audience) :]:
            verdict = Judge(audience).judge(name, rule, side)
            verdicts.setdefault((verdict.severity.value, verdict.reason), []).append(audience)
        for (severity, reason), audiences in verdicts.items():
            whom = "everybody" if len(audiences) == len(AUDIENCES) else ", ".join(audiences)
            click.echo(f"  {words:<18}{whom:<18}{severity:<10}{reason}")
    told = [
        f"  {policy} calls it {found.impact.value} ({side.value}): {found.reason}"
        for policy, vendor in policies().items()
        for side in (Side.REQUEST, Side.RESPONSE)
        if (found := vendor.find(name, side)) is not None
    ]
    if told:
        click.echo("\nBy vendors' own words:\n\n" + "\n".join(dict.fromkeys(told)))
    click.echo("\nAccept one  verifier diff OLD NEW --accept accepted.yaml --reason '...'")
