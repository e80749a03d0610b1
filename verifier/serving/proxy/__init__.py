"""A proxy before a real vendor: passes on what comes, holds it against the document, records."""

from verifier.serving.proxy.proxy import Passed, Proxy
from verifier.serving.proxy.recorded import recorded
from verifier.serving.proxy.service import serve_proxy

__all__ = ["Passed", "Proxy", "recorded", "serve_proxy"]
