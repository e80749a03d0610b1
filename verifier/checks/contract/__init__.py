"""Checks of the question `contract`."""
