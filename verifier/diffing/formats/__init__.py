"""Ways to write a comparison down: one a file, found by folder walk."""
