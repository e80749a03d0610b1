"""Create, read, list, update and delete with Stripe's own library. Run with it: URL KEY."""

import sys

import stripe

stripe.api_base, stripe.api_key = sys.argv[1:3]


def refused(call, **asked):
    try:
        call(**asked)
    except stripe.StripeError as error:
        return type(error).__name__, error.http_status
    raise AssertionError("it was not refused")


made = stripe.Customer.create(name="Ada", metadata={"a": "1"}, address={"city": "Bern"})
assert made.id.startswith("cus_"), made.id
assert made.address.city == "Bern"
assert stripe.Customer.retrieve(made.id).name == "Ada"
for name in ("Bea", "Cy", "Dan"):
    stripe.Customer.create(name=name)
page = stripe.Customer.list(limit=3)
assert (len(page.data), page.has_more) == (3, True)
assert [c.name for c in stripe.Customer.list(limit=2).auto_paging_iter()] == [
    "Ada",
    "Bea",
    "Cy",
    "Dan",
]

changed = stripe.Customer.modify(made.id, name="Ada B", metadata={"b": "2"})
assert changed.name == "Ada B"
assert changed.metadata.to_dict() == {"a": "1", "b": "2"}, changed.metadata

paid = stripe.PaymentIntent.create(amount=100, currency="eur", customer=made.id)
assert (paid.customer, paid.status) == (made.id, "requires_payment_method")
assert paid.id.startswith("pi_")
assert refused(stripe.PaymentIntent.create, amount=1, currency="eur", customer="cus_no") == (
    "InvalidRequestError",
    400,
)
product = stripe.Product.create(name="Tea")
price = stripe.Price.create(product=product.id, currency="eur", unit_amount=500)
assert stripe.Price.retrieve(price.id).product == product.id
assert stripe.Price.retrieve(price.id, expand=["product"]).product.name == "Tea"

one = stripe.Customer.create(name="Once", idempotency_key="k")
assert stripe.Customer.create(name="Once", idempotency_key="k").id == one.id
assert refused(stripe.Customer.create, name="Twice", idempotency_key="k")[0] == "IdempotencyError"

assert stripe.Customer.delete(made.id).deleted is True
assert refused(stripe.Customer.retrieve, id=made.id) == ("InvalidRequestError", 404)
stripe.api_key = "nobody"
assert refused(stripe.Customer.list)[0] == "AuthenticationError"
