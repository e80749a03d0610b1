"""The next command is printed in full: what was typed, and what was missing."""

import dataclasses

import pytest
from msgspec.structs import replace

from tests.reporting.sample_run import outcome
from tests.reporting.sample_run import run as run_of
from verifier.catalogue import catalogue
from verifier.model import Pointer, SecurityScheme
from verifier.reporting.advice import hints, next_command

SAY = catalogue("verifier.reporting")


def scheme(kind, **more):
    return SecurityScheme(name="s", type=kind, at=Pointer(), **more)


def run(mode="desk", *, assignment=None, principals=(), scheme=None, base_url="", **more):
    settings = {"principals": list(principals)}
    if assignment is not None:
        settings["assignment"] = assignment
    made = run_of([outcome("contract.document-valid", requests=0)], mode=mode, base_url=base_url)
    contract = made.contract
    if scheme is not None:
        named = {n for o in contract.operations for need in o.security for n in need.schemes}
        contract = dataclasses.replace(contract, schemes=dict.fromkeys(named, scheme))
    return replace(made, contract=contract, facts=replace(made.facts, settings=settings, **more))


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        (scheme("http", http_scheme="bearer"), "me=bearer:env:TOKEN"),
        (scheme("http", http_scheme="basic"), "me=basic:env:USERNAME:env:PASSWORD"),
        (scheme("apiKey", location="header", parameter="X"), "me=api-key:env:API_KEY"),
        (scheme("openIdConnect"), "me=bearer:env:TOKEN"),
        (
            scheme("oauth2", token_urls={"clientCredentials": "https://a.test/t"}),
            "me=oauth2-client-credentials:https://a.test/t:env:CLIENT_ID:env:CLIENT_SECRET",
        ),
        (
            scheme("oauth2", token_urls={"clientCredentials": "/t"}),
            "me=oauth2-client-credentials:TOKEN_URL:env:CLIENT_ID:env:CLIENT_SECRET",
        ),
    ],
)
def test_after_a_desk_evaluation_the_principal_is_of_the_documents_kind(kind, shown):
    desk = run(assignment={"where": "specs/acme"}, scheme=kind)
    assert next_command(desk) == (
        f"verifier evaluate specs/acme --base-url URL --principal {shown}"
    )
    told = " ".join(hints(desk, SAY))
    for secret in shown.split(":env:")[1:]:
        assert secret in told
    assert ("TOKEN_URL is where" in told) is ("TOKEN_URL" in shown)
    assert "--dry-run" in told


def test_what_was_typed_is_typed_again():
    order = {
        "where": "my file.yaml",
        "principals": ["me=bearer:env:MINE"],
        "allow_writes": True,
        "per_second": 2.5,
        "overlays": ["a.yaml"],
        "questions": ["limits"],
        "only": ["limits.*"],
    }
    assert next_command(run(assignment=order, principals=["me"])) == (
        "verifier evaluate 'my file.yaml' --base-url URL --principal me=bearer:env:MINE"
        " --allow-writes --rate 2.5 --overlay a.yaml --question limits --check 'limits.*'"
    )


def test_a_live_run_without_a_credential_is_told_how_to_hold_one():
    order = {"where": "a.yaml"}
    bearer = scheme("http", http_scheme="bearer")
    live = run("live", assignment=order, scheme=bearer, base_url="https://x.test/v1")
    assert next_command(live).endswith(
        "--base-url https://x.test/v1 --principal me=bearer:env:TOKEN"
    )
    assert not any("URL is where" in hint for hint in hints(live, SAY))
    held = run("live", assignment=order, principals=["me"], base_url="https://x.test/v1")
    assert next_command(held) == ""
    assert hints(held, SAY) == ()


def test_after_a_mock_there_is_nothing_to_propose():
    assert next_command(run("mock", assignment={"where": "a.yaml"}, base_url="http://m")) == ""
