"""Checks of the question `limits`."""
