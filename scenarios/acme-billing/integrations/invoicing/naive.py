"""Writes an invoice for every order of a file, as a script is written on the first day."""

import json
import os
import urllib.request

for line in open("orders.jsonl"):
    order = json.loads(line)
    invoice = {
        "customer_id": order["customer"],
        "total": {"amount": order["total"], "currency": "EUR"},
        "reference": order["id"],
    }
    request = urllib.request.Request(
        os.environ["ACME_URL"] + "/invoices",
        data=json.dumps(invoice).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["ACME_TOKEN"],
            "Content-Type": "application/json",
        },
    )
    urllib.request.urlopen(request)
