"""The bench: sound programs in three languages, and the same with one flaw each."""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.places import ROOT

__all__ = ["BENCH", "SOUND", "Flaw", "flaws", "source", "written"]

BENCH = Path(__file__).parent / "bench"
SAMPLES = ROOT / "scenarios" / "acme-billing" / "integrations" / "invoicing"
BILLING = ROOT / "specs" / "acme-billing"
SEED = {"customers": [{"id": "cus-ada", "name": "Ada"}, {"id": "cus-grace", "name": "Grace"}]}
PUSH = {
    "effects": {"createInvoice": "one-per-order"},
    "orders": "orders.jsonl",
    "rejected": "rejected.jsonl",
    "seed": SEED,
}
LINKED = {"copies": {"things": "things.jsonl"}, "seed": {"things": 5}}
PULL = {"copies": {"customers": "customers.jsonl"}, "seed": {"customers": 5}}
ENV = {"ACME_URL": "{vendor.url}", "ACME_TOKEN": "{vendor.token.it}"}
OAUTH = {
    "ACME_URL": "{vendor.url}",
    "TOKEN_URL": "{vendor.token_url}",
    "CLIENT_ID": "{vendor.client_id.it}",
    "CLIENT_SECRET": "{vendor.client_secret.it}",
}
SERVED = {
    "serve": ["node", "serving.mjs"],
    "ready": {"url": "http://127.0.0.1:{port}/"},
    "trigger": {"request": "POST http://127.0.0.1:{port}/sync"},
    "env": {**ENV, "PORT": "{port}"},
}
HOOKED = {
    "serve": [sys.executable, "receiving.py"],
    "ready": {"url": "http://127.0.0.1:{port}/"},
    "trigger": {"request": "POST http://127.0.0.1:{port}/sync"},
    "env": {**ENV, "PORT": "{port}", "HOOK_SECRET": "{hook.secret}"},
}
HOOKS = {
    "url": "http://127.0.0.1:{port}/hooks",
    "state": "GET http://127.0.0.1:{port}/",
    "within_seconds": 2,
}
# Program to how it is started, its scopes, and what it must leave.
SOUND = {
    "sound.py": ({"command": [sys.executable, "sound.py"], "env": ENV}, "invoices:write", PUSH),
    "sound.mjs": ({"command": ["node", "sound.mjs"], "env": ENV}, "invoices:write", PUSH),
    "sound.sh": (
        {"command": ["sh", "sound.sh"], "env": ENV},
        "invoices:write",
        {**PUSH, "rejected": "rejected.txt"},
    ),
    "oauth.py": (
        {"command": [sys.executable, "oauth.py"], "env": OAUTH},
        "invoices:write",
        {k: v for k, v in PUSH.items() if k != "rejected"},
    ),
    "copying.py": (
        {"command": [sys.executable, "copying.py"], "env": ENV},
        "customers:read",
        PULL,
    ),
    "linked.py": (
        {"command": [sys.executable, "linked.py"], "env": ENV},
        "things:read",
        LINKED,
    ),
    "receiving.py": (HOOKED, "invoices:read", {}),
    "serving.mjs": (SERVED, "invoices:write", {k: v for k, v in PUSH.items() if k != "rejected"}),
}


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """
    One change that makes a sound program unsound.

    Args:
        edits: What is replaced in the program, by what.
        episodes: In which it shows.
        breaks: Properties that it breaks there.
        scopes: What its credential holds, where that is the flaw.
        seconds: How long a job may take; few where it would take all that it may.
    """

    name: str
    program: str
    episodes: tuple[str, ...]
    breaks: frozenset[str]
    edits: tuple[tuple[str, str], ...] = ()
    scopes: str = ""
    seconds: int = 10

    @property
    def language(self) -> str:
        """The ending of its program's name."""
        return self.program.rpartition(".")[2]


def source(program: str) -> Path:
    """Where a program stands: the sample's is one of the bench's."""
    own = BENCH / "programs" / program
    return own if own.is_file() else SAMPLES / program


def flaws() -> list[Flaw]:
    """All of them."""
    found = tomllib.loads((BENCH / "flaws.toml").read_text(encoding="utf-8"))
    return [
        Flaw(
            name=name,
            program=given["program"],
            episodes=tuple(given["episodes"]),
            breaks=frozenset(given["breaks"]),
            edits=tuple((old, new) for old, new in given.get("edits", ())),
            scopes=given.get("scopes", ""),
            seconds=given.get("seconds", 10),
        )
        for name, given in found.items()
    ]


def written(folder: Path, program: str, flaw: Flaw | None = None, **subject: object) -> Path:
    """A program in a folder with its integration's file; gives the file."""
    started, scopes, expect = SOUND[program]
    text = source(program).read_text(encoding="utf-8")
    for old, new in flaw.edits if flaw else ():
        assert text.count(old) == 1, f"{flaw.name}: {old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    work = folder / "work"
    work.mkdir()
    (work / program).write_text(text, encoding="utf-8")
    orders = (SAMPLES / "orders.jsonl").read_text(encoding="utf-8")
    (work / "orders.jsonl").write_text(orders, encoding="utf-8")
    held = (flaw.scopes if flaw and flaw.scopes else scopes).split()
    data = {
        "integration": flaw.name if flaw else program,
        "vendor": str(BENCH / "linked.yaml" if program == "linked.py" else BILLING),
        "subject": {"workdir": "work", **started, **subject},
        "alerts": {"log": "^ERROR"},
        "expect": expect,
    }
    data["principals"] = {"it": held}
    if program == "receiving.py":
        data["webhooks"] = HOOKS
    file = folder / "it.integration.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return file
