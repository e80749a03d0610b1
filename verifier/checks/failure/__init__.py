"""Checks of the question `failure`."""
