"""What a proxy says on the command line: where it is, each exchange, and what was wrong."""

from __future__ import annotations

import asyncio
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from verifier.serving.proxy import Passed, Proxy

__all__ = ["run"]

MOST_LINES = 40


def run(
    document: str,
    url: str,
    *,
    overlays: tuple[str, ...],
    host: str,
    port: int,
    record: Path | None,
    quiet: bool,
) -> int:
    """Stand in front of a vendor until interrupted; 1 where something was not as documented."""
    from verifier import loading, pipeline  # start-up time
    from verifier.serving.proxy import recorded, serve_proxy

    vendor = loading.load_vendor(document, base_url=url, overlays=overlays)
    keeping = recorded(vendor, record, url) if record is not None else nullcontext()
    with keeping as journal:

        def ready(address: str) -> None:
            click.echo(address if quiet else f"{vendor.contract.title} at {address}, from {url}")
            if not quiet:
                kept = f"kept in {record}" if record is not None else "not kept (--record FOLDER)"
                click.echo(f"  Requests and answers pass unchanged; exchanges are {kept}.\n")

        proxy = asyncio.run(
            serve_proxy(
                vendor,
                url,
                host=host,
                port=port,
                journal=journal,
                passed=(lambda passed: None) if quiet else _line,
                ready=ready,
            )
        )
    if record is not None and proxy.exchanges:
        files = pipeline.report(record, formats=("har",)).files
        click.echo(f"\n  {'journal':<10}{record / 'journal.sqlite'}", err=True)
        for name, path in files.items():
            click.echo(f"  {name:<10}{path}", err=True)
    _summary(proxy)
    return 1 if proxy.broken else 0


def _line(passed: Passed) -> None:
    exchange, opinion = passed.exchange, passed.opinion
    clock = time.strftime("%H:%M:%S", time.localtime(exchange.started))
    status = exchange.status or "---"
    colour = "green" if exchange.succeeded else "yellow" if exchange.status else "red"
    shown = click.style(str(status), fg=colour, bold=True)
    name = (opinion.operation.id or opinion.operation.key) if opinion.operation else "?"
    spent = f"{exchange.timing.total_seconds * 1000:.0f} ms"
    what = f"{exchange.request.method:<6} {exchange.request.target}"
    click.echo(f"{clock}  {shown}  {what:<44} {name:<22} {spent:>8}", err=True)
    for side, says in (("request", opinion.request), ("answer", opinion.answer)):
        for one in says:
            click.echo(f"{'':<15}{click.style(side, fg='red')}: {one}", err=True)
    if exchange.failure is not None:
        click.echo(f"{'':<15}{exchange.failure.says}", err=True)


def _summary(proxy: Proxy) -> None:
    exchanges = "1 exchange" if proxy.exchanges == 1 else f"{proxy.exchanges} exchanges"
    click.echo(f"\n{exchanges} passed.", err=True)
    for (where, says), times in proxy.broken.most_common(MOST_LINES):
        click.echo(f"  {times:>5} x  {where}  {says}", err=True)
    if not proxy.broken and proxy.exchanges:
        click.echo("  Nothing in them was otherwise than the document says.", err=True)
