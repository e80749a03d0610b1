"""What must hold of an integration: one property a file."""
