"""Arazzo workflows in, flows of steps out."""
