"""Checks of the question `reach`."""
