"""Writes invoices from three workers with a token that it fetches; one fetches it for all."""

import http.client
import json
import os
import random
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

LOCK = threading.Lock()
TOKEN = {"value": "", "serial": 0, "broken": None}


def fetch():
    form = {
        "grant_type": "client_credentials",
        "client_id": os.environ["CLIENT_ID"],
        "client_secret": os.environ["CLIENT_SECRET"],
    }
    data = urllib.parse.urlencode(form).encode()
    TOKEN["value"] = read(urllib.request.Request(os.environ["TOKEN_URL"], data))["access_token"]
    TOKEN["serial"] += 1


def token(old_serial):
    with LOCK:
        if TOKEN["broken"]:
            raise TOKEN["broken"]
        try:
            if TOKEN["serial"] <= old_serial:
                fetch()
        except Exception as error:
            TOKEN["broken"] = error
            raise
        return TOKEN["value"], TOKEN["serial"]


def send(order, bearer):
    invoice = {
        "customer_id": order["customer"],
        "total": {"amount": order["total"], "currency": "EUR"},
        "reference": order["id"],
    }
    request = urllib.request.Request(
        os.environ["ACME_URL"] + "/invoices",
        data=json.dumps(invoice, sort_keys=True).encode(),
        headers={
            "Authorization": "Bearer " + bearer,
            "Content-Type": "application/json",
            "Idempotency-Key": "invoice-" + order["id"],
        },
    )
    read(request)


def read(request):
    """One attempt after another, but for refusals; the whole answer has a deadline."""
    for attempt in range(4):
        if attempt:
            time.sleep(random.uniform(0.5, 1.0) * 0.3 * 2 ** (attempt - 1))
        deadline = time.monotonic() + 3
        try:
            with urllib.request.urlopen(request, timeout=3) as answer:
                body = b""
                while chunk := answer.read1(65536):
                    body += chunk
                    if time.monotonic() > deadline:
                        raise TimeoutError("the answer does not end")
            return json.loads(body)
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == 3:
                raise
        except (OSError, http.client.HTTPException, ValueError):
            if attempt == 3:
                raise


def write(order, failures, bearer, serial):
    try:
        for attempt in (1, 2):
            try:
                send(order, bearer)
                return
            except urllib.error.HTTPError as error:
                if error.code != 401 or attempt == 2:
                    raise
            bearer, serial = token(serial)
    except Exception as error:
        print("ERROR:", order["id"], type(error).__name__, error, file=sys.stderr)
        failures.append(order["id"])


def main():
    failures = []
    orders = [json.loads(line) for line in open("orders.jsonl")]
    try:
        first = token(0)
    except Exception as error:
        print("ERROR:", type(error).__name__, error, file=sys.stderr)
        return 1
    workers = [threading.Thread(target=write, args=(o, failures, *first)) for o in orders]
    for worker in workers:
        worker.start()
        time.sleep(0.01)
    for worker in workers:
        worker.join()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
