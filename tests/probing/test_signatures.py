"""A delivery's signature is judged by its raw bytes, in every dialect that is in use."""

import base64
import hashlib
import hmac

import pytest

from verifier.model import Arrival, Signature
from verifier.probing.signatures import signature_of

BODY = b'{"test": 2432232314}'
STAMP = 1614265330


def arrival(*headers, body=BODY):
    return Arrival(
        method="POST", target="/", headers=headers, body=body, received=STAMP + 2.5, peer="p"
    )


def mac(secret, signed):
    return hmac.new(secret, signed, hashlib.sha256).digest()


# The examples that the standard and GitHub publish, and the others' constructions.
SIGNED = {
    "standard": (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        (
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", str(STAMP)),
            ("webhook-signature", "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ),
        BODY,
    ),
    "github": (
        "It's a Secret to Everybody",
        (
            (
                "X-Hub-Signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            ),
        ),
        b"Hello, World!",
    ),
    "stripe": (
        "whsec_abc",
        (
            (
                "Stripe-Signature",
                f"t={STAMP},v1={mac(b'whsec_abc', f'{STAMP}.'.encode() + BODY).hex()},v0=00",
            ),
        ),
        BODY,
    ),
    "shopify": (
        "s",
        (("X-Shopify-Hmac-Sha256", base64.b64encode(mac(b"s", BODY)).decode()),),
        BODY,
    ),
    "hmac-sha256": (
        "s",
        (("X-Acme-Signature", mac(b"s", BODY).hex()), ("X-Acme-Timestamp", f"{STAMP}000")),
        BODY,
    ),
}
STAMPED = {"standard", "stripe", "hmac-sha256"}


@pytest.mark.parametrize("scheme", SIGNED)
def test_a_right_signature_is_known_and_a_wrong_one_is_told(scheme):
    secret, headers, body = SIGNED[scheme]
    good = signature_of(arrival(*headers, body=body), ["another", secret])
    assert good.scheme == scheme
    assert good.valid is True
    assert good.header in {name for name, _ in headers}
    assert good.age_seconds == (2.5 if scheme in STAMPED else None)
    assert signature_of(arrival(*headers, body=body + b" "), [secret]).valid is False
    assert signature_of(arrival(*headers, body=body), ["another"]).valid is False
    assert signature_of(arrival(*headers, body=body), []).valid is None


def test_a_stamp_that_was_changed_spoils_the_signature():
    secret, headers, body = SIGNED["standard"]
    later = tuple((n, str(STAMP + 1)) if n.endswith("timestamp") else (n, v) for n, v in headers)
    assert signature_of(arrival(*later, body=body), [secret]).valid is False


def test_what_is_not_signed_is_said_to_be_so():
    assert signature_of(arrival(("Content-Type", "application/json")), ["s"]) == Signature()


@pytest.mark.parametrize(
    "headers",
    [
        (("Stripe-Signature", ""),),
        (("Stripe-Signature", "t=,v1"),),
        (("webhook-signature", "v1"),),
        (("webhook-signature", "v1,é"), ("webhook-timestamp", "9" * 99)),
        (("X-Hub-Signature-256", "\udcff"),),
    ],
)
def test_nonsense_is_no_valid_signature(headers):
    assert signature_of(arrival(*headers), ["s"]).valid is False
