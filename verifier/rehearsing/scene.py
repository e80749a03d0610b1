"""One take on its stage: a mock vendor, the program in a folder of its own, and what is seen."""

from __future__ import annotations

import dataclasses
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.mocking import Mock
from verifier.mocking.script import Script as Played
from verifier.rehearsing.cast import Actor, Unready, free_port
from verifier.rehearsing.contained import Ending, Lines
from verifier.rehearsing.orders import keys_in, read_orders, write_orders
from verifier.rehearsing.parcel import Parcel
from verifier.rehearsing.performance import Performance, Run
from verifier.rehearsing.stranger import Stranger, strange
from verifier.rehearsing.take import Script, Take
from verifier.rehearsing.theatre import Theatre
from verifier.rehearsing.workplace import workplace
from verifier.serving.assembling import redaction_of

__all__ = ["Scene", "perform"]

BACK_WITHIN_SECONDS = 10.0
HEARD_WITHIN_SECONDS = 0.2
ELSEWHERE = "{elsewhere}"


class Scene(Struct, kw_only=True):
    """Everything that stands on the stage while a take is performed."""

    theatre: Theatre
    take: Take
    mock: Mock
    actors: list[Actor]
    folder: Path
    port: int
    there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    scripts: list[Played] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    stranger: Stranger = field(default_factory=Stranger)
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long a run may take."""
        own = self.take.timeout_seconds
        return self.theatre.integration.program.timeout_seconds if own is None else own

    def play(self) -> None:
        """All runs, one after the other."""
        for scripts in self.take.scripts:
            self._await_vendor()
            played = [self.mock.script(self._aimed(script)) for script in scripts]
            self.scripts += played
            self._run()
            for script in played:
                self.mock.withdraw(script)
            for principal in self.mock.vendor.principals:
                self.mock.vendor.vault.restore(principal.name)
        if self.take.direct is not None:
            self.take.direct(self)

    def _aimed(self, script: Script) -> Script:
        """A script with the stranger's address in it, where it names one."""
        told = script.get("with", {})
        if not self.take.stranger:
            return script
        url = self.stranger.url
        aimed = {k: v.replace(ELSEWHERE, url) if isinstance(v, str) else v for k, v in told.items()}
        return {**script, "with": aimed}

    def _await_vendor(self) -> None:
        """Until the mock takes connections again; it may have been told to refuse them."""
        host, _, port = self.mock.url.removeprefix("http://").partition(":")
        until = time.monotonic() + BACK_WITHIN_SECONDS
        while time.monotonic() < until:
            try:
                socket.create_connection((host, int(port)), timeout=1.0).close()
            except OSError:
                time.sleep(0.05)
            else:
                return

    def _run(self) -> None:
        first = self.mock.ledger.received
        began = self._now
        before = self._alert_size()
        # Not threads that are joined: an interrupted join takes its thread for ended (3.11).
        with ThreadPoolExecutor(len(self.actors)) as pool:
            working = [pool.submit(actor.work, self.seconds) for actor in self.actors]
            try:
                endings = [each.result() for each in working]
            except BaseException:
                for actor in self.actors:
                    actor.stop()
                raise
        for actor, ending in zip(self.actors, endings, strict=True):
            self._hear_out(actor)
            run = self._seen(actor, ending, first, before)
            self.runs.append(dataclasses.replace(run, began_seconds=began))
            actor.lines.heard.pop("alert", None)

    @property
    def _now(self) -> float:
        """Seconds since the ledger was begun."""
        return self.theatre.pulse.clock() - self.mock.ledger.began

    def _hear_out(self, actor: Actor) -> None:
        """What a program that goes on serving has just said may still be on its way to us."""
        if actor.program.serve and self.theatre.integration.alerts.log:
            patience = self.theatre.pulse.patience(HEARD_WITHIN_SECONDS)
            while patience.left > 0 and not actor.lines.wait_for("alert", patience.left):
                pass

    def _seen(self, actor: Actor, ending: Ending, first: int, before: int) -> Run:
        lines, expect = actor.lines, self.theatre.integration.expect
        keys = [order.key for order in self.theatre.orders]
        return Run(
            ending=ending,
            first=first,
            last=self.mock.ledger.received,
            alerts=tuple(self._alerts(ending, lines, before)),
            words=lines.last,
            leaked=frozenset(lines.leaked),
            lines=lines.kept,
            rejected=keys_in(self.folder / expect.rejected, keys) if expect.rejected else {},
            kept=keys_in(self.folder / expect.kept, keys) if expect.kept else {},
            copies={
                name: keys_in(self.folder / expect.copies[name], ids)
                for name, ids in self.there.items()
            },
        )

    def _alerts(self, ending: Ending, lines: Lines, before: int) -> Iterator[str]:
        alerts = self.theatre.integration.alerts
        if alerts.exit_code and ending.code not in (0, None) and not ending.why:
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
    mock = theatre.mock(take.profile, take.misbehave)
    workdir = Path(theatre.integration.program.workdir)
    with workplace(workdir) as folder, mock, strange(take.stranger) as stranger:
        if take.orders is not None:
            theatre = _other_orders(theatre, take, folder)
        scene = _set(theatre, take, mock, folder, stranger)
        with _watched(scene, stopping):
            if take.before is not None:
                take.before(scene)
            try:
                with scene.actors[0].serving():
                    scene.play()
            except Unready as unready:
                return _summed(scene, trouble=_words(scene, unready.ending))
        return _summed(scene)


