"""Recognisers of a vendor's habits: one a file, found by folder walk."""
