"""A run around its pipeline: what was ordered, where the vendor stands, what is remembered."""
