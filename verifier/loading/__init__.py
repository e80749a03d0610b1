"""Files and URLs in, a Contract or a Vendor out."""

from verifier.loading.allowance import Allowance
from verifier.loading.contracts import from_mapping
from verifier.loading.documents import load
from verifier.loading.pinning import pin

__all__ = ["Allowance", "from_mapping", "load", "pin"]
