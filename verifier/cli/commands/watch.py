"""Watch vendors: what changed, what ends, and when."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

if TYPE_CHECKING:
    from verifier.watching import Settings
    from verifier.watching.service import Round
    from verifier.watching.store import Store

__all__ = ["command"]

COULD_NOT_CHECK = 3


@click.command("watch")
@click.argument("specs", type=click.Path(path_type=Path), default=Path("specs"))
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A watch.yaml; the one in SPECS if left out.",
)
@click.option("--every", metavar="SPAN", help="Go on as a service: look every 30m, 6h, 1d ...")
@click.option(
    "--state", metavar="FILE|URL", help="The watcher's memory: a file, or postgresql://HOST/NAME."
)
@click.option(
    "--cluster", metavar="tcp://HOST:PORT|local", help="Look from the workers of a Dask cluster."
)
@click.option(
    "--accept",
    metavar="NAME",
    help="Take the newest document of a vendor for right, though it lost most of its operations.",
)
@click.option("--deadlines", is_flag=True, help="Only show what ends and when; look at nothing.")
@click.option("--drift", is_flag=True, help="Only show what live answers had of their own.")
@click.option("--try-channels", is_flag=True, help="Only send a trial message through each.")
def command(specs: Path, config: Path | None, **given: Any) -> int:
    """
    Look at every vendor in SPECS; tell what is new, once.

    Without --every it looks once, for cron, systemd or CI. Exit codes: 0 no news that is bad, 1
    something broke or ends soon, 3 a vendor could not be checked.
    """
    from verifier.watching import read_settings, watcher
    from verifier.watching.settings import spanned

    settings = read_settings(specs, config)
    if given["state"] is not None:
        settings = replace(settings, state=given["state"])
    if given["every"]:
        settings = spanned(settings, given["every"])
    with watcher(settings, cluster=given["cluster"] or "") as (watch, store):
        if given["deadlines"]:
            _show_deadlines(settings, store)
            return 0
        if given["drift"]:
            _show_drift(settings, store)
            return 0
        if given["try_channels"]:
            return _tried(watch.try_channels())
        if given["accept"]:
            watch.accept(given["accept"])
        if given["every"]:
            _serve(watch, settings)
            return 0
        return _told(watch.round(everybody=True))


def _serve(watch: Any, settings: Settings) -> None:
    """
    Until a signal comes; a round that is under way is brought to its end.

    Whoever reads its log sees news as it comes, a failure when it begins and when it changes, a
    delivery at each attempt, and nothing in a round in which nothing happened.
    """
    stopped: list[int] = []
    failing: dict[str, str] = {}

    def heard(done: Round) -> None:
        _news(done)
        begun = {name: why for name, why in done.failed.items() if failing.get(name) != why}
        for name in done.looked:
            failing.pop(name, None)
        failing.update(done.failed)
        _failures(replace(done, failed=begun))

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, frame: stopped.append(got))
    count = len(settings.subjects)
    click.echo(
        f"Watching {count} vendor{'' if count == 1 else 's'} until a signal comes.", err=True
    )
    watch.run(lambda: bool(stopped), heard)


def _told(done: Round) -> int:
    _news(done)
    if not done.news:
        count = sum(name not in done.failed for name in done.looked)
        vendors = f"{count} vendor{'' if count == 1 else 's'}"
        click.echo(f"No news of {vendors}{_newly(done.first, count)}.")
    _failures(done)
    if any(news.severity.value == "breaking" for news in done.news):
        return 1
    return COULD_NOT_CHECK if done.failed or done.doubted else 0


def _newly(first: int, count: int) -> str:
    if not first:
        return ""
    told = "looked at for the first time"
    return f", {told}" if first == count else f"; {first} {told}"


def _news(done: Round) -> None:
    for news in done.news:
        click.echo(f"{news.severity.value:<9}{news.title}")
        for line in news.lines:
            click.echo(f"         {line}")


def _failures(done: Round) -> None:
    for name, error in done.failed.items():
        click.echo(f"could not check {name}: {error}", err=True)
    for name, error in done.delivery.failed.items():
        click.echo(f"the channel {name} failed, and will be tried again: {error}", err=True)


def _show_deadlines(settings: Settings, store: Store) -> None:
    from verifier.watching import ledgers  # start-up time

    for name, ledger in ledgers(settings, store).items():
        for deadline in ledger:
            day = str(deadline.date or "no day")
            gone = " (withdrawn)" if deadline.withdrawn else ""
            moved = ", sources disagree" if not deadline.agreed else _moved(deadline.moves)
            scope = deadline.scope or "the whole API"
            click.echo(
                f"{day:<12}{name}: {scope} {deadline.milestone.value}"
                f" ({deadline.medium.value}{moved}){gone}"
            )


def _moved(count: int) -> str:
    return f", moved {count} time{'' if count == 1 else 's'}" if count else ""


def _show_drift(settings: Settings, store: Store) -> None:
    from verifier.watching.living import learned  # start-up time

    for subject in settings.subjects:
        for lesson, answers in learned(subject.name, store):
            where = f"{lesson.operation} ({lesson.status}) {lesson.path or 'the answer'}"
            click.echo(
                f"{lesson.first}  {subject.name}: {where}: {lesson.trait}"
                f" ({lesson.times} of {answers} answers, last on {lesson.last})"
            )


def _tried(failed: Mapping[str, str]) -> int:
    for name, error in failed.items():
        click.echo(f"{name}: {error or 'delivered'}")
    return 1 if any(failed.values()) else 0
