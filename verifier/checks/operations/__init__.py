"""Checks of the question `operations`."""
