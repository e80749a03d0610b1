"""A run and its verdict in, documents out."""
