"""What can go wrong for a while on the way to a vendor and back, one a file."""
