"""Exports of the shop and the books, written for a test."""

import csv

__all__ = ["INVOICES", "ORDERS", "invoice", "order", "written"]

ORDERS = ["id", "status", "currency", "total", "created_at", "customer.full_name", "customer.email"]
INVOICES = [
    "InvoiceNumber",
    "Status",
    "CurrencyCode",
    "AmountMinor",
    "Date",
    "Contact.Name",
    "Contact.EmailAddress",
]


def order(id="0017", **changes):
    plain = {
        "id": id,
        "status": "pending",
        "currency": "EUR",
        "total": "19.99",
        "created_at": "04/03/2027 09:15",
        "customer.full_name": "Ann Lee",
        "customer.email": "Ann@X.io",
    }
    return {**plain, **changes}


def invoice(number="SHOP-0017", **changes):
    plain = {
        "InvoiceNumber": number,
        "Status": "DRAFT",
        "CurrencyCode": "EUR",
        "AmountMinor": "1999",
        "Date": "2027-03-04",
        "Contact.Name": "Ann Lee",
        "Contact.EmailAddress": "ann@x.io",
    }
    return {**plain, **changes}


def written(path, rows, *, columns=None, encoding="utf-8", delimiter=","):
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path
