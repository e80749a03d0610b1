"""Serve a mock vendor."""

from __future__ import annotations

import click

from verifier.cli.options import Whole, names

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
@click.option("--misbehave", metavar="NAME,...", default="", help="Defects to show.")
def command(document: str, host: str, port: int, seed: int, misbehave: str) -> None:
    """Serve a mock vendor made from DOC until it is interrupted."""
    import asyncio  # start-up time

    from verifier import loading, mocking

    vendor = loading.load_vendor(document)
    mock = mocking.MockVendor(
        vendor.contract,
        principals=vendor.principals or None,
        seed=seed,
        misbehaviours=names(misbehave),
    )

    async def forever() -> None:
        server = await mocking.serve_mock(mock, host, port)
        click.echo(f"{vendor.contract.title} at {server.url}")
        for name, secrets in mock.secrets.items():
            shown = ", ".join(f"{key}={value}" for key, value in secrets.items())
            click.echo(f"  {name}: {shown}")
        try:
            await asyncio.Event().wait()
        finally:
            await server.close()

    asyncio.run(forever())
