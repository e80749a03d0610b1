"""The mock's page for people: what it offers, keeps, was asked, and will play."""

from verifier.mocking.page.page import Page

__all__ = ["Page"]
