"""Lasting defects of a vendor, one a file, found by folder walk."""
