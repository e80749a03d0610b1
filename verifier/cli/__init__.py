"""The command line: one command a file, found by folder walk."""

from verifier.cli.program import main

__all__ = ["main"]
