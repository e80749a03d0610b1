"""Checks x misbehaviours in, a table out: does every check speak where it must, and only there?"""

from verifier.proving.proof import Proof, prove
from verifier.proving.reviewed import SOUND, Reviewed, reviewed, rows_of
from verifier.proving.row import Row, prove_row, speaking
from verifier.proving.trial import Notebook, ask_mock

__all__ = [
    "SOUND",
    "Notebook",
    "Proof",
    "Reviewed",
    "Row",
    "ask_mock",
    "prove",
    "prove_row",
    "reviewed",
    "rows_of",
    "speaking",
]
