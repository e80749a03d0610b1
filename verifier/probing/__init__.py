"""Plan in, outcomes out: the only package that touches a vendor."""
