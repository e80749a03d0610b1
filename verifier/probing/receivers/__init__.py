"""Ways for a vendor to reach us; each implements the port ``Receiver``."""
