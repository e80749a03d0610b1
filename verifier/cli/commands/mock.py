"""Serve a mock vendor."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.cli.options import Whole, names
from verifier.errors import UsageError

__all__ = ["command"]


@click.command("mock")
@click.argument("document", metavar="DOC")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=Whole(0, 65535),
    default=8765,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@click.option("--seed", default=0, show_default=True, help="Same seed, same data.")
@click.option("--misbehave", metavar="NAME,...", default="", help="Lasting defects to show.")
@click.option(
    "--script",
    "scripts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Faults to play: a YAML or JSON list (see 'verifier faults').",
)
@click.option(
    "--profile",
    type=click.Path(exists=True, dir_okay=False),
    help="A mock.yaml: seeds, limits, overrides; if left out, the one beside vendor.yaml.",
)
@click.option("--control-port", type=int, help="Serve the control API there; 0 takes a free one.")
@click.option("--watch", is_flag=True, help="Follow changes of DOC, and keep the state.")
@click.option(
    "--overlay", "overlays", multiple=True, metavar="FILE", help="Apply an overlay. Repeatable."
)
@click.option(
    "--proxy", metavar="URL", default="", help="Stand in front of the real vendor at URL instead."
)
@click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --proxy: keep the exchanges there (journal and HAR), without secrets.",
)
@click.option("--explain", is_flag=True, help="Say for each operation what it will do, and why.")
@click.option("--json", "as_json", is_flag=True, help="With --explain: print JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Say where it is, and nothing else.")
def command(
    document: str,
    host: str,
    port: int,
    seed: int,
    misbehave: str,
    scripts: Path | None,
    profile: str | None,
    control_port: int | None,
    watch: bool,
    overlays: tuple[str, ...],
    proxy: str,
    record: Path | None,
    explain: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """
    Serve a vendor made from DOC until it is interrupted.

    It keeps what it is given, knows its principals, validates requests, and fails on request.

    With --proxy nothing is made up: requests go to the real vendor and its answers come back as
    they are, both are held against DOC, and the exit code is 1 where one of them was not as
    documented.
    """
    import asyncio  # start-up time

    from verifier import serving
    from verifier.cli.telling import explained, mocked
    from verifier.mocking.told import Told

    if proxy:
        from verifier.cli.telling import proxied

        return proxied.run(
            document, proxy, overlays=overlays, host=host, port=port, record=record, quiet=quiet
        )
    if record is not None:
        raise UsageError("a mock keeps no record", mend="Add --proxy URL, or leave --record out.")
    if as_json and not explain:
        raise UsageError("a mock that serves prints no JSON", mend="Add --explain.")
    assembly = serving.Assembly(
        where=document,
        overlays=overlays,
        seed=seed,
        misbehave=names(misbehave),
        profile=profile or "",
    )
    mock, redaction = serving.assemble(assembly)
    if explain:
        explained.run(mock, as_json=as_json)
        return 0
    if scripts is not None:
        serving.play_scripts(scripts, mock)

    def ready(addresses: serving.Addresses) -> None:
        if quiet:
            click.echo(addresses.mock)
        else:
            mocked.welcome(mock, addresses)

    if not quiet:
        mock.ledger.listeners.append(mocked.Log(Told(mock.contract, redaction)))
    service = serving.Service(
        mock=mock,
        redaction=redaction,
        host=host,
        port=port,
        control_port=control_port,
        watched=assembly if watch else None,
        ready=ready,
        reloaded=mocked.reloaded,
        surveyed=None if quiet else mocked.surveyed,
    )
    asyncio.run(service.run())
    if not quiet:
        mocked.farewell(mock)
    return 0