def _other_orders(theatre: Theatre, take: Take, folder: Path) -> Theatre:
    expect = theatre.integration.expect
    assert take.orders is not None  # noqa: S101  (the caller has looked)
    path = folder / expect.orders
    write_orders(path, take.orders(theatre.orders))
    return replace(theatre, orders=read_orders(path, theatre.key))


def _set(theatre: Theatre, take: Take, mock: Mock, folder: Path, stranger: Stranger) -> Scene:
    port = free_port()
    hooks = theatre.integration.receiver
    secret = (hooks.secret if hooks is not None else "") or mock.vendor.seal.secret
    values = theatre.values(mock, mock.url, port, folder, secret)
    actors = [_actor(theatre, mock, values, folder) for _ in range(take.instances)]
    return Scene(
        theatre=theatre,
        take=take,
        mock=mock,
        actors=actors,
        folder=folder,
        port=port,
        stranger=stranger,
        there=_there(theatre, mock),
    )


def _there(theatre: Theatre, mock: Mock) -> dict[str, tuple[str, ...]]:
    """What the vendor has of whatever is to be copied."""
    copied = theatre.integration.expect.copies
    return {name: tuple(row.id for row in mock.rows(name)) for name in copied}


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
        pulse=theatre.pulse,
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
    theatre, mock = scene.theatre, scene.mock
    failed = next((run.ending.failed for run in scene.runs if run.ending.failed), "")
    now = _there(theatre, mock)
    began, pulse = mock.ledger.began, theatre.pulse
    return Performance(
        take=scene.take,
        integration=theatre.integration,
        runs=tuple(scene.runs),
        entries=tuple(mock.ledger),
        orders=theatre.orders,
        unplayed=tuple(str(script) for script in scene.scripts if script.unconsumed),
        there={
            name: tuple(id for id in ids if id in set(now[name]))
            for name, ids in scene.there.items()
        },
        scopes={p.name: p.scopes for p in mock.vendor.principals if p.scopes is not None},
        needed=theatre.needed,
        token_path=mock.vendor.endpoints.paths.token,
        usual=theatre.usual,
        secrets=_told(mock),
        parcels=tuple(scene.parcels),
        strangers=tuple(scene.stranger.heard),
        facts=scene.facts,
        late=tuple((a - began, b - began) for a, b in pulse.late(began, pulse.clock())),
        trouble=f"it could not be started: {failed}" if failed else trouble,
    )
