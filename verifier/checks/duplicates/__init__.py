"""Checks of the question `duplicates`."""
