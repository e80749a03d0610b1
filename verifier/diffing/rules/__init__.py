"""The rules of change: one family a file, found by walking the folder."""
