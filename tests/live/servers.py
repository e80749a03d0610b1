"""Third-party servers for the live tests: installed pinned into a cache, started on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.places import ROOT

__all__ = ["SERVERS", "Running", "Server", "from_pypi", "installed", "running"]

CACHE = Path(os.environ.get("VERIFIER_LIVE_CACHE", ROOT / ".cache" / "live"))
STARTS_WITHIN_SECONDS = 60
SBIN = "/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", "")
KINTO = """
[app:main]
use = egg:kinto
kinto.includes = kinto.plugins.default_bucket kinto.plugins.accounts
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy
kinto.account_create_principals = system.Everyone
kinto.bucket_create_principals = system.Authenticated
kinto.storage_backend = kinto.core.storage.memory
kinto.cache_backend = kinto.core.cache.memory
kinto.permission_backend = kinto.core.permission.memory
kinto.userid_hmac_secret = not-a-secret-loopback-only
kinto.paginate_by = 5
kinto.http_host = 127.0.0.1:{port}
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys =
[logger_root]
level = ERROR
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
"""
LOOPBACK_ONLY = """
const net = require("net"); const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  const done = rest.filter(a => typeof a === "function");
  return isNaN(Number(port)) ? listen.call(this, port, ...rest)
    : listen.call(this, Number(port), "127.0.0.1", ...done);
};
require(process.argv[2]);
"""

LOCALSTRIPE = """
from aiohttp import web
from localstripe.server import app
web.run_app(app, host="127.0.0.1", port={port}, print=None)
"""
POWERDNS = """
launch=gsqlite3
gsqlite3-database={own}/zones.sqlite3
local-address=127.0.0.1
local-port={names}
api=yes
api-key=key-loopback-only
webserver=yes
webserver-address=127.0.0.1
webserver-port={port}
webserver-allow-from=127.0.0.1
socket-dir={own}
security-poll-suffix=
"""


@dataclass(frozen=True)
class Server:
    """How one server is had: what to install, how to start it, when it is up, what it is given."""

    name: str
    install: Callable[[Path], None]
    command: Callable[[Path, Path, int], list[str]]
    healthy: str
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Running:
    """A started server: its address, and a folder of its own that is removed with it."""

    origin: str
    folder: Path


def from_pypi(*requirements: str) -> Callable[[Path], None]:
    def install(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        pip = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--disable-pip-version-check", *requirements], check=True)

    return install


def from_npm(*packages: str) -> Callable[[Path], None]:
    def install(folder: Path) -> None:
        if not shutil.which("npm"):
            pytest.skip("npm is not installed, and this server comes from the npm registry")
        (folder / "package.json").write_text('{"name": "live", "private": true}')
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet, *packages], check=True, cwd=folder)

    return install


def kinto(installed: Path, own: Path, port: int) -> list[str]:
    (own / "kinto.ini").write_text(KINTO.format(port=port))
    return [f"{installed}/venv/bin/kinto", "start", "--ini", f"{own}/kinto.ini"]


def jupyter(installed: Path, own: Path, port: int) -> list[str]:
    (own / "root").mkdir()
    (own / "root" / "a.txt").write_text("hello\n")
    options = {
        "ip": "127.0.0.1",
        "port": str(port),
        "IdentityProvider.token": "tok-loopback",
        "ServerApp.root_dir": f"{own}/root",
        "ServerApp.terminals_enabled": "False",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    binary = f"{installed}/venv/bin/jupyter-server"
    return [binary, "--allow-root", "--no-browser", *flags]


def stripe(installed: Path, own: Path, port: int) -> list[str]:
    (own / "start.js").write_text(LOOPBACK_ONLY)
    package = installed / "node_modules" / "stripe-stateful-mock"
    entry = json.loads((package / "package.json").read_text())["bin"]
    return ["node", f"{own}/start.js", str(package / entry)]


def oauth2_mock(installed: Path, own: Path, port: int) -> list[str]:
    program = installed / "node_modules" / ".bin" / "oauth2-mock-server"
    return [str(program), "-a", "127.0.0.1", "-p", str(port)]


def cashu(installed: Path, own: Path, port: int) -> list[str]:
    return [f"{installed}/venv/bin/mint", "--host", "127.0.0.1", "--port", str(port)]


def localstripe(installed: Path, own: Path, port: int) -> list[str]:
    # Its own command listens on every address.
    return [f"{installed}/venv/bin/python", "-c", LOCALSTRIPE.format(port=port)]


def from_debian(*programs: str) -> Callable[[Path], None]:
    def install(folder: Path) -> None:
        missing = [name for name in programs if not shutil.which(name, path=SBIN)]
        if missing:
            pytest.skip(f"{', '.join(missing)}: a package of Debian that is not installed here")

    return install


def powerdns(installed: Path, own: Path, port: int) -> list[str]:
    schemas = Path("/usr/share").glob("**/schema.sqlite3.sql")
    with contextlib.closing(sqlite3.connect(own / "zones.sqlite3")) as database:
        database.executescript(next(schemas).read_text())
    (own / "pdns.conf").write_text(POWERDNS.format(own=own, port=port, names=free_port()))
    program = shutil.which("pdns_server", path=SBIN)
    return [str(program), f"--config-dir={own}", "--daemon=no", "--guardian=no"]


SERVERS = {
    server.name: server
    for server in (
        Server(
            "kinto-26.5.0", from_pypi("kinto==26.5.0", "waitress", "bcrypt"), kinto, "/v1/__api__"
        ),
        Server("jupyter-server-2.17", from_pypi("jupyter_server~=2.17"), jupyter, "/api"),
        Server(
            "stripe-stateful-mock-0.0.16",
            from_npm("stripe-stateful-mock@0.0.16"),
            stripe,
            "/v1/customers",
            {"LOG_LEVEL": "silent"},
        ),
        Server(
            "localstripe-1.15.10", from_pypi("localstripe==1.15.10"), localstripe, "/v1/customers"
        ),
        Server(
            "oauth2-mock-server-8.2.3",
            from_npm("oauth2-mock-server@8.2.3"),
            oauth2_mock,
            "/.well-known/openid-configuration",
        ),
        Server(
            "cashu-0.20.2",
            from_pypi("cashu==0.20.2", "marshmallow<4", "limits<4.8"),
            cashu,
            "/v1/info",
            {
                "MINT_BACKEND_BOLT11_SAT": "FakeWallet",
                "MINT_PRIVATE_KEY": "loopback-only-key",
                "MINT_DATABASE": "data/mint",
                "CASHU_DIR": "data",
                "TOR": "FALSE",
                "FAKEWALLET_BRR": "TRUE",
                "FAKEWALLET_DELAY_INCOMING_PAYMENT": "0",
            },
        ),
        Server("powerdns", from_debian("pdns_server"), powerdns, "/api/docs"),
    )
}


@contextlib.contextmanager
def running(name: str, own: Path) -> Iterator[Running]:
    """Start a server for the block, in a process group of its own that ends with it."""
    server = SERVERS[name]
    folder = installed(server)
    port = free_port()
    command = server.command(folder, own, port)
    environment = os.environ | {"HOME": str(own), "PORT": str(port)} | server.environment
    log = (own / "server.log").open("wb")
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=own,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        origin = f"http://127.0.0.1:{port}"
        _await(origin + server.healthy, process, own / "server.log")
        yield Running(origin=origin, folder=own)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        log.close()


def installed(server: Server) -> Path:
    folder = CACHE / server.name
    done = folder / ".installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        server.install(folder)
        done.touch()
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"the server died:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as answered:
            if answered.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise RuntimeError(f"no answer within {STARTS_WITHIN_SECONDS} seconds at {url}")
