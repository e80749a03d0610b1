"""Ways to a vendor, one a file, all behind the port ``Transport``."""
