"""Who may ask: credentials, tokens, scopes, and how strangers are told."""

from verifier.mocking.auth.caller import Caller
from verifier.mocking.auth.endpoints import Endpoints, token_path
from verifier.mocking.auth.gate import Gate
from verifier.mocking.auth.vault import Vault

__all__ = ["Caller", "Endpoints", "Gate", "Vault", "token_path"]
