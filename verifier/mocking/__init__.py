"""A contract in, a vendor out that behaves, or misbehaves on purpose."""
