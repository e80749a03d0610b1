"""Small vendors in a workspace, and one server that answers for all of them."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["FEW", "served", "workspace"]

THING = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
ANSWER = {"description": "ok", "content": {"application/json": {"schema": THING}}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1"},
    "paths": {f"/things{n}": {"get": {"responses": {"200": ANSWER}}} for n in range(12)},
}
FEW = ("--check", "contract.response-matches-schema", "--format", "json", "--rate", "0")


def workspace(folder, names, url=""):
    """``specs/NAME`` for each name; ``broken`` has a document that cannot be read."""
    for name in names:
        home = folder / "specs" / name
        home.mkdir(parents=True)
        text = "openapi: [" if name == "broken" else json.dumps(DOCUMENT)
        (home / "openapi.yaml").write_text(text)
        if url:
            profile = {"document": "openapi.yaml", "base_url": f"{url}/{name}"}
            (home / "vendor.yaml").write_text(json.dumps({"name": name, **profile}))
    return folder


class Thing(BaseHTTPRequestHandler):
    """One thing for every question, after ``server.pause`` seconds."""

    def do_GET(self):
        self.server.asked.append(self.path)
        time.sleep(self.server.pause)
        try:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", "10")
            self.end_headers()
            self.wfile.write(b'{"id":"a"}')
        except OSError:
            return  # whoever asked was killed

    def log_message(self, *args):
        return


@contextmanager
def served(pause=0.0):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Thing)
    server.asked, server.pause = [], pause
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
