"""Files and URLs in, a Contract or a Vendor out."""

from verifier.loading.contracts import from_mapping

__all__ = ["from_mapping"]
