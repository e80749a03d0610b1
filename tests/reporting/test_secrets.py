"""Secrets that were planted, and that the vendor sends back in every way, reach no format."""

import base64
import re
import zlib

import pytest

import verifier
from verifier import walk
from verifier.reporting import formats
from verifier.wire import Answer, serve_in_thread

CANARY = "canary-9f8e7d6c5b4a-secret"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnktand0In0.c2lnbmF0dXJlLWNhbmFyeQ"
DOCUMENT = """
openapi: 3.1.0
info: {title: Echo, version: "1"}
security: [{key: []}]
paths:
  /things:
    get:
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses:
        "200": {description: Some., content: {application/json: {schema: {type: array}}}}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
"""
EVERY = tuple(module.NAME for module in walk.modules(formats) if module.NAME != "pdf")


def echo(incoming):
    """Sends what it was given back in a body, a header and an error, and secrets of its own."""
    given = dict(incoming.headers).get("Authorization", "")
    body = f'{{"you_sent": "{given}", "access_token": "{TOKEN}", "password": "canary-password-1"}}'
    headers = (("Content-Type", "application/json"), ("X-Echo", given), ("X-Jwt", TOKEN))
    return Answer(
        status=500 if "q=" in incoming.target else 200, headers=headers, body=body.encode()
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "echo.yaml").write_text(DOCUMENT)
    with pytest.MonkeyPatch.context() as patch, serve_in_thread(echo) as server:
        patch.setenv("CANARY_TOKEN", CANARY)
        made = verifier.evaluate(
            folder / "echo.yaml",
            base_url=server.url,
            principals=["me=bearer:env:CANARY_TOKEN"],
            per_second=0,
            folder=folder / "run",
            formats=EVERY,
        )
    return made


def test_the_vendor_was_asked_with_the_secret_and_failed(written):
    assert len(written.run.exchange_ids) > 10
    assert any(outcome.findings for outcome in written.run.outcomes)
    assert "«me»" in written.files["har"].read_text()


def opened(data):
    """A file's bytes, and what is packed in them."""
    packed = re.findall(rb'(?:id="data">|textContent=")([A-Za-z0-9+/=]{40,})', data)
    return data + b"".join(zlib.decompress(base64.b64decode(part)) for part in packed)


def test_the_packed_list_is_looked_into(written):
    assert b"X-Jwt" in opened(written.files["html"].read_bytes())


@pytest.mark.parametrize("name", EVERY)
def test_no_format_holds_a_secret_in_any_spelling(written, name):
    path = written.files[name]
    beside = path.parent.iterdir() if name == "split" else [path]
    data = b"".join(opened(part.read_bytes()) for part in beside)
    spellings = [
        CANARY,
        base64.b64encode(CANARY.encode()).decode().rstrip("="),
        "canary-password-1",
    ]
    assert [text for text in (*spellings, TOKEN) if text.encode() in data] == []
