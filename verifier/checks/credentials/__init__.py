"""Checks of the question `credentials`."""
