"""The rules: folder = question, file = check."""
