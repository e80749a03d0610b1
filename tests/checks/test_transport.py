"""Checks of TLS, over sockets: silent about what is sound, speaking about what is not."""

import datetime
import ssl

import pytest

from tests.certificates import Certificates
from tests.hostile import hostile
from tests.probing.running import run, vendor
from verifier import discovery
from verifier.model import Environment, Status
from verifier.probing.transports.wire import WireTransport
from verifier.proving import Notebook

SECURE, LASTS = "credentials.transport-secure", "operations.certificate-lasts"
OK = b"HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=1\r\nContent-Length: 2\r\n\r\n{}"


def served(talk):
    while talk.request():
        talk.say(OK)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


def outcomes(certificates, context):
    journal = Notebook()
    with hostile(served, tls=context) as (url, _):
        run(
            *(discovery.checks()[id] for id in (SECURE, LASTS)),
            transport=WireTransport(verify=certificates.file),
            whom=vendor(base_url=url, environment=Environment.SANDBOX),
            journal=journal,
        )
    return {o.check: o for o in journal.outcomes()}


def signatures(outcome):
    return {finding.signature for finding in outcome.findings}


def test_nothing_is_said_of_a_good_certificate(certificates):
    found = outcomes(certificates, certificates.server("good"))
    assert {o.status for o in found.values()} == {Status.PASS}
    assert [o for o in found.values() if o.findings] == []


def test_a_certificate_that_ends_the_day_after_tomorrow_is_named(certificates):
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificates.authority.issue_cert("127.0.0.1", not_after=soon).configure_cert(context)
    found = outcomes(certificates, context)
    assert found[SECURE].status is Status.PASS
    assert found[LASTS].status is Status.FAIL
    assert signatures(found[LASTS]) == {"certificate-ends"}


def test_plain_http_is_named_and_has_no_certificate_to_be_judged(certificates):
    found = outcomes(certificates, None)
    assert signatures(found[SECURE]) == {"plain-http"}
    assert found[LASTS].status is Status.NOT_TESTED
