"""Ways to write a report down: one a file, found by folder walk."""
