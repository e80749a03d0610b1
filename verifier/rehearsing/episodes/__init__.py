"""Ways in which a vendor fails, played to an integration: one episode a file."""
