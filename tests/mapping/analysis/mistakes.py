"""Mistakes that people make in a contract, seeded into the worked examples one at a time."""

from typing import NamedTuple

__all__ = ["MISTAKES", "Mistake"]


class Mistake(NamedTuple):
    """
    One mistake.

    Args:
        contract: ``shop`` or ``crm``.
        change: What is replaced by what.
        code: What must be found.
        line: A text of the contract's line that must be named.
        file: The document that is changed; the contract if empty.
        witness: Whether a value must be shown.
    """

    contract: str
    change: tuple[str, str]
    code: str
    line: str
    file: str = ""
    witness: bool = False


SHOP_TOP = "# An order of the shop"
CRM_TOP = "# A contact of the CRM"
MISTAKES = {
    "a field of the source is misspelt": Mistake(
        "shop", ("{from: sku}", "{from: skus}"), "source-unknown", "{from: skus}"
    ),
    "a list of the source is misspelt": Mistake(
        "shop", ('each: "lines[]"', 'each: "line[]"'), "source-unknown", 'each: "line[]"'
    ),
    "a field of the target is misspelt": Mistake(
        "shop", ("  PlacedAt: {from", "  PlacedOn: {from"), "target-unknown", "  PlacedOn: {from"
    ),
    "a required field is forgotten": Mistake(
        "shop",
        ("  LineAmountTypes: {from: prices_include_tax, table: tax}\n", ""),
        "required-target-unmapped",
        SHOP_TOP,
    ),
    "a required field of a line is forgotten": Mistake(
        "shop", ("      Quantity: {from: qty}\n", ""), "required-target-unmapped", SHOP_TOP
    ),
    "a field of the source is forgotten": Mistake(
        "shop",
        ("dropped: {gift_wrap: no counterpart in the books}\n", ""),
        "source-dropped-silently",
        SHOP_TOP,
    ),
    "a new field of the source is not looked at": Mistake(
        "shop",
        ("        gift_wrap: {type: boolean}", "        gift_wrap: {type: boolean}\n        coupon: {type: string}"),
        "source-dropped-silently",
        SHOP_TOP,
        file="shop.yaml",
    ),
    "an optional field of the target is not decided": Mistake(
        "shop",
        ("{BrandingThemeID: the account's default, ", "{"),
        "optional-target-undecided",
        SHOP_TOP,
    ),
    "nobody says what a missing value does": Mistake(
        "shop",
        ("customer.country, on_missing: omit, ", "customer.country, "),
        "missing-undecided",
        "Contact.Country:",
        witness=True,
    ),
    "a required field is left out": Mistake(
        "shop",
        ("    on_missing: quarantine\n    on_too_long", "    on_missing: omit\n    on_too_long"),
        "omit-of-required",
        "on_missing: omit",
    ),
    "a number is put where a text stands": Mistake(
        "shop", ("{from: sku}", "{from: qty}"), "type-without-conversion", "{from: qty}"
    ),
    "a text is put where a number stands": Mistake(
        "shop", ("Quantity: {from: qty}", "Quantity: {from: title, on_missing: reject}"), "type-without-conversion", "Quantity:"
    ),
    "an operation is given what it cannot take": Mistake(
        "shop", ("Quantity: {from: qty}", "Quantity: {from: qty, via: [trim]}"), "type-without-conversion", "via: [trim]"
    ),
    "the target takes fewer forms": Mistake(
        "shop",
        ("PostalCode: {type: string, maxLength: 10}", 'PostalCode: {type: string, maxLength: 10, pattern: "^[0-9]{5}$"}'),
        "form-narrowing",
        "Contact.PostalCode:",
        file="books.yaml",
        witness=True,
    ),
    "the target takes only emails": Mistake(
        "crm",
        ("owner: newest, on_missing: reject, on_invalid: quarantine}", "owner: newest, on_missing: reject}"),
        "form-narrowing",
        "  email: {from",
        witness=True,
    ),
    "nobody says what is done with a long text": Mistake(
        "shop",
        ("via: [nfc, trim], on_missing: omit, on_too_long: {truncate: grapheme}}\n      Quantity", "via: [nfc, trim], on_missing: omit}\n      Quantity"),
        "length-narrowing",
        "Description:",
        witness=True,
    ),
    "the target's field becomes shorter": Mistake(
        "shop",
        ("InvoiceNumber: {type: string, maxLength: 20}", "InvoiceNumber: {type: string, maxLength: 15}"),
        "length-narrowing",
        "InvoiceNumber:",
        file="books.yaml",
        witness=True,
    ),
    "a full name has no room on the way back": Mistake(
        "crm",
        (", on_missing: reject, on_too_long: reject}", ", on_missing: reject}"),
        "length-narrowing",
        "  name: {from",
        witness=True,
    ),
    "the source has a new status": Mistake(
        "shop",
        ("enum: [pending, on_hold,", "enum: [pending, partly_shipped, on_hold,"),
        "enum-unmapped",
        "  order_status:",
        file="shop.yaml",
        witness=True,
    ),
    "a combination of two fields has no row": Mistake(
        "shop",
        ("      - {from: [true, true], to: DONE, relation: equivalent}\n", ""),
        "enum-unmapped",
        "  fulfilment:",
        witness=True,
    ),
    "a list of choices is taken over without a table": Mistake(
        "shop",
        ("currency: {type: string, enum: [EUR,", "currency: {type: string, enum: [CHF, EUR,"),
        "enum-unmapped",
        "  CurrencyCode: {from",
        file="shop.yaml",
        witness=True,
    ),
    "a row leads to a status that is none": Mistake(
        "shop", ("to: SUBMITTED,", "to: SUBMITED,"), "enum-target-invalid", "to: SUBMITED"
    ),
    "a row is for a status that is none": Mistake(
        "shop", ("{from: complete,", "{from: completed,"), "table-row-dead", "{from: completed,"
    ),
    "a row is for more fields than there are": Mistake(
        "shop", ("{from: [true, true], to", "{from: [true, true, true], to"), "table-row-dead", "[true, true, true]"
    ),
    "two rows are for one value": Mistake(
        "shop", ("{from: on_hold, to: DRAFT, relation: broader", "{from: pending, to: DRAFT, relation: broader"), "row-twice", "{from: pending, to: DRAFT, relation: broader"
    ),
    "two statuses become one, and nobody says so": Mistake(
        "shop", ("    lossy_ok: [[pending, on_hold]]\n", ""), "many-to-one", "{from: on_hold,"
    ),
    "two statuses become one in a two-way mapping": Mistake(
        "crm", ("    lossy_ok: [[churned, do_not_contact]]\n", ""), "many-to-one", "{from: do_not_contact"
    ),
    "a status of the target is never reached": Mistake(
        "shop", ("    unreached_ok: [PAID]\n", ""), "target-value-unreached", "  order_status:"
    ),
    "the target has a new status": Mistake(
        "shop",
        ("enum: [DRAFT, SUBMITTED,", "enum: [DRAFT, PARTLY_PAID, SUBMITTED,"),
        "target-value-unreached",
        "  order_status:",
        file="books.yaml",
    ),
    "nobody says what is done without a counterpart": Mistake(
        "shop", ("relation: none, do: escalate, because: needs a credit note}", "relation: none}"), "no-equivalent-undecided", "{from: refunded,"
    ),
    "a loss is signed by nobody": Mistake(
        "shop", (", signed: Head of accounting", ""), "loss-unsigned", "{from: on_hold,"
    ),
    "any text meets a list of choices": Mistake(
        "shop",
        ("currency: {type: string, enum: [EUR, USD, GBP, JPY, KWD], description: ISO 4217.}", "currency: {type: string}"),
        "open-into-closed",
        "  CurrencyCode: {from",
        file="shop.yaml",
        witness=True,
    ),
    "nobody says what an amount counts": Mistake(
        "shop",
        ("    AmountMinor: {kind: money, unit: minor, currency: CurrencyCode, rounding: half_up}\n", ""),
        "meaning-undeclared",
        "  AmountMinor: {from",
    ),
    "nobody says how a time is written": Mistake(
        "shop",
        ('    created_at: {kind: datetime, format: "%d/%m/%Y %H:%M", zone: Europe/Paris, gap: shift, overlap: first}\n', ""),
        "meaning-undeclared",
        "  Date: {from",
    ),
    "nobody says where a day begins": Mistake(
        "shop", ("    DueDate: {kind: date, zone: Europe/Paris}", "    DueDate: {kind: date}"), "zone-undeclared", "  DueDate: {from"
    ),
    "nobody says where the clock hangs": Mistake(
        "shop", ('"%d/%m/%Y %H:%M", zone: Europe/Paris, gap', '"%d/%m/%Y %H:%M", gap'), "zone-undeclared", "    created_at:"
    ),
    "nobody says what an hour is that does not exist": Mistake(
        "shop", (", gap: shift, overlap: first}", "}"), "clock-change-undecided", "    created_at:"
    ),
    "nobody says whether a share is 20 or 0.2": Mistake(
        "shop", ("    discount: {kind: percent, form: fraction}\n", ""), "meaning-undeclared", "  DiscountPercent:"
    ),
    "nobody says where a number is dialled": Mistake(
        "shop", ("customer.phone: {kind: phone, region: FR}", "customer.phone: {kind: phone}"), "region-undeclared", "    customer.phone:"
    ),
    "a list is put where one value stands": Mistake(
        "shop", ("Contact.PostalCode: {from: customer.zip, via: [trim],", "Contact.PostalCode: {from: lines,"), "list-to-scalar", "Contact.PostalCode:"
    ),
    "a step cannot be undone": Mistake(
        "crm", ("  email: {from: email, via: [nfc, trim, lower]", "  email: {from: email, via: [nfc, casefold]"), "two-way-without-inverse", "  email: {from"
    ),
    "nobody owns a field": Mistake(
        "crm", ("law: normal_form, owner: newest, on_missing: omit, on_invalid: omit}", "law: normal_form, on_missing: omit, on_invalid: omit}"), "two-way-without-owner", "  phone: {from"
    ),
    "a law is promised that cannot hold": Mistake(
        "crm", ("lower], law: normal_form,", "lower], law: exact,"), "law-impossible", "  email: {from"
    ),
    "a key is compared as it was typed": Mistake(
        "crm", ("target: email, norm: [nfc, trim, lower]}]", "target: email}]"), "match-key-weak", "{source: email, target: email}"
    ),
    "a key tells hardly anybody apart": Mistake(
        "crm", ("[{source: email, target: email, norm: [nfc, trim, lower]}]", "[{source: lifecycle, target: status, norm: [lower]}]"), "match-key-weak", "{source: lifecycle"
    ),
    "a key is not always there": Mistake(
        "crm", ("[{source: email, target: email, norm: [nfc, trim, lower]}]", "[{source: birthday, target: date_of_birth, norm: [trim]}]"), "match-key-weak", "{source: birthday"
    ),
    "nobody says what several hits are": Mistake(
        "crm", ("  on_many: quarantine\n", ""), "match-undecided", "match:"
    ),
    "nobody says what no hit is": Mistake(
        "shop", ("  on_none: create\n", ""), "match-undecided", "match:"
    ),
    "an unknown status is taken for paid": Mistake(
        "shop", ("  Status: {from: status, table: order_status}", "  Status: {from: status, table: order_status, on_unknown: {default: PAID}}"), "terminal-default", "  Status: {from"
    ),
    "the target takes smaller numbers": Mistake(
        "shop",
        ("Quantity: {type: integer, minimum: 1}", "Quantity: {type: integer, minimum: 1, maximum: 100}"),
        "range-narrowing",
        "      Quantity: {from",
        file="books.yaml",
        witness=True,
    ),
    "a default is not what the target takes": Mistake(
        "shop", ("customer.country, on_missing: omit,", "customer.country, on_missing: {default: France},"), "default-invalid", "Contact.Country:"
    ),
    "what the target sets itself is written": Mistake(
        "shop", ("fields:\n  InvoiceNumber", "fields:\n  InvoiceID: {from: id}\n  InvoiceNumber"), "written-read-only", "  InvoiceID: {from"
    ),
    "a reason is for a field that is none": Mistake(
        "shop", ("dropped: {gift_wrap:", "dropped: {gift_wraps:"), "reason-unknown", "dropped: {gift_wraps"
    ),
    "a field is dropped and used": Mistake(
        "shop", ("dropped: {gift_wrap:", "dropped: {note: nobody reads it, gift_wrap:"), "reason-contradicted", "dropped: {note"
    ),
    "a field is left unset and written": Mistake(
        "shop", ("left_unset: {", "left_unset: {PlacedAt: nobody reads it, "), "reason-contradicted", "left_unset: {PlacedAt"
    ),
    "a meaning is for a field that is none": Mistake(
        "shop", ("    customer.zip: {kind", "    customer.zipcode: {kind"), "meaning-unknown", "customer.zipcode"
    ),
    "a meaning does not fit its schema": Mistake(
        "shop", ("    discount: {kind: percent, form: fraction}", "    discount: {kind: percent, form: fraction}\n    paid: {kind: phone}"), "meaning-contradicted", "    paid: {kind: phone}"
    ),
    "pounds are taken for kilograms": Mistake(
        "shop", ('via: [{scale: {by: "0.45359237", to: kg}}, {round', "via: [{round"), "unit-mismatch", "  WeightKg:"
    ),
    "amounts with and without tax are taken for the same": Mistake(
        "shop",
        ("    total: {kind: money, unit: major, currency: currency}", "    total: {kind: money, unit: major, currency: currency, tax: included}"),
        "unit-mismatch",
        "  AmountMinor: {from",
    ),
    "the currency is named by no field": Mistake(
        "shop", ("AmountMinor: {kind: money, unit: minor, currency: CurrencyCode,", "AmountMinor: {kind: money, unit: minor, currency: Currency,"), "currency-unknown", "AmountMinor: {kind"
    ),
    "nobody says how to round": Mistake(
        "shop", ("AmountMinor: {kind: money, unit: minor, currency: CurrencyCode, rounding: half_up}", "AmountMinor: {kind: money, unit: minor, currency: CurrencyCode}"), "rounding-undeclared", "  AmountMinor: {from", witness=True
    ),
    "a fraction is put where a whole number stands": Mistake(
        "shop",
        ("WeightKg: {type: number,", "WeightKg: {type: integer,"),
        "fraction-into-whole",
        "  WeightKg: {from",
        file="books.yaml",
        witness=True,
    ),
    "a condition names a field that is none": Mistake(
        "shop", ("abs(target.AmountMinor -", "abs(target.AmountMinr -"), "expression-broken", "cel: "
    ),
    "a condition is no expression": Mistake(
        "shop", ("<= size(target.LineItems)", "<= size(target.LineItems"), "expression-broken", "cel: "
    ),
    "a table is used by nobody": Mistake(
        "shop", ("tables:\n", "tables:\n  colours:\n    rows: [{from: red, to: RED, relation: equivalent}]\n"), "table-unused", "  colours:"
    ),
    "the way back leads to a value that is none": Mistake(
        "crm", ("back: {disabled: churned}", "back: {disabled: churnt}"), "table-back-invalid", "  lifecycle:"
    ),
    "the way back is not said": Mistake(
        "crm", ("    back: {disabled: churned} # where the contact does not say already\n", ""), "two-way-without-inverse", "  status: {from"
    ),
    "an object is written as a whole and in parts": Mistake(
        "shop", ("  Reference: {from: note", "  Contact: {from: customer}\n  Reference: {from: note"), "mapped-twice", "  Contact: {from"
    ),
    "a point is still open": Mistake(
        "shop", ("  Fulfilment: {from: [paid, shipped], table: fulfilment}", "  Fulfilment: {undecided: ask the warehouse}"), "undecided", "  Fulfilment:"
    ),
}  # fmt: skip
