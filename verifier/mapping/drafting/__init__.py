"""First contracts between two systems, drafted from their documents and exports."""

from verifier.mapping.drafting.draft import Draft, draft

__all__ = ["Draft", "draft"]
