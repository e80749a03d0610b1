"""The command that is shown for an exchange can be run by anybody, and does no harm."""

import os
import subprocess

import pytest

from verifier.model import Exchange, Form, Principal, Request
from verifier.model.replay import curl

NASTY = "a'b\"c $(touch /tmp/never) `id` \\ ; & | > < * ? ! # ~ \n é"


@pytest.fixture
def shell(tmp_path):
    """Runs a command with a curl that writes its arguments down."""
    fake = tmp_path / "curl"
    fake.write_text('#!/bin/sh\nfor a in "$@"; do printf \'%s\\0\' "$a"; done\n')
    fake.chmod(0o755)

    def run(command, **variables):
        environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", **variables}
        subprocess.run(["bash", "-n"], input=command.encode(), check=True)
        done = subprocess.run(
            ["bash"], input=command.encode(), env=environment, capture_output=True, check=True
        )
        assert not done.stderr
        return done.stdout.decode().split("\0")[:-1]

    return run


def exchange(**members):
    request = Request(**({"method": "GET", "path": "/items"} | members))
    return Exchange(id="x1", request=request, base_url="https://api.example.test/v1/")


def test_a_plain_request_is_a_plain_command(shell):
    assert curl(exchange()) == "curl -i \\\n  https://api.example.test/v1/items"
    assert shell(curl(exchange(method="HEAD")))[0] == "--head"


def test_nothing_in_a_request_reaches_the_shell(shell):
    command = curl(
        exchange(
            method="POST",
            path="/items",
            query="q=$(id)'",
            headers=(("X-Note", NASTY), ("Content-Type", "text/plain")),
            body=NASTY.encode(),
        )
    )
    assert shell(command) == [
        "-i", "-X", "POST", "https://api.example.test/v1/items?q=$(id)'",
        "-H", f"X-Note: {NASTY}", "-H", "Content-Type: text/plain", "--data-raw", NASTY,
    ]  # fmt: skip


def test_a_body_is_never_taken_for_a_file_nor_for_a_form(shell):
    arguments = shell(curl(exchange(method="POST", body=b"@/etc/passwd")))
    assert arguments[-2:] == ["--data-raw", "@/etc/passwd"]
    assert "Content-Type:" in arguments
    assert "-X" in shell(curl(exchange(body=b"{}")))


def test_a_header_name_is_never_taken_for_a_file_and_an_empty_header_is_sent(shell):
    arguments = shell(curl(exchange(headers=(("@/etc/passwd", "x"), ("X-Empty", "")))))
    assert arguments[2:] == ["-H", "X-Empty;"]


def test_brackets_in_an_address_are_no_pattern(shell):
    assert "--globoff" in shell(curl(exchange(query="filter[a]={1,2}")))


@pytest.mark.parametrize(
    ("kind", "location", "last"),
    [
        ("bearer", "header", "Authorization: Bearer s3cret"),
        ("basic", "header", "s3cret"),
        ("api-key", "header", "X-$(id)\"': s3cret"),
        ("api-key", "cookie", "X-$(id)\"'=s3cret"),
        ("api-key", "query", "https://api.example.test/v1/items?X-%24%28id%29%22%27=s3cret"),
    ],
)
def test_the_credential_is_a_variable_wherever_it_goes(shell, kind, location, last):
    key = Principal(name="big owner", kind=kind, location=location, parameter="X-$(id)\"'")
    command = curl(exchange(), key)
    assert "s3cret" not in command
    assert "$VERIFIER_BIG_OWNER" in command
    assert shell(command, VERIFIER_BIG_OWNER="s3cret")[-1] == last


def test_secrets_in_the_rest_are_variables_too(shell):
    command = curl(exchange(method="POST", query="k=«my key»", body='{"t": "«it\'s»"}'.encode()))
    arguments = shell(command, VERIFIER_MY_KEY="one", VERIFIER_IT_S="two")
    assert arguments[3].endswith("?k=one")
    assert arguments[-1] == '{"t": "two"}'


def test_a_request_without_a_credential_is_shown_without_one(shell):
    owner = Principal(name="o", kind="bearer", headers={"Account": "a"})
    request = Request(method="GET", path="/").with_credential(Form.ABSENT)
    assert "VERIFIER" not in curl(Exchange(id="x1", request=request, base_url="http://x"), owner)
    assert "Account: a" in shell(curl(exchange(), owner), VERIFIER_O="t")


def test_a_body_that_cannot_be_shown_is_named():
    assert "@body.bin" in curl(exchange(method="POST", body=b"\xff\x00"))
