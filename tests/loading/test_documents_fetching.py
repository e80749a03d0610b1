"""A document from an address: bounded, and every refusal with its mend. Loopback only."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.loading.documents import SMALL, no_cache
from verifier.errors import DocumentError
from verifier.loading import Allowance, fetching, load, pin
from verifier.model import Pointer

__all__ = ["no_cache"]

REFERRING = SMALL.replace("#/components/schemas/Order", "parts/order.yaml")


class Vendor(BaseHTTPRequestHandler):
    """Answers by path; ``seen`` keeps what was asked."""

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("authorization")))
        handler = getattr(self, self.path.strip("/").split("/")[0].split(".")[0], None)
        if handler is None:
            return self.answer(int(self.path.strip("/")) if self.path[1:].isdigit() else 404)
        return handler()

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def openapi(self):
        self.answer(200, SMALL.encode())

    def api(self):
        texts = {
            "/api/v1/openapi.yaml": REFERRING,
            "/api/v1/parts/order.yaml": "{$ref: '../../v2/x.yaml'}",
            "/api/v2/x.yaml": "type: string",
        }
        self.answer(200, texts[self.path].encode())

    def page(self):
        self.answer(200, b"<!doctype html><title>Docs</title>")

    def near(self):
        self.answer(302, location="/openapi.yaml")

    def far(self):
        self.answer(302, location=f"http://localhost:{self.server.server_port}/openapi.yaml")

    def round(self):
        self.answer(302, location="/round")

    def local(self):
        self.answer(302, location="file:///etc/passwd")

    def huge(self):
        self.send_response(200)
        self.send_header("content-length", str(10**12))
        self.end_headers()

    def endless(self):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(10_000):
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def bomb(self):
        import gzip

        self.answer(200, gzip.compress(b"x" * 80_000_000, 1), **{"content-encoding": "gzip"})

    def slow(self):
        time.sleep(3)

    def log_message(self, *args):
        return


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
    server.seen = []
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def url(server):
    server.seen.clear()
    return f"http://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize("path", ["/openapi.yaml", "/near"])
def test_a_document_is_fetched_also_behind_a_redirect_on_its_host(url, path):
    contract = load(f"{url}{path}")
    assert contract.title == "Orders"
    assert str(contract.document.place(contract.operations[0].at)) == f"{url}{path}:5"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/404", "404: nothing is there"),
        ("/401", "401: it wants a login"),
        ("/403", "403: it is forbidden"),
        ("/500", "500: the server failed"),
        ("/204", "204: no document came"),
        ("/page", "web page"),
        ("/far", "redirects to another host, localhost"),
        ("/local", "not protected"),
        ("/round", "more than 5 times"),
        ("/huge", "a document may have 64 MiB"),
        ("/endless", "a document may have 64 MiB"),
        ("/bomb", "a document may have 64 MiB"),
    ],
)
def test_what_cannot_be_had_says_why(url, path, says):
    with pytest.raises(DocumentError, match=says) as caught:
        load(f"{url}{path}")
    assert caught.value.where == f"{url}{path}"
    assert caught.value.mend


def test_another_host_is_followed_where_that_is_allowed(url):
    assert load(f"{url}/far", allow=Allowance(remote=True)).title == "Orders"


def test_a_silent_server_is_left(url, monkeypatch):
    monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 0.3)
    with pytest.raises(DocumentError, match="sent nothing for"):
        load(f"{url}/slow")


def test_a_server_that_drips_is_left_at_the_deadline(url, monkeypatch):
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.0)
    with pytest.raises(DocumentError, match="had not arrived"):
        load(f"{url}/endless")


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DocumentError, match=f"127.0.0.1:{port} takes no connection"):
        load(f"http://127.0.0.1:{port}/openapi.yaml")


def test_an_unknown_host(monkeypatch):
    def unknown(*args, **named):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(DocumentError, match=r"host api\.example\.test is unknown"):
        load("https://api.example.test/openapi.yaml")


def test_a_secure_connection_that_fails(url):
    with pytest.raises(DocumentError, match="secure connection failed") as caught:
        load(url.replace("http://", "https://") + "/openapi.yaml")
    assert "SSL_CERT_FILE" in caught.value.mend


@pytest.mark.parametrize("where", ["http://", "https:///x", "http://[::1", "http://a:99999/x"])
def test_an_address_that_is_none(where):
    with pytest.raises(DocumentError):
        load(where)


def test_a_password_in_an_address_is_used_and_never_shown(url, server):
    contract = load(url.replace("http://", "http://joe:hunter2@") + "/openapi.yaml")
    assert server.seen[0][1].startswith("Basic ")
    assert contract.document.source.location == f"{url}/openapi.yaml"
    with pytest.raises(DocumentError) as caught:
        load(url.replace("http://", "http://joe:hunter2@") + "/404")
    assert "hunter2" not in str(caught.value)


def test_references_stay_in_the_folder_of_the_host(url, server):
    document = load(f"{url}/api/v1/openapi.yaml").document
    assert document.at(Pointer("parts/order.yaml")) == {"$ref": "../../v2/x.yaml"}
    assert document.place(Pointer("parts/order.yaml")).file == f"{url}/api/v1/parts/order.yaml"
    with pytest.raises(LookupError, match="network"):
        document.resolve(document.at(Pointer("parts/order.yaml")), Pointer("parts/order.yaml"))
    assert not any("v2" in path for path, _ in server.seen)


def test_references_leave_it_where_that_is_allowed_and_are_pinned(url, tmp_path):
    document = load(f"{url}/api/v1/openapi.yaml", allow=Allowance(remote=True))
    at = Pointer("parts/order.yaml")
    assert document.document.resolve(document.document.at(at), at).value == {"type": "string"}
    copy = load(pin(document, tmp_path / "pinned")).document
    assert copy.resolve(copy.at(at), at).value == {"type": "string"}
    assert copy.source == document.document.source


def test_a_local_document_reaches_the_network_only_where_that_is_allowed(url, server, tmp_path):
    path = tmp_path / "openapi.yaml"
    path.write_text(SMALL.replace("#/components/schemas/Order", f"{url}/api/v2/x.yaml"))
    schema = load(path).operations[0].responses[0].media[0].schema
    with pytest.raises(LookupError, match="network"):
        schema.resolved()
    assert server.seen == []
    schema = load(path, allow=Allowance(remote=True)).operations[0].responses[0].media[0].schema
    assert schema.resolved().value == {"type": "string"}
