"""One sound vendor behind every transport: a function, served in three ways."""

import asyncio
import contextlib
import gzip
import zlib

import httpx
import orjson

from verifier.model import Response
from verifier.probing.transports.asgi import AsgiTransport
from verifier.probing.transports.handler import HandlerTransport
from verifier.probing.transports.httpx_client import HttpxTransport
from verifier.probing.transports.wire import WireTransport
from verifier.wire import Answer, serve_in_thread

__all__ = ["BIG", "TRANSPORTS", "reach"]

BIG = b"0123456789abcdef" * (9 * 1024 * 1024 // 16)
TEXT = b"The quick brown fox jumps over the lazy dog. " * 50
TRANSPORTS = ("wire", "httpx", "asgi", "handler")


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


CODED = {
    "/gzip": ("gzip", gzip.compress(TEXT)),
    "/two-members": ("x-gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
    "/deflate": ("deflate", zlib.compress(TEXT)),
    "/raw-deflate": ("deflate", raw_deflate(TEXT)),
    "/unknown-coding": ("br", TEXT),
    "/empty-gzip": ("gzip", b""),
}


def answer(method, target, headers, body):
    """(status, headers, body) of every request."""
    path = target.partition("?")[0]
    if path in CODED:
        coding, coded = CODED[path]
        return 200, (("Content-Encoding", coding),), coded
    if path == "/big":
        return 200, (), BIG
    if path == "/many":
        many = (("X-One", "1"), ("x-two", "é"), ("X-One", "2"), ("X-Empty", ""), ("X-ONE", "3"))
        return 200, many, b"ok"
    if path.startswith("/status/"):
        return int(path[8:]), (), b"no body is due here"
    if path == "/redirect":
        return 302, (("Location", "/echo"), ("Set-Cookie", "a=b; Path=/")), b""
    if path == "/crash":
        raise ValueError("the vendor's own fault")
    seen = {"method": method, "target": target, "headers": headers, "body": body.decode()}
    return 200, (("Content-Type", "application/json"),), orjson.dumps(seen)


async def wired(incoming):
    if incoming.target == "/slow":
        await asyncio.sleep(30)
    status, headers, body = answer(
        incoming.method, incoming.target, incoming.headers, incoming.body
    )
    return Answer(status=status, headers=headers, body=body)


async def application(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError("no lifespan here")
    body = (await receive())["body"]
    query = scope["query_string"].decode()
    target = scope["raw_path"].decode() + (f"?{query}" if query else "")
    if target == "/slow":
        await asyncio.sleep(30)
    given = [(name.decode(), value.decode()) for name, value in scope["headers"]]
    status, headers, content = answer(scope["method"], target, given, body)
    raw = [(name.encode(), value.encode()) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": content})


def called(request):
    status, headers, body = answer(request.method, request.target, request.headers, request.body)
    return Response(status=status, headers=headers, body=body)


@contextlib.contextmanager
def reach(name):
    """(base address, a function that makes the transport) of the sound vendor."""
    if name in ("wire", "httpx"):
        with serve_in_thread(wired) as server:
            yield server.url, WireTransport if name == "wire" else HttpxTransport
    elif name == "asgi":
        yield "http://vendor.test", lambda: AsgiTransport(application)
    else:
        yield "http://vendor.test", lambda: HandlerTransport(called)


def plain_httpx():
    """An httpx client as a user would bring it, its own defaults included."""
    return httpx.AsyncClient(headers={"X-Own": "default"}, follow_redirects=True)
