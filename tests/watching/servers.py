"""Documents on a real socket, slow on request, and a PostgreSQL server of our own."""

import json
import os
import pwd
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


class Documents(BaseHTTPRequestHandler):
    """``/NAME.json`` from ``server.documents``, each after ``server.pause`` seconds."""

    def do_GET(self):
        name = self.path.strip("/").removesuffix(".json")
        self.server.asked.append(name)
        time.sleep(self.server.pause)
        body = json.dumps(self.server.documents[name]).encode()
        try:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return  # whoever asked was killed

    def log_message(self, *args):
        return


@contextmanager
def documents(held):
    """A server; what it was asked for is in ``asked``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Documents)
    server.documents, server.asked, server.pause = dict(held), [], 0.0
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _programs():
    found = shutil.which("initdb")
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return Path(found).parent if found else (homes[-1] if homes else None)


@contextmanager
def postgres(folder):
    """
    The address of a fresh PostgreSQL server on a socket in a folder; skips where there is none.
    """
    programs = _programs()
    if programs is None or not (programs / "initdb").exists():
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    user = None
    if os.getuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user 'postgres'")
        os.chown(folder, user.pw_uid, user.pw_gid)
    who = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
    data = folder / "data"

    def call(*command):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **who)
        assert done.returncode == 0, done.stdout + done.stderr

    call(programs / "initdb", "-D", data, "-U", "verifier", "-A", "trust", "--no-sync")
    flags = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    call(programs / "pg_ctl", "-D", data, "-o", flags, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://verifier@/postgres?host={folder}"
    finally:
        call(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
