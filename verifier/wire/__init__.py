"""HTTP/1.1 with the lid off, both directions."""
