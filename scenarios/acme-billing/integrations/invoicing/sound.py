"""
Writes an invoice for every order of a file, and survives what a vendor does.

Each order is done, rejected, or kept for a human, and the next run goes on where this one ended.
"""

import email.utils
import http.client
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.request

ATTEMPTS = 4
LONGEST_WAIT_SECONDS = 10
TIMEOUT_SECONDS = 3
AGAIN = (408, 425, 429, 500, 502, 503, 504)


class Nowhere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: urllib makes a GET of a POST, and takes the token to any host."""

    def redirect_request(self, *arguments):
        return None


OPENER = urllib.request.build_opener(Nowhere)


class Later(Exception):
    """The vendor cannot do it now; another run may."""


class Never(Exception):
    """The vendor refuses this order, and would again."""


def wait_told(value):
    """Seconds that Retry-After asks for; None where it asks for nothing that can be read."""
    try:
        return max(0.0, float(value))
    except (TypeError, ValueError):
        pass
    try:
        # A date has no fractions: the second that it names must be over.
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time()) + 0.05
    except (TypeError, ValueError):
        return None


def invoice_for(order):
    try:
        return {
            "customer_id": order["customer"],
            "total": {"amount": order["total"], "currency": "EUR"},
            "reference": order["id"],
        }
    except KeyError as missing:
        raise Never(f"the order has no {missing}") from missing


def slow_down(told):
    """Wait where the vendor says that nothing is left: RateLimit: "default";r=0;t=2"""
    left = re.search(r";\s*r=(\d+)", told or "")
    until = re.search(r";\s*t=(\d+)", told or "")
    if left and until and int(left[1]) == 0:
        time.sleep(min(int(until[1]), LONGEST_WAIT_SECONDS))


def asked_by(error):
    """What an answer that is no success asks for: to wait, or to leave it."""
    error.close()
    if error.code in AGAIN:
        return {"wait": wait_told(error.headers.get("Retry-After"))}
    if error.code < 400:
        raise Later(f"it has moved ({error.code})") from error
    if error.code in (401, 403):
        raise Later(f"the credential is refused ({error.code})") from error
    raise Never(f"it answers {error.code}") from error


def send(order):
    """One attempt: None if it is done, else how long the vendor asks to wait (maybe nothing)."""
    invoice = invoice_for(order)
    request = urllib.request.Request(
        os.environ["ACME_URL"] + "/invoices",
        data=json.dumps(invoice, sort_keys=True).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["ACME_TOKEN"],
            "Content-Type": "application/json",
            "Idempotency-Key": "invoice-" + order["id"],
        },
    )
    deadline = time.monotonic() + TIMEOUT_SECONDS
    try:
        with OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
            body = b""
            while chunk := answer.read1(65536):
                body += chunk
                if time.monotonic() > deadline or len(body) > 1_000_000:
                    raise TimeoutError("the answer does not end")
            if answer.length:
                raise ConnectionError("the answer was cut off")
            if answer.headers.get("Deprecation"):
                print("WARNING: the vendor deprecates", request.full_url, file=sys.stderr)
            slow_down(answer.headers.get("RateLimit"))
            made = json.loads(body)
            if made.get("reference") != order["id"]:
                raise ValueError("the answer is about something else")
            return None
    except urllib.error.HTTPError as error:
        return asked_by(error)
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        print("WARNING:", type(error).__name__, error, file=sys.stderr)
        return {"wait": None}


def write(order):
    """Until it is done; raises Later or Never where it cannot be."""
    for attempt in range(ATTEMPTS):
        refused = send(order)
        if refused is None:
            return
        if attempt + 1 == ATTEMPTS:
            break
        told = refused["wait"]
        if told is not None and told > LONGEST_WAIT_SECONDS:
            raise Later(f"the vendor asks to wait {told:.0f} s")
        time.sleep(max(told or 0.0, random.uniform(0.5, 1.0) * 0.3 * 2**attempt))
    raise Later(f"no success in {ATTEMPTS} attempts")


def known(name):
    try:
        with open(name) as file:
            return {json.loads(line)["id"] for line in file}
    except FileNotFoundError:
        return set()


def note(name, order, why=""):
    with open(name, "a") as file:
        file.write(json.dumps({**order, "why": why}) + "\n")


def main():
    over = known("done.jsonl") | known("rejected.jsonl")
    troubled = 0
    for line in open("orders.jsonl"):
        order = json.loads(line)
        if order["id"] in over:
            continue
        try:
            write(order)
            note("done.jsonl", order)
        except Never as never:
            troubled += 1
            note("rejected.jsonl", order, str(never))
            print("ERROR: order", order["id"], "is rejected:", never, file=sys.stderr)
        except Later as later:
            print("ERROR: stopped at order", order["id"] + ":", later, file=sys.stderr)
            return 1
    return 1 if troubled else 0


if __name__ == "__main__":
    sys.exit(main())
