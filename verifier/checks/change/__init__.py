"""Checks of the question `change`."""
