"""One effect for each key, in the dialect of the vendor."""

from verifier.mocking.idempotency.keys import Claim, Keys

__all__ = ["Claim", "Keys"]
