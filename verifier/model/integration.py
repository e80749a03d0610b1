"""An integration that is rehearsed: how it is started, and what it must leave."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from msgspec import Struct, field

from verifier.model.finding import Severity
from verifier.model.picture import RetryTimeline

__all__ = [
    "Alerts",
    "Expectation",
    "HookTarget",
    "Integration",
    "Judgement",
    "Profile",
    "Program",
    "Ready",
    "Standpoint",
    "Trigger",
]


class Ready(Struct, frozen=True, kw_only=True):
    """
    How a program that serves says that it does; empty parts are not looked at.

    Args:
        url: Answers something below 500 once it does.
        log: A line that it then says: a regular expression.
        seconds: How long it may take.
    """

    url: str = ""
    log: str = ""
    seconds: float = 15.0


class Trigger(Struct, frozen=True, kw_only=True):
    """
    How a program that serves is told to do its work once.

    Args:
        method, url: A request that is answered when it is done.
        command: Or a program that ends when it is done.
    """

    method: str = "POST"
    url: str = ""
    command: tuple[str, ...] = ()


class Program(Struct, frozen=True, kw_only=True):
    """
    The user's program. Words in braces, ``{vendor.url}``, are filled in when it is started.

    Args:
        command: Run once for each job.
        serve: Or started once, and told by ``trigger`` to do a job.
        call: Or a Python callable without arguments: ``module:function``.
        workdir: Copied for each start; the copy is where it runs.
        env: Variables that it gets; of ours it gets a harmless few, and those in ``inherit``.
        timeout_seconds: How long one job may take.
    """

    command: tuple[str, ...] = ()
    serve: tuple[str, ...] = ()
    call: str = ""
    workdir: str = "."
    env: Mapping[str, str] = field(default_factory=dict)
    inherit: tuple[str, ...] = ()
    timeout_seconds: float = 30.0
    ready: Ready = field(default_factory=Ready)
    trigger: Trigger = field(default_factory=Trigger)


class Alerts(Struct, frozen=True, kw_only=True):
    """
    How it says that a human is needed; any of them counts.

    Args:
        exit_code: ``nonzero``, or empty where the exit code says nothing.
        log: A regular expression that is found in a line that it says.
        file: A file in its folder that then has something in it.
    """

    exit_code: str = "nonzero"
    log: str = ""
    file: str = ""


class HookTarget(Struct, frozen=True, kw_only=True):
    """
    Where the program receives webhooks.

    Args:
        url: With ``{port}`` in it.
        secret: That deliveries are signed with; empty makes one up, told as ``{hook.secret}``.
        signature: Name of the signing scheme; empty goes by the document.
        state: Where its effects can be asked for, ``GET http://...``; or a file in its folder.
        events: Names of the events to send; empty takes the document's.
        within_seconds: How long it may take to answer.
    """

    url: str
    secret: str = ""
    signature: str = ""
    state: str = ""
    events: tuple[str, ...] = ()
    within_seconds: float = 5.0


class Expectation(Struct, frozen=True, kw_only=True):
    """
    What must be there when all is done; checked in every episode.

    Args:
        effects: Operation id to how often it takes effect: ``one-per-order``, or a number.
        orders: File with the records that are its work: JSON lines, a JSON list, or CSV.
        key: Member that tells one record from another; empty takes ``id``, ``reference`` ...
        rejected, kept: Files in its folder with records that it refused, or keeps for a human.
        copies: Resource of the vendor to the file in which each of its items must stand once.
        seed: Resource to items that the vendor has from the beginning.
        attempts: The most requests for one piece of work.
        elapsed_seconds: The longest that a job may try while the vendor is down.
    """

    effects: Mapping[str, str | int] = field(default_factory=dict)
    orders: str = ""
    key: str = ""
    rejected: str = ""
    kept: str = ""
    copies: Mapping[str, str] = field(default_factory=dict)
    seed: Mapping[str, tuple[Mapping[str, object], ...]] = field(default_factory=dict)
    attempts: int = 6
    elapsed_seconds: float = 60.0


class Integration(Struct, frozen=True, kw_only=True):
    """
    A file ``*.integration.yaml``.

    Args:
        vendor: Document or folder of the vendor that the mock stands for.
        principals: Name to scopes of credentials that are made for it; empty takes the vendor's.
        skip: Episode to the reason why it is not played.
    """

    name: str
    file: str
    vendor: str
    program: Program
    alerts: Alerts = field(default_factory=Alerts)
    receiver: HookTarget | None = None
    expect: Expectation = field(default_factory=Expectation)
    principals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip: Mapping[str, str] = field(default_factory=dict)


class Standpoint(enum.Enum):
    """What a rehearsal shows of a property."""

    HELD = "held"
    BROKEN = "broken"
    UNEXERCISED = "not exercised"


class Judgement(Struct, frozen=True, kw_only=True):
    """
    What one episode shows of one property.

    Args:
        property: Its id.
        says: One sentence: what was seen, or why nothing was.
        expected: What should have been, in words; empty where it held.
        take: Name of the take that shows it best.
        picture: Its requests over time.
    """

    property: str
    episode: str
    standpoint: Standpoint
    says: str
    severity: Severity
    expected: str = ""
    take: str = ""
    picture: RetryTimeline | None = None


class Profile(Struct, frozen=True, kw_only=True):
    """
    An integration's table of properties: a crash test, not a single number.

    Args:
        takes: How often it was started.
        requests: How many it sent, in all.
    """

    integration: str
    vendor: str
    judgements: tuple[Judgement, ...]
    seconds: float = 0.0
    takes: int = 0
    requests: int = 0

    @property
    def broken(self) -> tuple[Judgement, ...]:
        """What did not hold, the worst first."""
        found = [one for one in self.judgements if one.standpoint is Standpoint.BROKEN]
        return tuple(sorted(found, key=lambda one: -one.severity))

    def standpoint(self, property: str) -> Standpoint:
        """What all its episodes show of a property: broken anywhere is broken."""
        seen = {one.standpoint for one in self.judgements if one.property == property}
        order = (Standpoint.BROKEN, Standpoint.HELD)
        return next((each for each in order if each in seen), Standpoint.UNEXERCISED)
