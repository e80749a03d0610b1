"""The rounds of a test, in their order."""

from verifier.mapping.testing.rounds.batches import ask_about_batches
from verifier.mapping.testing.rounds.cycles import ask_in_cycles
from verifier.mapping.testing.rounds.elsewhere import ask_elsewhere
from verifier.mapping.testing.rounds.lawful import ask_there_and_back
from verifier.mapping.testing.rounds.records import ask_about_records
from verifier.mapping.testing.rounds.related import ask_about_pairs

__all__ = [
    "ask_about_batches",
    "ask_about_pairs",
    "ask_about_records",
    "ask_elsewhere",
    "ask_in_cycles",
    "ask_there_and_back",
]
