"""What a mapping contract answers to the question of meaning: as checks, with pictures."""

from verifier.mapping.answering.checks import checks_of

__all__ = ["checks_of"]
