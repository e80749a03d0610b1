"""One take on its stage: a mock vendor, the program in a folder of its own, and what is seen."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from verifier.mocking import Mock
from verifier.mocking.script import Script as Played
from verifier.rehearsing.cast import Actor, Unready, free_port
from verifier.rehearsing.contained import Ending, Lines
from verifier.rehearsing.orders import keys_in, write_orders
from verifier.rehearsing.performance import Performance, Run
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre
from verifier.rehearsing.workplace import workplace
from verifier.serving.assembling import redaction_of

__all__ = ["Scene", "perform"]


@dataclass(slots=True, kw_only=True)
class Scene:
    """Everything that stands on the stage while a take is performed."""

    theatre: Theatre
    take: Take
    mock: Mock
    actors: list[Actor]
    folder: Path
    port: int
    runs: list[Run] = field(default_factory=list)
    scripts: list[Played] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long a run may take."""
        own = self.take.timeout_seconds
        return self.theatre.integration.program.timeout_seconds if own is None else own

    def play(self) -> None:
        """All runs, one after the other."""
        for scripts in self.take.scripts:
            played = [self.mock.script(script) for script in scripts]
            self.scripts += played
            self._run()
            for script in played:
                self.mock.withdraw(script)
        if self.take.direct is not None:
            self.take.direct(self)

    def _run(self) -> None:
        first = self.mock.ledger.received
        before = self._alert_size()
        endings: dict[int, Ending] = {}

        def work(number: int) -> None:
            endings[number] = self.actors[number].work(self.seconds)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(len(self.actors))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for number, actor in enumerate(self.actors):
            if number in endings:
                self.runs.append(self._seen(actor, endings[number], first, before))
                actor.lines.heard.pop("alert", None)

    def _seen(self, actor: Actor, ending: Ending, first: int, before: int) -> Run:
        lines = actor.lines
        return Run(
            ending=ending,
            first=first,
            last=self.mock.ledger.received,
            alerts=tuple(self._alerts(ending, lines, before)),
            words=lines.last,
            leaked=frozenset(lines.leaked),
            lines=lines.kept,
        )

    def _alerts(self, ending: Ending, lines: Lines, before: int) -> Iterator[str]:
        alerts = self.theatre.integration.alerts
        if alerts.exit_code and ending.code not in (0, None):
            yield f"exit code {ending.code}"
        if "alert" in lines.heard:
            yield f"it said: {lines.heard['alert']}"
        if alerts.file and self._alert_size() > before:
            yield f"{alerts.file} was written"

    def _alert_size(self) -> int:
        name = self.theatre.integration.alerts.file
        path = self.folder / name
        return path.stat().st_size if name and path.is_file() else 0


def perform(theatre: Theatre, take: Take, stopping: threading.Event) -> Performance:
    """
    Perform a take, and say what was seen.

    Args:
        stopping: Once it is set, the program is ended at once.
    """
    mock = theatre.mock(take.profile)
    with workplace(Path(theatre.integration.program.workdir)) as folder, mock:
        records = theatre.orders
        if take.orders is not None:
            given = take.orders(records)
            write_orders(folder / theatre.integration.expect.orders, given)
        scene = _set(theatre, take, mock, folder)
        with _watched(scene, stopping):
            try:
                with scene.actors[0].serving():
                    scene.play()
            except Unready as unready:
                return _summed(scene, trouble=_words(scene, unready.ending))
        return _summed(scene)


def _set(theatre: Theatre, take: Take, mock: Mock, folder: Path) -> Scene:
    port = free_port()
    hooks = theatre.integration.receiver
    secret = (hooks.secret if hooks is not None else "") or mock.vendor.seal.secret
    values = theatre.values(mock, mock.url, port, folder, secret)
    actors = [_actor(theatre, mock, values, folder) for _ in range(take.instances)]
    return Scene(theatre=theatre, take=take, mock=mock, actors=actors, folder=folder, port=port)


def _actor(theatre: Theatre, mock: Mock, values: Mapping[str, str], folder: Path) -> Actor:
    integration = theatre.integration
    wanted = {"alert": integration.alerts.log, "ready": integration.program.ready.log}
    lines = Lines(
        secrets=_told(mock),
        clean=redaction_of(mock.secrets).clean_text,
        wanted={name: re.compile(text) for name, text in wanted.items() if text},
    )
    return Actor(
        program=integration.program,
        values=values,
        environment=theatre.environment(values),
        folder=folder,
        lines=lines,
        bounds=theatre.bounds,
        where=integration.file,
    )


def _told(mock: Mock) -> dict[str, str]:
    return {
        f"{name}'s {part}": secret
        for name, parts in mock.secrets.items()
        for part, secret in parts.items()
        if part not in ("username", "client_id")
    }


@contextmanager
def _watched(scene: Scene, stopping: threading.Event) -> Iterator[None]:
    """End the program as soon as the rehearsal is to stop."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            if stopping.is_set():
                for actor in scene.actors:
                    actor.stop()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _words(scene: Scene, ending: Ending) -> str:
    words = scene.actors[0].lines.last
    return f"it {ending}" + (f"; its last words: {words}" if words else "")


def _summed(scene: Scene, trouble: str = "") -> Performance:
    theatre, mock, folder = scene.theatre, scene.mock, scene.folder
    expect = theatre.integration.expect
    keys = [order.key for order in theatre.orders]
    failed = next((run.ending.failed for run in scene.runs if run.ending.failed), "")
    there = {name: tuple(row.id for row in mock.rows(name)) for name in expect.copies}
    return Performance(
        take=scene.take,
        integration=theatre.integration,
        runs=tuple(scene.runs),
        entries=tuple(mock.ledger),
        orders=theatre.orders,
        unplayed=tuple(str(script) for script in scene.scripts if script.unconsumed),
        rejected=keys_in(folder / expect.rejected, keys) if expect.rejected else {},
        kept=keys_in(folder / expect.kept, keys) if expect.kept else {},
        copies={name: keys_in(folder / expect.copies[name], ids) for name, ids in there.items()},
        there=there,
        secrets=_told(mock),
        trouble=f"it could not be started: {failed}" if failed else trouble,
    )
