"""What else people come for: pass a build, compare editions, lint, ask a vendor, draft."""
